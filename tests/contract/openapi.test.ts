import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '@demarc/engine/http'
import { pathOf } from '@demarc/engine/model'
import { documentOf, schemaRoutes } from '@demarc/engine/openapi'
import { parametersOf } from '@demarc/engine/query'
import { keysOf } from '@demarc/engine/represent'
import { registry } from '@demarc/models'
import { pino } from 'pino'
import { readConfig } from '../../server/config.ts'

const document = documentOf(registry) as any
const models = [...registry.models.values()].filter(model => !model.spec.internal)
const operations = Object.values<any>(document.paths).flatMap(path => Object.values<any>(path))

const app = createApp({
  config: { ...readConfig({}), ALLOWED_HOSTS: ['*'] },
  logger: pino({ level: 'silent' }),
  routes: [schemaRoutes(registry)],
})

test('each operation has a name of its own', () => {
  const names = operations.map(({ operationId }) => operationId)
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  )
})

test('every schema that is referred to is there', () => {
  const text = JSON.stringify(document)
  const missing = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!))
  for (const name of Object.keys(document.components.schemas)) missing.delete(name)
  assert.deepEqual([...missing], [])
})

test('every schema says something', () => {
  const empty = Object.entries<object>(document.components.schemas).filter(([, schema]) => !Object.keys(schema).length)
  assert.deepEqual(empty, [])
})

for (const model of models)
  test(`${model.name}: a list is told with its parameters, an object with its keys`, () => {
    const { get } = document.paths[`/api/${model.app}/${pathOf(model)}/`]
    const told = new Set(get.parameters.map(({ name }: { name: string }) => name))
    assert.deepEqual(
      [...parametersOf(registry, model).keys()].filter(name => !told.has(name)),
      [],
    )
    const page =
      document.components.schemas[get.responses[200].content['application/json'].schema.$ref.split('/').at(-1)]
    const one = document.components.schemas[page.properties.results.items.$ref.split('/').at(-1)]
    const served = keysOf(model).filter(key => !model.spec.derived?.[key]?.unserved)
    assert.deepEqual(Object.keys(one.properties), served)
  })

test('anybody gets it, as YAML or as JSON', async () => {
  const get = (url: string, accept?: string) =>
    app.inject({ url, headers: { host: 'test', ...(accept && { accept }) } })
  const yaml = await get('/api/schema/')
  assert.equal(yaml.statusCode, 200)
  assert.match(String(yaml.headers['content-type']), /^application\/vnd\.oai\.openapi;/)
  assert.match(yaml.body, /^openapi: "3\.0\.3"\n/)
  for (const [url, accept] of [['/api/schema/?format=json'], ['/api/schema/', 'application/json']] as const) {
    const json = await get(url, accept)
    assert.match(String(json.headers['content-type']), /json/)
    assert.deepEqual(json.json(), document)
  }
  assert.equal((await app.inject({ method: 'POST', url: '/api/schema/', headers: { host: 'test' } })).statusCode, 405)
})
