import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { pipeline, Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { DumpError } from './error.ts'

type Chunks = AsyncIterable<Buffer>

/** A plain dump, opened: its first bytes as ASCII, a decoder for its encoding, and its lines. */
export interface Source {
  readonly head: string
  readonly decode: (bytes: Buffer) => string
  readonly blocks: AsyncIterable<Block>
  /** Lets go of the file, whether read to its end or not. */
  readonly close: () => void
}

/** Bytes that begin at a line's start and end with a newline; only the last block of a file may lack it (`partial`). */
interface Block {
  readonly bytes: Buffer
  readonly partial: boolean
}

/** Opens a path or stream, decompresses it (gzip or zstd, by its first bytes) and makes sure it is a plain SQL dump. */
export async function openSource(source: Readable | string): Promise<Source> {
  const stream = typeof source === 'string' ? createReadStream(source, { highWaterMark: CHUNK }) : source
  let decompress: Transform | null = null
  const close = () => {
    decompress?.destroy()
    stream.destroy()
  }
  try {
    const file = await peek(read(stream))
    decompress = decompressorOf(file.head)
    const plain = decompress ? await peek(through(file.chunks, decompress)) : file
    refuseOtherFormats(plain.head)
    const head = plain.head.toString('latin1')
    return { head, decode: decoderOf(head), blocks: blocksOf(plain.chunks), close }
  } catch (error) {
    close()
    throw error
  }
}

const CHUNK = 1 << 20
const HEAD = 8192

async function* read(stream: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EISDIR') {
      throw new DumpError('directory-format', `This is a directory, not a file. ${MAKE_PLAIN}`, { cause })
    }
    throw new DumpError('unreadable', `The file cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** The first bytes of a stream, and the whole stream still. */
async function peek(chunks: AsyncGenerator<Buffer>): Promise<{ head: Buffer; chunks: Chunks }> {
  const seen: Buffer[] = []
  for (let length = 0; length < HEAD;) {
    const next = await chunks.next()
    if (next.done) break
    seen.push(next.value)
    length += next.value.length
  }
  const start = Buffer.concat(seen)
  async function* whole() {
    yield start
    yield* chunks
  }
  return { head: start.subarray(0, HEAD), chunks: whole() }
}

function decompressorOf(head: Buffer): Transform | null {
  if (startsWith(head, 0x1f, 0x8b)) return zlib.createGunzip({ chunkSize: CHUNK })
  if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) return zlib.createZstdDecompress({ chunkSize: CHUNK })
  const other = OTHER_COMPRESSIONS.find(({ magic }) => startsWith(head, ...magic))
  if (!other) return null
  throw new DumpError('compression', `The dump is compressed with ${other.name}. Decompress it first, or use gzip.`)
}

const OTHER_COMPRESSIONS = [
  { name: 'lz4', magic: [0x04, 0x22, 0x4d, 0x18] },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68] },
  { name: 'zip', magic: [0x50, 0x4b, 0x03, 0x04] },
]

async function* through(chunks: Chunks, decompress: Transform): AsyncGenerator<Buffer> {
  pipeline(Readable.from(chunks), decompress, () => {})
  try {
    yield* decompress
  } catch (cause) {
    if (cause instanceof DumpError) throw cause
    if ((cause as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') {
      throw new DumpError('truncated', 'The compressed file ends early: it was not copied completely.', { cause })
    }
    throw new DumpError('damaged', `The file cannot be decompressed: ${(cause as Error).message}`, { cause })
  }
}

const MAKE_PLAIN =
  'Only plain SQL dumps can be read: run `pg_dump --no-owner -f dump.sql`, or turn this one into SQL by `pg_restore -f dump.sql`.'

function refuseOtherFormats(head: Buffer): void {
  const text = head.toString('latin1')
  if (text.startsWith('PGDMP')) throw new DumpError('custom-format', `This is a custom-format dump. ${MAKE_PLAIN}`)
  if (text.startsWith('ustar', 257)) throw new DumpError('tar-format', `This is a tar-format dump. ${MAKE_PLAIN}`)
  if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)) {
    throw new DumpError('encoding', 'The dump is in UTF-16, as some shells write redirected output. Use `pg_dump -f`.')
  }
  if (text.includes('-- PostgreSQL database cluster dump')) {
    throw new DumpError('cluster-dump', 'This is a dump of all databases, by pg_dumpall. Dump one by pg_dump.')
  }
  if (!text.includes('-- PostgreSQL database dump')) {
    throw new DumpError('not-a-dump', head.length ? 'This is not a dump made by pg_dump.' : 'The file is empty.')
  }
}

/** How to decode the dump, by its `SET client_encoding`; UTF-8 if it says nothing. */
function decoderOf(head: string): (bytes: Buffer) => string {
  const encoding = /^SET client_encoding = '([^']*)'/m.exec(head)?.[1]?.toUpperCase() ?? 'UTF8'
  if (['UTF8', 'UNICODE', 'SQL_ASCII'].includes(encoding)) return decodeUtf8
  if (encoding === 'LATIN1') return bytes => bytes.toString('latin1')
  const label = OTHER_ENCODINGS[encoding] ?? encoding.replace(/^WIN(\d+)$/, 'windows-$1')
  try {
    const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true })
    return bytes => decodeBy(decoder, bytes)
  } catch (cause) {
    throw new DumpError('encoding', `The dump is in ${encoding}. Dump it by \`pg_dump --encoding=UTF8\`.`, { cause })
  }
}

const OTHER_ENCODINGS: Record<string, string> = {
  LATIN2: 'iso-8859-2',
  LATIN9: 'iso-8859-15',
  KOI8R: 'koi8-r',
  EUC_JP: 'euc-jp',
  EUC_KR: 'euc-kr',
}

function decodeUtf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new DumpError('encoding', 'The dump holds text that is not UTF-8.')
  return bytes.toString('utf8')
}

function decodeBy(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new DumpError('encoding', `The dump holds text that is not ${decoder.encoding}.`, { cause })
  }
}

/** Cuts at newlines, a byte no supported encoding uses within a character. */
async function* blocksOf(chunks: Chunks): AsyncGenerator<Block> {
  let pending: Buffer[] = []
  for await (const chunk of chunks) {
    const cut = chunk.lastIndexOf(10) + 1
    if (cut > 0) {
      yield { bytes: Buffer.concat([...pending, chunk.subarray(0, cut)]), partial: false }
      pending = []
    }
    if (cut < chunk.length) pending.push(chunk.subarray(cut))
  }
  if (pending.length) yield { bytes: Buffer.concat(pending), partial: true }
}

const startsWith = (bytes: Buffer, ...magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte)
