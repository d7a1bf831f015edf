import { jsonArray, textArray, type Transaction } from '../database/index.ts'
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
  /** See {@link ObjectChange}; false where not given. */
  readonly consequence?: boolean
}

export interface Author {
  readonly user: { readonly id: number; readonly username: string } | null
  readonly requestId: string
}

/** Entries of a statement: PostgreSQL takes some in while the next are put into JSON. */
const most = 5000

/** Write entries of the change log. */
export async function recordChanges(
  tx: Transaction,
  { user, requestId }: Author,
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return
  tx.touch('core_objectchange')
  let under: Promise<unknown> = Promise.resolve()
  for (let from = 0; from < entries.length; from += most) {
    const some = entries.slice(from, from + most)
    const values = [
      user?.id ?? null,
      user?.username ?? '',
      requestId,
      textArray(some.map(entry => entry.action)),
      textArray(some.map(entry => entry.model.name)),
      some.map(entry => entry.id),
      textArray(some.map(entry => entry.display.slice(0, 200))),
      textArray(some.map(entry => entry.message)),
      jsonArray(some.map(entry => entry.before && JSON.stringify(entry.before))),
      jsonArray(some.map(entry => entry.after && JSON.stringify(entry.after))),
      textArray(some.map(entry => entry.related?.[0] ?? null)),
      some.map(entry => entry.related?.[1] ?? null),
      some.map(entry => entry.consequence ?? false),
    ]
    await under
    under = tx.query(statement, values)
    under.catch(() => undefined)
    await new Promise(setImmediate)
  }
  await under
}

/** The writer's row is held until the end, as a foreign key would hold it once for each entry. */
const statement = `
  insert into core_objectchange (time, user_id, user_name, request_id, action, changed_object_type, changed_object_id, object_repr, message, prechange_data, postchange_data, related_object_type, related_object_id, consequence)
  select clock_timestamp(), (select id from users_user where id = $1 for key share), $2, $3, v.*
  from unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::json[], $10::json[], $11::text[], $12::bigint[], $13::boolean[]) as v`
