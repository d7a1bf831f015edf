import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/** A file in an archive. */
export interface ArchivedFile {
  readonly path: string
  readonly bytes: Buffer
}

/** The files of a tar archive, packed by gzip, that are wanted. */
export async function* readTar(file: string, wanted: (path: string) => boolean): AsyncGenerator<ArchivedFile> {
  let rest = Buffer.alloc(0)
  let longPath: string | undefined
  let current: { path: string; type: string; size: number } | undefined
  for await (const chunk of createReadStream(file).pipe(createGunzip())) {
    rest = rest.length ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer)
    let at = 0
    for (;;) {
      if (!current) {
        if (rest.length - at < 512) break
        current = headerOf(rest.subarray(at, at + 512))
        at += 512
      }
      // Contents are filled up to whole blocks.
      const padded = Math.ceil(current.size / 512) * 512
      if (rest.length - at < padded) break
      const bytes = rest.subarray(at, at + current.size)
      at += padded
      const { type, path } = current
      current = undefined
      // Paths too long for a header stand in an entry of their own before it.
      if (type === 'L') longPath = textOf(bytes)
      else if (type === 'x') longPath = /\d+ path=(.*)\n/.exec(bytes.toString())?.[1] ?? longPath
      else {
        const full = longPath ?? path
        longPath = undefined
        if ((type === '0' || type === '\0') && wanted(full)) yield { path: full, bytes: Buffer.from(bytes) }
      }
    }
    rest = rest.subarray(at)
  }
}

function headerOf(block: Buffer): { path: string; type: string; size: number } {
  const prefix = block.subarray(257, 262).toString() === 'ustar' ? textOf(block.subarray(345, 500)) : ''
  const name = textOf(block.subarray(0, 100))
  return {
    path: prefix ? `${prefix}/${name}` : name,
    type: String.fromCharCode(block[156]!),
    size: Number.parseInt(textOf(block.subarray(124, 136)), 8) || 0,
  }
}

const textOf = (bytes: Buffer): string => bytes.toString().replace(/\0.*$/s, '').trim()
