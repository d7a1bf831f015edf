import type { Transaction } from '../database/index.ts'
import type { Model } from '../model/index.ts'

/** An entry of the change log, still to be written. */
export interface Entry {
  readonly model: Model
  readonly id: number
  readonly action: 'create' | 'update' | 'delete'
  readonly display: string
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
  readonly message: string
  readonly related: readonly [model: string, id: number] | null
}

export interface Author {
  readonly user: { readonly id: number; readonly username: string } | null
  readonly requestId: string
}

/** Write entries of the change log, in one statement. */
export async function recordChanges(
  tx: Transaction,
  { user, requestId }: Author,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return
  tx.touch('core_objectchange')
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  await tx.query(
    `insert into core_objectchange (time, user_id, user_name, request_id, action, changed_object_type, changed_object_id, object_repr, message, prechange_data, postchange_data, related_object_type, related_object_id)
     select clock_timestamp(), $1, $2, $3, action, type, id, repr, message, before::jsonb, after::jsonb, related_type, related_id
     from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[]) as v(action, type, id, repr, message, before, after, related_type, related_id)`,
    [
      user?.id ?? null,
      user?.username ?? '',
      requestId,
      entries.map(entry => entry.action),
      entries.map(entry => entry.model.name),
      entries.map(entry => entry.id),
      entries.map(entry => entry.display.slice(0, 200)),
      entries.map(entry => entry.message),
      entries.map(entry => json(entry.before)),
      entries.map(entry => json(entry.after)),
      entries.map(entry => entry.related?.[0] ?? null),
      entries.map(entry => entry.related?.[1] ?? null),
    ],
  )
}
