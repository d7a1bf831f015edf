import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parametersOf } from '@demarc/engine/query'
import { keysOf } from '@demarc/engine/represent'
import { describeFields } from '@demarc/engine/rest'
import { registry } from '@demarc/models'

/** What NetBox 4.7 has at an endpoint: keys with what OPTIONS says of them, and parameters with their suffixes. */
interface Endpoint {
  readonly model: string
  readonly keys: Record<string, null | string | [type: string, flags: string, choices?: unknown[] | number]>
  readonly brief: string[] | null
  /** By parameter, the place of its suffixes in `suffixes`. */
  readonly parameters: Record<string, number>
}

const facts = JSON.parse(readFileSync(new URL('./facts.json', import.meta.url), 'utf8')) as {
  suffixes: string[]
  endpoints: Record<string, Endpoint>
}

const sorted = (values: Iterable<string>) => [...values].sort()
const difference = (a: Iterable<string>, b: Iterable<string>) => sorted(new Set(a)).filter(one => !new Set(b).has(one))

for (const [path, endpoint] of Object.entries(facts.endpoints)) {
  const [app, last] = path.split('/') as [string, string]
  const model = registry.at(app, last)

  test(`${path}: an endpoint of ${endpoint.model}`, () => assert.equal(model?.name, endpoint.model))
  if (!model) continue

  test(`${path}: keys of a representation`, () =>
    assert.deepEqual(sorted(keysOf(model)), sorted(Object.keys(endpoint.keys))))

  test(`${path}: keys of the brief form`, () => {
    const shown = endpoint.brief?.filter(key => !['id', 'url', 'display'].includes(key))
    assert.deepEqual(sorted((model.spec.brief ?? []) as string[]), sorted(shown ?? []))
  })

  test(`${path}: what a client may send`, () => {
    const described = describeFields(registry, model)
    const wrong: string[] = []
    for (const [key, fact] of Object.entries(endpoint.keys)) {
      const field = described[key]
      if (!fact || !field) continue
      const [type, flags, choices] = typeof fact === 'string' ? [fact, ''] : fact
      const ours = `${field.required ? 'r' : ''}${field.read_only ? 'o' : ''}`
      if (field.type !== type) wrong.push(`${key} is ${field.type}, not ${type}`)
      if (ours !== flags) wrong.push(`${key} is "${ours}", not "${flags}"`)
      const values = field.choices?.map(choice => choice.value)
      if (Array.isArray(choices) && JSON.stringify(values) !== JSON.stringify(choices))
        wrong.push(`${key} offers ${JSON.stringify(values)}, not ${JSON.stringify(choices)}`)
    }
    assert.deepEqual(wrong, [])
  })

  test(`${path}: query parameters`, () => {
    const expected = Object.entries(endpoint.parameters).flatMap(([name, at]) => [
      name,
      ...facts.suffixes[at]!.split(' ')
        .filter(Boolean)
        .map(suffix => `${name}__${suffix}`),
    ])
    const ours = parametersOf(registry, model).keys()
    const names = [...ours]
    assert.deepEqual(
      { missing: difference(expected, names), unexpected: difference(names, expected) },
      { missing: [], unexpected: [] },
    )
  })
}
