import type { Database } from '@demarc/engine/database'
import { everything } from '@demarc/engine/query'
import { changeRows, Refused, type WriteCall } from '@demarc/engine/write'

/** Faults told in full. */
const most = 10

/**
 * Refresh what takes its content from the files of a data source, each object by itself, so that one that fails holds up no
 * other. Returns what to say of those that failed; null where none did.
 */
export async function refreshFollowers(call: WriteCall, source: number): Promise<string | null> {
  const { db, registry, signal } = call
  const faults: string[] = []
  for (const { object_type, object_id } of await followersOf(db, source)) {
    signal?.throwIfAborted()
    const model = registry.models.get(object_type)
    if (!model) continue
    try {
      await changeRows(call, model, [{ id: object_id, item: {} }], 'change', everything)
    } catch (error) {
      signal?.throwIfAborted()
      faults.push(`- ${object_type} ID ${object_id}: ${reasonOf(error)}`)
    }
  }
  if (faults.length === 0) return null
  const more = faults.length > most ? [`… and ${faults.length - most} more`] : []
  return [`Automatic synchronization failed for ${faults.length} object(s):`, ...faults.slice(0, most), ...more].join(
    '\n',
  )
}

const followersOf = (db: Database, source: number) =>
  db.query<{ object_type: string; object_id: number }>(
    `select r.object_type, r.object_id from core_autosyncrecord as r join core_datafile as f on f.id = r.datafile_id
     where f.source_id = $1 order by r.object_type, r.object_id`,
    [source],
  )

function reasonOf(error: unknown): string {
  if (!(error instanceof Refused)) return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const [refusal] = error.refusals
  const texts = Object.entries(refusal!.faults).map(([key, fault]) => `${key}: ${JSON.stringify(fault)}`)
  return `ValidationError: ${refusal!.detail ?? texts.join('; ')}`
}
