import type { Entry } from '../changelog/record.ts'
import { featuresOf } from '../model/index.ts'
import type { WriteContext } from './context.ts'

/**
 * Notify those who subscribed to objects of what happened to them: one notification for each object and user, which takes
 * the place of the one before. To be called for deletions while the subscriptions are still there. One statement.
 */
export async function notifySubscribers({ tx, now }: WriteContext, entries: readonly Entry[]): Promise<void> {
  const last = new Map<string, Entry>()
  for (const entry of entries)
    if (entry.action !== 'create' && featuresOf(entry.model).includes('notifications'))
      last.set(`${entry.model.name}:${entry.id}`, entry)
  if (last.size === 0) return
  const told = [...last.values()]
  const rows = await tx.query(
    `insert into extras_notification (object_type, object_id, user_id, created, read, event_type, object_repr)
     select s.object_type, s.object_id, s.user_id, $5::timestamptz, null, v.event, v.repr
     from unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) as v(type, id, event, repr)
     join extras_subscription as s on s.object_type = v.type and s.object_id = v.id
     on conflict (object_type, object_id, user_id)
     do update set created = excluded.created, read = null, event_type = excluded.event_type, object_repr = excluded.object_repr
     returning 1`,
    [
      told.map(({ model }) => model.name),
      told.map(({ id }) => id),
      told.map(({ action }) => (action === 'delete' ? 'object_deleted' : 'object_updated')),
      told.map(({ display }) => display.slice(0, 200)),
      now,
    ],
  )
  if (rows.length) tx.touch('extras_notification')
}
