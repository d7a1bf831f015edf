import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choicesOf } from '@demarc/engine/customfield'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, changeAll, remove, row, faults } = await testWriter(db)
const field = (name: string, type: string, more: object = {}) => ({
  name,
  type,
  object_types: ['dcim.region'],
  ...more,
})
let count = 0
const region = (custom_fields?: object) => {
  const name = `region-${++count}`
  return { name, slug: name, ...(custom_fields && { custom_fields }) }
}
const stored = async (id: number) => (await row('dcim.region', id))['custom_fields'] as Record<string, unknown>

test('the definition of a field hangs together', async () => {
  const [set] = await create('extras.customfieldchoiceset', {
    name: 'ab',
    extra_choices: [
      ['a', 'A'],
      ['b', 'B'],
    ],
  })
  const cases: [definition: object, keys: string[]][] = [
    [field('with space', 'text'), ['name']],
    [field('two__lines', 'text'), ['name']],
    [field('f', 'text', { validation_minimum: 1 }), ['validation_minimum']],
    [field('f', 'text', { validation_maximum: 0 }), []],
    [field('f2', 'integer', { validation_regex: '^a' }), ['validation_regex']],
    [field('f2', 'text', { validation_regex: '(' }), ['validation_regex']],
    [field('f2', 'text', { validation_schema: { type: 'object' } }), ['validation_schema']],
    [field('f2', 'json', { validation_schema: { type: 'thing' } }), ['validation_schema']],
    [field('f2', 'boolean', { unique: true }), ['unique']],
    [field('f2', 'select'), ['choice_set']],
    [field('f2', 'text', { choice_set: set }), ['choice_set']],
    [field('f2', 'object'), ['related_object_type']],
    [field('f2', 'text', { related_object_type: 'dcim.site' }), ['type']],
    [field('f2', 'text', { related_object_filter: { a: 1 } }), ['related_object_filter']],
    [
      field('f2', 'object', { related_object_type: 'dcim.site', related_object_filter: [1] }),
      ['related_object_filter'],
    ],
    [field('f2', 'integer', { default: 'x' }), ['default']],
    [field('f2', 'integer', { default: 3, validation_minimum: 5 }), ['default']],
    [field('f2', 'select', { default: 'c', choice_set: set }), ['default']],
    [{ ...field('f2', 'text'), object_types: [] }, ['object_types']],
    [{ ...field('f2', 'text'), object_types: ['users.user'] }, ['object_types']],
  ]
  for (const [definition, keys] of cases)
    assert.deepEqual(
      await faults(create('extras.customfield', definition)),
      keys.length ? { 0: keys } : {},
      JSON.stringify(definition),
    )
  const [kept] = await create('extras.customfield', field('kept', 'text'))
  assert.deepEqual(await faults(change('extras.customfield', kept, { type: 'integer' })), { [kept]: ['type'] })
  const all = await db.query<{ id: number }>('select id from extras_customfield', [])
  await remove('extras.customfield', ...all.map(({ id }) => id))
})

test('values follow their field, and nobody records it', async () => {
  const [early, set] = await create('dcim.region', region(), region())
  await db.query(`update dcim_region set custom_fields = '{"tier": null}' where id = $1`, [set])
  const logged = async () =>
    (await db.query('select from core_objectchange where changed_object_type = $1', ['dcim.region'])).length
  const before = await logged()
  const [tier, note] = await create(
    'extras.customfield',
    field('tier', 'integer', { default: 2 }),
    field('note', 'text'),
  )
  assert.deepEqual([await stored(early), await stored(set)], [{ tier: 2 }, { tier: null }])
  await change('extras.customfield', tier, { default: 5 })
  assert.deepEqual(await stored(early), { tier: 2 })
  await changeAll('extras.customfield', { id: tier, name: 'level' }, { id: note, name: 'remark' })
  assert.deepEqual([await stored(early), await stored(set)], [{ level: 2 }, { level: null }])
  await change('extras.customfield', tier, { object_types: ['dcim.site'] })
  assert.deepEqual(await stored(early), {})
  await change('extras.customfield', tier, { object_types: ['dcim.region', 'dcim.site'] })
  assert.deepEqual(await stored(early), { level: 5 })
  await remove('extras.customfield', tier, note)
  assert.deepEqual([await stored(early), await stored(set)], [{}, {}])
  assert.equal(await logged(), before)
})

test('values are what their field takes', async () => {
  const [set] = await create('extras.customfieldchoiceset', {
    name: 'xy',
    extra_choices: [
      ['x', 'X'],
      ['y', 'Y'],
    ],
  })
  await create(
    'extras.customfield',
    field('t', 'text', { validation_regex: '[A-Z]{2}' }),
    field('i', 'integer', { validation_minimum: 1, validation_maximum: 9 }),
    field('d', 'decimal', { validation_maximum: 9 }),
    field('b', 'boolean'),
    field('day', 'date'),
    field('at', 'datetime'),
    field('u', 'url'),
    field('s', 'select', { choice_set: set }),
    field('m', 'multiselect', { choice_set: set }),
    field('j', 'json', { validation_schema: { type: 'object', required: ['k'] } }),
  )
  const good: [name: string, sent: unknown, kept?: unknown][] = [
    ['t', 'ABc'],
    ['i', 9],
    ['d', '1.5', 1.5],
    ['b', 0],
    ['day', '2024-02-29'],
    ['at', '2024-02-29 12:00'],
    ['at', '2024-02-29T12:00:00.5+02:00'],
    ['u', 'example.com/x', 'https://example.com/x'],
    ['u', 'host:8080', 'https://host:8080'],
    ['u', 'ftp://example.com'],
    ['s', 'x'],
    ['m', ['y', 'x']],
    ['m', []],
    ['j', { k: null }],
    ['t', null],
  ]
  for (const [name, sent, kept = sent] of good) {
    const [id] = await create('dcim.region', region({ [name]: sent }))
    assert.deepEqual((await stored(id))[name], kept, `${name} ${JSON.stringify(sent)}`)
  }
  const bad: [name: string, sent: unknown][] = [
    ['t', 'aBC'],
    ['t', 5],
    ['i', '5'],
    ['i', 1.5],
    ['i', true],
    ['i', 10],
    ['d', '10'],
    ['d', 'x'],
    ['b', 'yes'],
    ['day', '2024-02-30'],
    ['day', '2024-2-3'],
    ['at', 'noon'],
    ['u', 'javascript:alert(1)'],
    ['s', 'z'],
    ['s', { value: 'x', label: 'X' }],
    ['m', 'x'],
    ['m', ['x', 'z']],
    ['j', {}],
  ]
  for (const [name, sent] of bad)
    assert.deepEqual(
      await faults(create('dcim.region', region({ [name]: sent }))),
      { 0: ['__all__'] },
      `${name} ${JSON.stringify(sent)}`,
    )
})

test('a unique value is had by one object of a type, in the table and in a request', async () => {
  await create('extras.customfield', field('serial', 'text', { unique: true }))
  const [one, two] = await create('dcim.region', region({ serial: 'A' }), region({ serial: 'B' }))
  assert.deepEqual(
    await faults(
      create(
        'dcim.region',
        region({ serial: 'A' }),
        region({ serial: 'C' }),
        region({ serial: 'C' }),
        region(),
        region(),
      ),
    ),
    { 0: ['__all__'], 2: ['__all__'] },
  )
  assert.deepEqual(await faults(change('dcim.region', one, { description: 'x' })), {})
  // Taken over in one request: as the rows will be, no value is there twice.
  assert.deepEqual(
    await faults(
      changeAll(
        'dcim.region',
        { id: one, custom_fields: { serial: 'B' } },
        { id: two, custom_fields: { serial: 'A' } },
      ),
    ),
    {},
  )
})

test('a choice stays while objects have it', async () => {
  const [set] = await create('extras.customfieldchoiceset', {
    name: 'used',
    extra_choices: [
      ['one', '1'],
      ['two', '2'],
      ['three', '3'],
    ],
  })
  await create(
    'extras.customfield',
    field('pick', 'select', { choice_set: set }),
    field('picks', 'multiselect', { choice_set: set }),
  )
  await create('dcim.region', region({ pick: 'one', picks: ['two'] }))
  const keep = (...values: string[]) =>
    faults(change('extras.customfieldchoiceset', set, { extra_choices: values.map(value => [value, value]) }))
  assert.deepEqual(await keep('two', 'three'), { [set]: ['__all__'] })
  assert.deepEqual(await keep('one', 'three'), { [set]: ['__all__'] })
  assert.deepEqual(await keep('one', 'two'), {})
  assert.deepEqual(await keep('one', 'two', 'two'), { [set]: ['extra_choices'] })
  assert.deepEqual(await keep(), { [set]: ['__all__'] })
  assert.deepEqual(await faults(change('extras.customfieldchoiceset', set, { choice_colors: { one: 'mauve' } })), {
    [set]: ['choice_colors'],
  })
})

test('a choice set offers the codes it builds upon, and then its own', () => {
  const choices = (more: object) =>
    choicesOf({ base_choices: null, extra_choices: null, order_alphabetically: false, ...more })
  const extra_choices = [['AA', 'Ours']] as const
  const land = choices({ base_choices: 'ISO_3166', extra_choices })
  assert.deepEqual(
    [land[0], land.at(-1)],
    [
      ['AD', 'Andorra'],
      ['AA', 'Ours'],
    ],
  )
  assert.equal(land.length, 250)
  assert.deepEqual(choices({ base_choices: 'ISO_3166', extra_choices, order_alphabetically: true })[0], ['AA', 'Ours'])
  assert.equal(new Map(choices({ base_choices: 'IATA' })).get('AMS'), 'Amsterdam Airport Schiphol')
  assert.deepEqual(choices({ base_choices: 'UN_LOCODE' }), [])
})
