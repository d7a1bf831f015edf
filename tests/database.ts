import { randomBytes } from 'node:crypto'
import { after } from 'node:test'
import { openDatabase, type Database } from '@demarc/engine/database'
import { migrate } from '@demarc/engine/schema'
import pg from 'pg'
import { migrations } from '../server/migrations.ts'

/** The address of another database of the test server. */
const addressOf = (name: string) => {
  const url = new URL(process.env['DEMARC_TEST_POSTGRES']!)
  url.pathname = `/${name}`
  return url.href
}

async function onServer<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(addressOf('postgres'))
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

let template: Promise<string> | undefined

/** A migrated database that others are cloned from; made once for all tests of a run. */
function templateDatabase(): Promise<string> {
  template ??= (async () => {
    const name = `template_${randomBytes(4).toString('hex')}`
    await onServer(client => client.query(`create database ${name}`))
    const db = openDatabase({ url: addressOf(name), poolSize: 1 })
    await migrate(db, migrations)
    await db.close()
    return name
  })()
  return template
}

/** An empty database with the schema of the models, dropped when the tests that asked for it are over. */
export async function testDatabase(): Promise<Database> {
  const from = await templateDatabase()
  const name = `test_${randomBytes(4).toString('hex')}`
  await onServer(client => client.query(`create database ${name} template ${from}`))
  const db = openDatabase({ url: addressOf(name), poolSize: 4 })
  after(async () => {
    await db.close()
    await onServer(client => client.query(`drop database ${name} with (force)`))
  })
  return db
}
