import type { Database } from '@demarc/engine/database'

/** What a user may do to a model's rows within constraints; null for all of them. */
export interface Grant {
  readonly actions: readonly string[]
  readonly model: string
  readonly constraints: unknown
}

/** A new user who may do what is granted, and nothing else; returns the id. */
export async function grantTo(db: Database, ...grants: readonly Grant[]): Promise<number> {
  const {
    rows: [{ id }],
  } = await db.pool.query(
    `insert into users_user (username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
     select 'guest' || count(*), '', false, true, now(), '', '', '' from users_user returning id`,
  )
  for (const { actions, model, constraints } of grants)
    await db.pool.query(
      `with made as (
         insert into users_objectpermission (name, description, enabled, actions, object_types, constraints)
         values ('granted', '', true, $2, array[$3], $4) returning id
       ) insert into users_user_object_permissions (user_id, objectpermission_id) select $1, id from made`,
      [id, actions, model, JSON.stringify(constraints)],
    )
  return id
}
