import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importRoutes } from '@demarc/engine/csv'
import { inTransaction, openDatabase, type Database } from '@demarc/engine/database'
import { exportRoutes } from '@demarc/engine/export'
import { createApp } from '@demarc/engine/http'
import {
  linkedNames,
  numbersOf,
  objectTypesOf,
  purposeOf,
  storeObjectTypes,
  storeRows,
  tableMappings,
  type Batch,
} from '@demarc/engine/netbox'
import { uiPathOf } from '@demarc/engine/model'
import { runTask, type Queue } from '@demarc/engine/job'
import { schemaRoutes } from '@demarc/engine/openapi'
import { bulkWrite, restRoutes } from '@demarc/engine/rest'
import { migrate } from '@demarc/engine/schema'
import { folderStorage } from '@demarc/engine/storage'
import { registry } from '@demarc/models'
import { retraceAll, storedPaths } from '@demarc/models/dcim/cabling'
import { pino } from 'pino'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { authRoutes, createIdentify, nobody, type Caller } from '@demarc/engine/auth'
import { readConfig, type Config } from '../../server/config.ts'
import { migrations } from '../../server/migrations.ts'
import { startPostgres } from '../../server/postgres.ts'

type JsonRow = Record<string, unknown>

interface State {
  readonly id: string
  readonly tables: Record<string, JsonRow[]>
  readonly sequences: Record<string, number>
}

interface Call {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: string
  readonly user: 'superuser' | number | null
}

const pepper = 'TEST-VALUE-DO-NOT-USE-TEST-VALUE-DO-NOT-USE-TEST-VALUE-DO-NOT-USE'
/** The recordings were made without a worker, but for requests that are left to one. */
const employ = `insert into job_worker (name, host, pid, queues, started, seen, jobs, succeeded, failed, worked)
  values ('conformance', '', 0, '{high,default,low}', now(), now(), '{}', 0, 0, 0)`
const administrator: Caller = {
  user: { id: 999_999, username: 'conformance', superuser: true },
  via: 'session',
  writes: true,
}

/** Opens Demarc in this process, over a PostgreSQL of its own, for recorded requests to be replayed against. */
export async function open() {
  const dir = mkdtempSync(join(tmpdir(), 'demarc-conformance-'))
  const postgres = await startPostgres({
    dir: join(dir, 'postgres'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  })
  const db = openDatabase({ url: postgres.url, poolSize: 4 })
  await migrate(db, migrations)
  const store = stateStore(db)
  const storage = folderStorage(join(dir, 'media'))
  /** What is left to a worker is done before the answer, as it was when the recordings were made. */
  const queue: Queue = {
    timeout: 300,
    async send(tx, task) {
      if (task.kind !== bulkWrite.name) return
      const kinds = new Map([[bulkWrite.name, bulkWrite]])
      const office = { db, registry, settings: config, storage, queue, kinds, log, worker: 'conformance' }
      tx.afterCommit(async () => void (await runTask(office, task, new AbortController().signal)))
    },
    sendAll: async () => {},
    tell: async () => {},
    withdraw: async () => {},
    fail: async () => {},
    again: async () => {},
    hasten: async () => {},
    remove: async () => {},
    find: async () => null,
    waiting: async () => [],
    counts: async () => ({ waiting: 0, planned: 0, active: 0, completed: 0, failed: 0, oldest: null }),
  }
  const log = pino({ level: 'silent' })
  let config: Config
  let app: FastifyInstance | undefined
  /** Who the request under way is made as, where a session would tell. */
  let caller: 'superuser' | number | null = null

  async function asked(request: FastifyRequest): Promise<Caller> {
    if (caller === null) return createIdentify({ db, config })(request)
    if (caller === 'superuser') return administrator
    const { rows } = await db.pool.query<{ id: number; username: string; is_superuser: boolean; is_active: boolean }>(
      'select id, username, is_superuser, is_active from users_user where id = $1',
      [caller],
    )
    const user = rows[0]
    return user?.is_active
      ? { user: { id: user.id, username: user.username, superuser: user.is_superuser }, via: 'session', writes: true }
      : nobody
  }

  return {
    async load(state: State, settings: Record<string, unknown>) {
      await store.load(state)
      await db.changed(null)
      config = {
        ...readConfig({}),
        DEFAULT_PERMISSIONS: {},
        ALLOWED_HOSTS: ['*'],
        API_TOKEN_PEPPERS: { 1: pepper },
        ...settings,
      } as unknown as Config
      await app?.close()
      app = createApp({
        config,
        logger: log,
        routes: [
          restRoutes({ db, registry, config, storage, queue, identify: asked }),
          schemaRoutes(registry),
          authRoutes({ db, registry, config, identify: asked }),
          importRoutes({ db, registry, config, storage, identify: asked }),
          exportRoutes({ db, registry, config, storage, identify: asked }),
        ],
      })
      await app.ready()
    },
    async request({ method, url, headers, body, user }: Call) {
      caller = user
      if (/[?&]background=/.test(url)) await db.pool.query(employ)
      const answer = await app!.inject({
        method: method as 'GET',
        url,
        headers: { 'accept-encoding': 'identity', ...headers },
        ...(body !== undefined && { payload: body }),
      })
      if (/[?&]background=/.test(url)) await db.pool.query('delete from job_worker')
      return { status: answer.statusCode, headers: answer.headers as Record<string, string>, body: answer.body }
    },
    async importCsv(record: { path: string; form: Record<string, string[]>; session_user: number | null }) {
      const [, name, path] = record.path.split('/')
      const model = [...registry.models.values()].find(one => one.app === name && uiPathOf(one) === path)
      const { data, format, csv_delimiter: delimiter, changelog_message: message } = record.form
      if (!model || !data) return { ok: false }
      caller = record.session_user
      const answer = await app!.inject({
        method: 'POST',
        url: `/ui/import/${model.name}`,
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify({
          data: data[0],
          format: format?.[0] || 'auto',
          delimiter: delimiter?.[0] || 'auto',
          ...(message && { changelog_message: message[0] }),
        }),
      })
      if (answer.statusCode >= 500) throw new Error(answer.body)
      return { ok: answer.statusCode === 200 }
    },
    retrace: () =>
      inTransaction(db, async tx => {
        await retraceAll(tx)
        return storedPaths(tx)
      }),
    async close() {
      await app?.close()
      await db.close()
      await postgres.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Puts recorded states into the database through the code that takes over a NetBox database, touching only what differs. */
function stateStore(db: Database) {
  const mappings = new Map(tableMappings(registry).map(mapping => [mapping.source, mapping]))
  const purpose = (table: string) => purposeOf(mappings, table)
  /** What each table holds now, as the text of its rows. */
  let held = new Map<string, string>()
  /** Tables that requests have written to since. */
  const written = new Set<string>()
  db.onChange(table => void (table && written.add(table)))

  return {
    async load({ tables, sequences }: State) {
      const wanted = new Map(Object.entries(tables).map(([table, rows]) => [table, JSON.stringify(rows)]))
      const changed = new Set(
        [...new Set([...held.keys(), ...wanted.keys()])].filter(table => held.get(table) !== wanted.get(table)),
      )
      for (const table of written) {
        changed.add(table)
        if (!held.has(table)) held.set(table, '')
      }
      written.clear()
      const types = ((tables['django_content_type'] ?? []) as { id: number; app_label: string; model: string }[]).map(
        type => ({ ...type, id: String(type.id) }),
      )
      const marks = (
        (tables['core_objecttype'] ?? []) as { contenttype_ptr_id: number; public: boolean; features: string[] }[]
      ).map(mark => ({
        contenttype_ptr_id: String(mark.contenttype_ptr_id),
        public: String(mark.public),
        features: arrayLiteral(mark.features, ''),
      }))
      const numbers = numbersOf(types)
      if (changed.has('core_objecttype')) changed.add('django_content_type')
      if (changed.has('django_content_type')) for (const table of mappings.keys()) changed.add(table)
      const links = Object.entries(tables).filter(([table]) => purpose(table) === 'names')
      for (const table of changed) if (purpose(table) === 'names') changed.add(table.replace(/_object_types$/, ''))
      const names = linkedNames(
        links.map(([table, rows]) => batchOf(table, rows)),
        numbers,
      )

      const client = await db.pool.connect()
      try {
        await client.query('begin; set constraints all deferred')
        const emptied = [...changed].filter(
          table => mappings.has(table) && (held.has(table) || changed.has('django_content_type')),
        )
        if (emptied.length)
          await client.query(emptied.map(table => `delete from ${mappings.get(table)!.target}`).join('; '))
        if (changed.has('django_content_type')) {
          await client.query('delete from core_objecttype')
          await storeObjectTypes(client, objectTypesOf(types, marks))
        }
        for (const table of changed) {
          const mapping = mappings.get(table)
          const rows = tables[table]
          if (!mapping || !rows?.length) continue
          const { columns, rows: texts } = batchOf(
            table,
            rows,
            new Map(mapping.columns.map(column => [column.source, column.type])),
          )
          await storeRows(client, mapping, columns, texts, { numbers, names })
        }
        const set = Object.entries(sequences).filter(([sequence]) => mappings.has(sequence.replace(/_id_seq$/, '')))
        if (set.length)
          await client.query(
            `select ${set.map(([sequence, value]) => `setval(pg_get_serial_sequence('${sequence.replace(/_id_seq$/, '')}', 'id'), ${Math.max(value, 1)}, ${value > 0})`).join(', ')}`,
          )
        await client.query('commit')
        held = wanted
      } catch (error) {
        await client.query('rollback')
        held = new Map()
        await client.query(
          `truncate ${[...mappings.values()].map(mapping => mapping.target).join(', ')}, core_objecttype cascade`,
        )
        throw error
      } finally {
        client.release()
      }
    },
  }
}

function batchOf(table: string, rows: readonly JsonRow[], types: ReadonlyMap<string, string> = new Map()): Batch {
  const columns = Object.keys(rows[0] ?? {})
  return { table, columns, rows: rows.map(row => columns.map(column => textOf(row[column], types.get(column) ?? ''))) }
}

/** A value of JSON as PostgreSQL's text for a column of the type given. */
function textOf(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null
  if (type.endsWith('[]') && Array.isArray(value)) return arrayLiteral(value, type)
  return type.startsWith('json') || typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const arrayLiteral = (values: readonly unknown[], type: string): string =>
  `{${values.map(value => (Array.isArray(value) && !type.startsWith('jsonb') ? arrayLiteral(value, type) : value === null ? 'null' : `"${(typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/["\\]/g, '\\$&')}"`)).join()}}`
