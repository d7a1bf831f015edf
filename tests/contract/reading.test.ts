import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { createApp } from '@demarc/engine/http'
import { pathOf, type Model } from '@demarc/engine/model'
import { parametersOf, type Parameter } from '@demarc/engine/query'
import { keysOf } from '@demarc/engine/represent'
import { restRoutes } from '@demarc/engine/rest'
import { checkSchema } from '@demarc/engine/schema'
import { registry } from '@demarc/models'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { readConfig } from '../../server/config.ts'
import { migrations } from '../../server/migrations.ts'
import { testDatabase } from '../database.ts'
import { insertSamples } from './samples.ts'

const costsFile = new URL('./statements.json', import.meta.url)

/** Statements that a list of each model costs; DEMARC_WRITE_COSTS=1 writes them anew. */
const costs = JSON.parse(readFileSync(costsFile, 'utf8')) as Record<string, number>

const db = await testDatabase()
let app: FastifyInstance
const models = [...registry.models.values()].filter(model => !model.spec.internal)
const listOf = (model: Model) => `/api/${model.app}/${pathOf(model)}/`

async function ask(method: 'GET' | 'OPTIONS', url: string) {
  const statements: string[] = []
  const stop = db.watch(text => void statements.push(text))
  const answer = await app.inject({ method, url, headers: { host: 'demarc.test', 'accept-encoding': 'identity' } })
  stop()
  return {
    status: answer.statusCode,
    body: answer.body,
    json: () => JSON.parse(answer.body),
    statements,
    headers: answer.headers,
  }
}

before(async () => {
  await insertSamples(db, 3)
  const config = { ...readConfig({}), ALLOWED_HOSTS: ['*'] }
  const identify = async () =>
    ({ user: { id: 1, username: 's1', superuser: true }, via: 'session', writes: true }) as const
  app = createApp({
    config,
    logger: pino({ level: 'silent' }),
    routes: [restRoutes({ db, registry, config, identify })],
  })
  await app.ready()
})

after(() => {
  if (process.env['DEMARC_WRITE_COSTS']) writeFileSync(costsFile, `${JSON.stringify(costs, null, 1)}\n`)
})

test('the database is what the models say', async () =>
  assert.deepEqual(await checkSchema(db, registry, migrations.extraTables), []))

for (const model of models) {
  const path = listOf(model)

  test(`${path} lists rows with all keys, in at most six statements`, async () => {
    const answer = await ask('GET', `${path}?limit=100`)
    assert.equal(answer.status, 200, answer.body.slice(0, 500))
    const { count, results } = answer.json()
    if (process.env['DEMARC_WRITE_COSTS']) return void (costs[model.name] = answer.statements.length)
    assert.equal(count, 3)
    const served = keysOf(model).filter(key => !model.spec.derived?.[key]?.unserved)
    assert.deepEqual(Object.keys(results[0]), served)
    assert.equal(
      answer.statements.length,
      costs[model.name],
      'statements: fewer is a success to write down, more is a loss',
    )
    assert.ok(answer.statements.length <= 6)
  })

  test(`${path}1/ shows a row as the list does, brief, and in part`, async () => {
    const [list, detail, brief, part] = [
      await ask('GET', `${path}?id=1`),
      await ask('GET', `${path}1/`),
      await ask('GET', `${path}?brief=true`),
      await ask('GET', `${path}1/?fields=id,display`),
    ]
    assert.equal(detail.status, 200, detail.body.slice(0, 500))
    if (!model.spec.unfiltered) assert.deepEqual(detail.json(), list.json().results[0])
    assert.equal(brief.status, 200, brief.body.slice(0, 500))
    assert.deepEqual(Object.keys(part.json()), ['id', 'display'])
    assert.equal((await ask('GET', `${path}99/`)).status, 404)
  })

  test(`${path} describes itself`, async () => {
    const answer = await ask('OPTIONS', path)
    assert.equal(answer.status, 200)
    const { actions } = answer.json()
    if (actions?.POST) for (const key of keysOf(model)) assert.ok(key in actions.POST, key)
    for (const { path: last, about } of registry.actions(model.name)) {
      const below = await ask('OPTIONS', `${path}1/${last}/`)
      assert.deepEqual([below.status, typeof below.json().description], [200, 'string'], about)
    }
  })

  test(`${path} takes every query parameter`, async () => {
    for (const parameter of parametersOf(registry, model).values()) {
      const answer = await ask('GET', `${path}?limit=1&${parameter.name}=${encodeURIComponent(sampleOf(parameter))}`)
      assert.ok(answer.status === 200 || answer.status === 400, `${parameter.name}: ${answer.body.slice(0, 400)}`)
      assert.ok(answer.statements.length <= 7, `${parameter.name}: ${answer.statements.length} statements`)
    }
  })

  test(`${path} sorts by every key`, async () => {
    for (const key of keysOf(model)) {
      const answer = await ask('GET', `${path}?limit=1&ordering=-${key}`)
      assert.equal(answer.status, 200, `${key}: ${answer.body.slice(0, 300)}`)
    }
  })
}

/** A value that the parameter can read. */
function sampleOf({ match, by, choices, to }: Parameter): string {
  if (to) return by === 'id' ? '1' : 's1'
  if (choices) return [...choices][0]!
  const samples: Partial<Record<Parameter['match'], string>> = {
    number: '1',
    decimal: '1.5',
    boolean: 'true',
    date: '2024-05-01',
    datetime: '2024-05-01T00:00:00Z',
    uuid: '0b6d1a5e-7a52-4a37-9e0e-2f0d2f8d4c11',
    mac: '00:00:00:00:00:01',
    wwn: '00:00:00:00:00:00:00:01',
    timezone: 'Europe/Oslo',
    duration: '00:00:01',
    modelName: 'dcim.site',
  }
  return samples[match] ?? 's1'
}
