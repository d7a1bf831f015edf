import type { Transaction } from '../database/index.ts'
import type { Event } from './follow.ts'

/** An event that a group of users is told of. */
export interface GroupNotice {
  readonly group: number
  readonly event: Pick<Event, 'type' | 'about'>
}

/** Notify active users of groups: one notification for each object and user, which takes the place of the one before. */
export async function notifyGroups(tx: Transaction, now: string, notices: readonly GroupNotice[]): Promise<void> {
  const last = new Map(
    notices.map(notice => [`${notice.group} ${notice.event.about.model}:${notice.event.about.id}`, notice]),
  )
  const told = [...last.values()]
  tx.touch('extras_notification')
  await tx.query(
    `insert into extras_notification (object_type, object_id, user_id, created, read, event_type, object_repr)
     select distinct on (v.type, v.id, u.id) v.type, v.id, u.id, $6::timestamptz, null::timestamptz, v.event, v.repr
     from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[]) with ordinality as v(group_id, type, id, event, repr, nth)
     join (
       select notificationgroup_id, user_id from extras_notificationgroup_users
       union select g.notificationgroup_id, m.user_id from extras_notificationgroup_groups as g
         join users_user_groups as m on m.group_id = g.group_id
     ) as member on member.notificationgroup_id = v.group_id
     join users_user as u on u.id = member.user_id and u.is_active
     order by v.type, v.id, u.id, v.nth desc
     on conflict (object_type, object_id, user_id)
     do update set created = excluded.created, read = null, event_type = excluded.event_type, object_repr = excluded.object_repr`,
    [
      told.map(({ group }) => group),
      told.map(({ event }) => event.about.model),
      told.map(({ event }) => event.about.id),
      told.map(({ event }) => event.type),
      told.map(({ event }) => event.about.display.slice(0, 200)),
      now,
    ],
  )
}
