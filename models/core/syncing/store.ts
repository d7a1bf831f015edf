import { createHash } from 'node:crypto'
import { batchOf, type WriteContext } from '@demarc/engine/write'
import type { Found } from './folder.ts'

/** What became of the files of a data source. */
export interface Stored {
  readonly created: number
  readonly updated: number
  readonly deleted: number
}

/** Files are written once so many bytes of them have come together. */
const portion = 8 * 1024 * 1024

/** Make the stored files of a data source those that were found: new ones in, changed ones anew, missing ones out. */
export async function storeFiles(context: WriteContext, source: number, found: AsyncIterable<Found>): Promise<Stored> {
  const { tx, now, registry, signal } = context
  const batch = batchOf(context, registry.model('core.datafile'), [])
  const known = new Map(
    (
      await tx.query<{ id: number; path: string; hash: string }>(
        'select id, path, hash from core_datafile where source_id = $1',
        [source],
      )
    ).map(file => [file.path, file]),
  )
  const counts = { created: 0, updated: 0, deleted: 0 }
  let created: Record<string, unknown>[] = []
  let updated: { readonly id: number; readonly [column: string]: unknown }[] = []
  let held = 0
  const write = async () => {
    await batch.create('core.datafile', created)
    await batch.update('core.datafile', updated)
    counts.created += created.length
    counts.updated += updated.length
    ;[created, updated, held] = [[], [], 0]
  }
  for await (const { path, bytes } of found) {
    signal?.throwIfAborted()
    const before = known.get(path)
    known.delete(path)
    const hash = createHash('sha256').update(bytes).digest('hex')
    if (before?.hash === hash) continue
    const content = { last_updated: now, size: bytes.length, hash, data: `\\x${bytes.toString('hex')}` }
    if (before) updated.push({ id: before.id, ...content })
    else created.push({ source_id: source, path, created: now, ...content })
    held += bytes.length
    if (held >= portion) await write()
  }
  await write()
  const missing = [...known.values()].map(file => file.id)
  if (missing.length) await batch.remove('core.datafile', missing)
  return { ...counts, deleted: missing.length }
}
