import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { folderStorage } from '@demarc/engine/storage'
import { createRows, Refused } from '@demarc/engine/write'
import { registry } from '@demarc/models'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { call, create, change, row, faults, rows } = await testWriter(db)

/** What the first refused row of a write is told, by key; nothing where it is taken. */
async function told(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return {}
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.refusals[0]!.faults
  }
}

test('what is rendered from a template sets parameters of its environment that do no harm', async t => {
  const kinds = ['Undefined', 'ChainableUndefined', 'DebugUndefined', 'StrictUndefined'].map(kind => `jinja2.${kind}`)
  const cases: readonly (readonly [parameters: unknown, expected: string | undefined])[] = [
    [null, undefined],
    [{}, undefined],
    [{ trim_blocks: true, variable_start_string: '<<' }, undefined],
    ...kinds.map(kind => [{ undefined: kind }, undefined] as const),
    [
      { undefined: 'os.system' },
      `Invalid value "os.system" for parameter "undefined". Allowed values are: ${kinds.join(', ')}.`,
    ],
    [{ loader: 'x' }, '"loader" is not a permitted Jinja2 environment parameter.'],
    [{ trim_blocks: true, extensions: [] }, '"extensions" is not a permitted Jinja2 environment parameter.'],
    [{ finalize: 'str' }, 'The "finalize" parameter is deprecated and can no longer be set.'],
    [['trim_blocks'], 'Environment parameters must be an object.'],
    ['trim_blocks', 'Environment parameters must be an object.'],
  ]
  const templates = { 'extras.configtemplate': {}, 'extras.exporttemplate': { object_types: ['dcim.site'] } }
  for (const [model, more] of Object.entries(templates))
    await t.test(model, async () => {
      const [id] = await create(model, { name: 'T', template_code: 'x', ...more })
      for (const [environment_params, expected] of cases)
        assert.deepEqual(
          await told(change(model, id, { environment_params })),
          expected ? { environment_params: [expected] } : {},
        )
      const legacy = { finalize: 'str' }
      await rows(`update ${model.replace('.', '_')} set environment_params = $1`, legacy)
      await change(model, id, { description: 'what was stored of old stays' })
      assert.deepEqual((await row(model, id))['environment_params'], legacy)
    })
})

test('no export template has the name of the export that is always there', async () => {
  const template = (name: string) =>
    faults(create('extras.exporttemplate', { name, object_types: ['dcim.site'], template_code: 'x' }))
  for (const name of ['table', 'Table']) assert.deepEqual(await template(name), { 0: ['name'] })
  for (const name of ['tables', 'twice', 'twice']) assert.deepEqual(await template(name), {})
})

test('what takes its content from a file needs one that holds some', async () => {
  const [source] = await create('core.datasource', { name: 'files', type: 'local', source_url: '/srv/files' })
  const file = async (path: string, content: string) =>
    (
      await rows(
        `insert into core_datafile (source_id, path, last_updated, size, hash, created, data)
         values ($1, $2, now(), 1, '', now(), $3) returning id`,
        source,
        path,
        Buffer.from(content),
      )
    )[0].id as number
  const [empty, text, schema] = [
    await file('empty', ''),
    await file('text', '{{ a'),
    await file('schema.json', '{"type": "object"}'),
  ]
  const cases: readonly (readonly [model: string, item: object, key: string, refused: number[], good: number])[] = [
    ['extras.configtemplate', { template_code: '-' }, 'template_code', [empty], text],
    ['extras.exporttemplate', { template_code: '-', object_types: ['dcim.site'] }, 'template_code', [empty], text],
    ['extras.configcontextprofile', {}, 'schema', [empty, text], schema],
  ]
  for (const [model, item, key, refused, data_file] of cases) {
    const unread = 'The selected data file is empty or its content could not be read.'
    for (const bad of refused)
      assert.deepEqual(await told(create(model, { name: 'of a file', ...item, data_file: bad })), {
        data_file: [unread],
      })
    const [id] = await create(model, { name: 'of a file', ...item, data_file })
    assert.deepEqual((await row(model, id))[key], data_file === text ? '{{ a' : { type: 'object' })
  }
})

test('choices are pairs of value and label', async () => {
  const [id] = await create('extras.customfieldchoiceset', { name: 'C', extra_choices: [['1', 'One']] })
  const set = (extra_choices: unknown) => told(change('extras.customfieldchoiceset', id, { extra_choices }))
  const wrong = ['Each choice must be a pair of value and label.']
  for (const bad of [['a'], ['a', 'A', 'x'], ['', 'A'], ['a', null], 'a', 1, null, { a: 'A' }])
    assert.deepEqual(await set([['b', 'B'], bad]), { extra_choices: { 1: wrong } }, JSON.stringify(bad))
  assert.deepEqual(await set(['a', ['b', 'B'], []]), { extra_choices: { 0: wrong, 2: wrong } })
  // A choice that is in use may be named by a number.
  const field = { name: 'f', type: 'select', choice_set: id, object_types: ['dcim.site'] }
  await create('extras.customfield', field)
  await create('dcim.site', { name: 'One', slug: 'one', custom_fields: { f: '1' } })
  assert.deepEqual(Object.keys((await set([['b', 'B']])) as object), ['__all__'])
  assert.deepEqual(
    await set([
      ['b', 'B'],
      [1, 2],
    ]),
    {},
  )
  assert.deepEqual((await row('extras.customfieldchoiceset', id))['extra_choices'], [
    ['b', 'B'],
    ['1', '2'],
  ])
})

test('an event rule that was taken over with an action that is not there is not changed until it has another', async () => {
  const [hook] = await create('extras.webhook', { name: 'hook', payload_url: 'https://example.com/' })
  const [id] = await create('extras.eventrule', {
    name: 'rule',
    object_types: ['dcim.site'],
    event_types: ['object_created'],
    action_type: 'webhook',
    action_object_type: 'extras.webhook',
    action_object_id: hook,
  })
  const set = (item: object) => faults(change('extras.eventrule', id, item))
  await rows(`update extras_eventrule set action_type = 'myplugin.run_check'`)
  assert.deepEqual(await set({ description: 'x' }), { [id]: ['action_type'] })
  assert.deepEqual(await set({ description: 'x', action_type: 'webhook' }), {})
  for (const data of ['[1]', '"x"', '1']) {
    await rows(`update extras_eventrule set action_data = '${data}'`)
    assert.deepEqual(await set({ description: data }), { [id]: ['action_data'] })
  }
  await rows(`update extras_eventrule set action_data = '{"a": 1}'`)
  assert.deepEqual(await set({ description: 'y' }), {})
})

test('the parameters of a saved filter are an object', async () => {
  const text = 'Filter parameters must be stored as a dictionary of keyword arguments.'
  const filter = (name: string, parameters: unknown) =>
    told(create('extras.savedfilter', { name, slug: name, object_types: ['dcim.site'], parameters }))
  for (const bad of [[], ['status'], 'status=active', 1, true])
    assert.deepEqual(await filter('bad', bad), { parameters: [text] }, JSON.stringify(bad))
  for (const [at, good] of [{ status: ['active'] }, {}].entries())
    assert.deepEqual(await filter(`good-${at}`, good), {})
})

test('pictures and notes belong to objects that can have some', async () => {
  const [site] = await create('dcim.site', { name: 'S', slug: 's' })
  const [tag] = await create('extras.tag', { name: 'T', slug: 't' })
  const entry = (assigned_object_type: string, assigned_object_id: number) =>
    told(create('extras.journalentry', { assigned_object_type, assigned_object_id, comments: 'x' }))
  assert.deepEqual(await entry('extras.tag', tag), {
    __all__: ['Journaling is not supported for this object type (extras.tag).'],
  })
  assert.deepEqual(await entry('dcim.site', site), {})
  const media = mkdtempSync(join(tmpdir(), 'demarc-media-'))
  after(() => rmSync(media, { recursive: true, force: true }))
  const storing = { ...call, storage: folderStorage(media) }
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const image = { name: 'x.png', bytes: Uint8Array.from(Buffer.from(dot, 'base64')) }
  const picture = (object_type: string, object_id: number) =>
    told(createRows(storing, registry.model('extras.imageattachment'), [{ object_type, object_id, image }]))
  assert.deepEqual(await picture('extras.tag', tag), {
    __all__: ['Image attachments cannot be assigned to this object type (extras.tag).'],
  })
  assert.deepEqual(await picture('dcim.site', site), {})
})

test('a notification keeps what its object is called', async () => {
  const [user] = await create('users.user', { username: 'told', password: 'Correct-Horse-7' })
  const [object_id] = await create('dcim.site', { name: 'Named', slug: 'named' })
  const about = { object_type: 'dcim.site', object_id, event_type: 'object_updated', user }
  const [id] = await create('extras.notification', about)
  assert.equal((await row('extras.notification', id))['object_repr'], 'Named')
})

test('a schema is a JSON schema, which may be true or false', async () => {
  const [profile] = await create('extras.configcontextprofile', { name: 'P' })
  const [field] = await create('extras.customfield', { name: 'j', type: 'json', object_types: ['dcim.region'] })
  const [modules] = await create('dcim.moduletypeprofile', { name: 'M' })
  const cases = [
    ['extras.configcontextprofile', profile, 'schema'],
    ['extras.customfield', field, 'validation_schema'],
    ['dcim.moduletypeprofile', modules, 'schema'],
  ] as const
  for (const [model, id, key] of cases) {
    const set = (schema: unknown) => faults(change(model, id, { [key]: schema }))
    for (const bad of ['x', 1, [{}], { type: 'x' }, { properties: [] }, { pattern: '(' }])
      assert.deepEqual(await set(bad), { [id]: [key] }, `${model} ${JSON.stringify(bad)}`)
    for (const good of [true, false, {}, { type: 'object' }, null])
      assert.deepEqual(await set(good), {}, `${model} ${JSON.stringify(good)}`)
  }
})
