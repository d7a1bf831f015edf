import { constants } from 'node:fs'
import { open, opendir, readlink, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'

/** A file below a folder. */
export interface Found {
  /** From the folder down, with slashes. */
  readonly path: string
  readonly bytes: Buffer
}

export interface FolderOptions {
  /** Whether a file, by its path from the folder down, is left aside. */
  readonly ignored: (path: string) => boolean
  /** A folder that nothing is read from, wherever links lead. */
  readonly forbidden: string | null
  /** Called for a link that leads to what may not be read. */
  readonly onEscape: (path: string) => void
}

/**
 * The files below a folder, in no order. Nothing outside it is ever read: linked folders are not entered, and of a linked file
 * it is the opened file itself that must lie inside, so that nobody can put a link in its place meanwhile.
 */
export async function* filesBelow(folder: string, options: FolderOptions): AsyncGenerator<Found> {
  const root = await realpath(folder)
  const forbidden = options.forbidden === null ? null : await realpath(options.forbidden).catch(() => null)
  const within = (path: string, place: string) => path === place || path.startsWith(place + sep)
  const pending = ['']
  for (let below = pending.pop(); below !== undefined; below = pending.pop()) {
    const place = join(root, below)
    if (forbidden !== null && within(place, forbidden)) continue
    for await (const entry of await opendir(place)) {
      const path = below ? `${below}/${entry.name}` : entry.name
      if (entry.isDirectory()) {
        if (!path.startsWith('.')) pending.push(path)
        continue
      }
      if (!(entry.isFile() || entry.isSymbolicLink()) || options.ignored(path)) continue
      const may = (real: string) => {
        const inside = real.startsWith(root === sep ? sep : root + sep)
        if (!inside || (forbidden !== null && within(real, forbidden))) return false
        return real === join(root, path) || !options.ignored(real.slice(root.length).replace(/^\//, ''))
      }
      const bytes = await readInside(join(root, path), may)
      if (bytes === 'outside') options.onEscape(path)
      else if (bytes) yield { path, bytes }
    }
  }
}

/** The content of a file that lies where it may; null of what is no file or is gone. */
async function readInside(path: string, may: (real: string) => boolean): Promise<Buffer | 'outside' | null> {
  // A pipe in the place of a file must not keep us waiting.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY).catch(
    (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ELOOP', 'ENXIO', 'ENOTDIR'].includes(error.code ?? '')) return null
      throw error
    },
  )
  if (!file) return null
  try {
    if (!(await file.stat()).isFile()) return null
    return may(await readlink(`/proc/self/fd/${file.fd}`)) ? await file.readFile() : 'outside'
  } finally {
    await file.close()
  }
}
