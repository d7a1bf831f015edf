import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/index.ts'
import { Problem } from '../problem/index.ts'
import { hashPassword } from './password.ts'

/** A user as far as logging in goes. */
export interface Account {
  readonly id: number
  readonly username: string
  readonly password: string
  readonly is_active: boolean
  readonly is_superuser: boolean
}

export interface NewAccount {
  readonly username: string
  readonly email: string
  readonly password: string
}

/** Whether a text can be the name of a user. */
export const isUsername = (name: string): boolean => /^[\p{L}\p{M}\p{N}_.@+-]{1,150}$/u.test(name)

/** The user of a name, however it is capitalised; null if there is none. */
export async function findAccount(db: Database, username: string): Promise<Account | null> {
  if (username.length > 150 || username.includes('\0')) return null
  const [account] = await db.rows<Account>(
    sql`select id, username, password, is_active, is_superuser from users_user
      where lower(username) = lower(${username}) order by username = ${username} desc limit 1`,
    { named: true },
  )
  return account ?? null
}

/** The statement that adds a user with a password that is already hashed, and yields the row unless the name is taken. */
export const insertAccount = (
  { username, email, password }: NewAccount,
  superuser: boolean,
): RawBuilder<Account> => sql<Account>`
  insert into users_user
    (username, password, first_name, last_name, email, is_active, date_joined, last_login, is_superuser)
  select ${username}::text, ${password}, '', '', ${email}, true, now(), null, ${superuser}
  where not exists (select from users_user where lower(username) = lower(${username}::text))
  on conflict (username) do nothing
  returning id, username, password, is_active, is_superuser`

/** Make an account that may do everything; its id. The password policy is not asked: whoever runs the server decides. */
export async function createSuperuser(db: Database, { username, email, password }: NewAccount): Promise<number> {
  if (!isUsername(username))
    throw new Problem('username', 'A user name has up to 150 characters: letters, digits and @ . + - _ only.')
  if (!password) throw new Problem('password', 'The password may not be empty.')
  const hashed = await hashPassword(password)
  const [account] = await db.rows<Account>(insertAccount({ username, email, password: hashed }, true))
  if (!account) throw new Problem('username-taken', `There is already a user called ${username}.`)
  await db.changed('users_user')
  return account.id
}

/** Give a user another password; how the user is called. The password policy is not asked, as for {@link createSuperuser}. */
export async function changePassword(db: Database, username: string, password: string): Promise<string> {
  if (!password) throw new Problem('password', 'The password may not be empty.')
  const account = await findAccount(db, username)
  if (!account) throw new Problem('username-unknown', `There is no user called ${username}.`)
  const hashed = await hashPassword(password)
  await db.rows(sql`update users_user set password = ${hashed} where id = ${account.id}`)
  await db.changed('users_user')
  return account.username
}
