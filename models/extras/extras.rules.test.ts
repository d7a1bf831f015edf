import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { permissionsOf } from '@demarc/engine/permission'
import { folderStorage } from '@demarc/engine/storage'
import { createRows, deleteRows, type Refused } from '@demarc/engine/write'
import { pruneChanges } from '@demarc/engine/changelog'
import { registry } from '@demarc/models'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { call, create, change, changeAll, remove, row, faults } = await testWriter(db)
const media = mkdtempSync(join(tmpdir(), 'demarc-media-'))
after(() => rmSync(media, { recursive: true, force: true }))
const storing = { ...call, storage: folderStorage(media) }

/** A file of a data source. */
async function file(path: string, content: string): Promise<number> {
  const [source] = await create('core.datasource', { name: path, type: 'local', source_url: '/tmp' })
  const [made] = await db.query<{ id: number }>(
    `insert into core_datafile (source_id, path, last_updated, size, hash, created, data) values ($1, $2, now(), 1, '', now(), $3) returning id`,
    [source, path, Buffer.from(content)],
  )
  return made!.id
}

test('what has a data file takes its content from there, and is judged by it', async () => {
  const [yaml, dates, broken, list] = [
    await file('a.yml', 'ntp: [10.0.0.1]\nhalf: yes\n'),
    await file('b.yml', 'day: 2024-01-01\n'),
    await file('c.yml', 'a: [\n'),
    await file('d.yml', '[1, 2]'),
  ]
  const context = (data_file: number | null) => ({ name: `context ${data_file}`, data: { own: 1 }, data_file })
  const [made] = await create('extras.configcontext', context(yaml))
  const { data, data_path, data_synced, data_source_id } = await row('extras.configcontext', made)
  assert.deepEqual([data, data_path], [{ ntp: ['10.0.0.1'], half: true }, 'a.yml'])
  assert.ok(data_synced && data_source_id)
  for (const bad of [dates, broken, list])
    assert.deepEqual(await faults(create('extras.configcontext', context(bad))), { 0: ['data_file'] })
  await change('extras.configcontext', made, { data_file: null, data: { own: 2 } })
  const cleared = await row('extras.configcontext', made)
  assert.deepEqual([cleared['data'], cleared['data_path'], cleared['data_synced']], [{ own: 2 }, '', null])

  const template = await file('x.j2', '{{ a }}')
  const sync = { name: 't', template_code: '-', data_file: template, auto_sync_enabled: true }
  const [synced] = await create('extras.configtemplate', sync)
  const records = () => db.query('select from core_autosyncrecord where object_id = $1', [synced])
  assert.equal((await row('extras.configtemplate', synced))['template_code'], '{{ a }}')
  assert.equal((await records()).length, 1)
  await change('extras.configtemplate', synced, { auto_sync_enabled: false })
  assert.equal((await records()).length, 0)
  await change('extras.configtemplate', synced, { auto_sync_enabled: true })
  assert.equal((await records()).length, 1)
  await remove('extras.configtemplate', synced)
  assert.equal((await records()).length, 0, 'what is gone follows nothing')
})

test('the data of a context conforms to the schema of its profile', async () => {
  const schema = { type: 'object', properties: { ntp: { type: 'array' } }, required: ['ntp'] }
  const [profile] = await create('extras.configcontextprofile', { name: 'ntp', schema })
  const context = (data: unknown) => create('extras.configcontext', { name: 'profiled', profile, data })
  assert.deepEqual(await faults(context({ ntp: 'x' })), { 0: ['__all__'] })
  assert.deepEqual(await faults(context([1])), { 0: ['data'] })
  assert.deepEqual(await faults(context({ ntp: [] })), {})
  assert.deepEqual(await faults(create('extras.configcontextprofile', { name: 'bad', schema: { type: 'x' } })), {
    0: ['schema'],
  })
})

test('an event rule can be judged and acted on', async () => {
  const [hook] = await create('extras.webhook', { name: 'hook', payload_url: 'https://example.com/' })
  const rule = {
    object_types: ['dcim.site'],
    event_types: ['object_created'],
    action_type: 'webhook',
    action_object_type: 'extras.webhook',
    action_object_id: hook,
    name: 'rule',
  }
  const [kept] = await create('extras.eventrule', rule)
  const cases: [conditions: unknown, good: boolean][] = [
    [null, true],
    [{}, true],
    [{ attr: 'name', value: 'x' }, true],
    [{ and: [{ attr: 'status.value', op: 'in', value: ['active'] }, { or: [] }] }, true],
    [{ AND: [] }, true],
    [{ attr: 'status', op: 'changed' }, true],
    [{ attr: 'tenant', value: null, negate: true }, true],
    [[], false],
    [{ and: [], or: [] }, false],
    [{ nand: [] }, false],
    [{ and: [{ OR: [] }] }, false],
    [{ attr: 'name', op: 'neq', value: 'x' }, false],
    [{ attr: 'name', op: 'gt', value: 'x' }, false],
    [{ attr: 'name', value: { a: 1 } }, false],
    [{ attr: 'name' }, false],
    [{ attr: 'status', op: 'changed', value: 'x' }, false],
    [{ attr: 'snapshots.prechange.status', op: 'changed' }, false],
    [{ attr: 'name', value: 'x', note: 'y' }, false],
  ]
  for (const [conditions, good] of cases)
    assert.deepEqual(
      await faults(change('extras.eventrule', kept, { conditions })),
      good ? {} : { [kept]: ['conditions'] },
      JSON.stringify(conditions),
    )
  const refused = (more: object) => faults(create('extras.eventrule', { ...rule, name: 'other', ...more }))
  assert.deepEqual(await refused({ event_types: ['object_eaten'] }), { 0: ['event_types'] })
  assert.deepEqual(await refused({ action_object_type: null, action_object_id: null }), { 0: ['action_object_id'] })
  assert.deepEqual(await refused({ action_type: 'script' }), { 0: ['action_object_id'] })
  assert.deepEqual(await refused({ object_types: ['users.user'] }), { 0: ['object_types'] })
})

test('a webhook calls over HTTP, by an address that may be a template', async () => {
  const cases: [more: object, keys: string[]][] = [
    [{ payload_url: 'https://example.com/{{ event }}' }, []],
    [{ payload_url: '{{ url }}' }, []],
    [{ payload_url: 'ftp://example.com/{{ event }}' }, ['payload_url']],
    [{ payload_url: 'ftp://example.com' }, ['payload_url']],
    [{ payload_url: 'example.com' }, ['payload_url']],
    [{ ssl_verification: false, ca_file_path: '/ca' }, ['ca_file_path']],
    [{ timeout: 300 }, ['timeout']],
    [{ timeout: 299 }, []],
  ]
  for (const [at, [more, keys]] of cases.entries())
    assert.deepEqual(
      await faults(create('extras.webhook', { name: `w${at}`, payload_url: 'https://e.com', ...more })),
      keys.length ? { 0: keys } : {},
      JSON.stringify(more),
    )
})

test('a tag meant for other objects is refused outright, one that is there already is not', async () => {
  const [tag, free] = await create('extras.tag', { name: 'Only racks', slug: 'r' }, { name: 'Free', slug: 'f' })
  const [site] = await create('dcim.site', { name: 's', slug: 's', tags: [tag, free] })
  await change('extras.tag', tag, { object_types: ['dcim.rack'] })
  await change('dcim.site', site, { tags: [tag] })
  const other = { name: 't', slug: 't', add_tags: [{ slug: 'r' }] }
  await assert.rejects(create('dcim.site', other), (error: Refused) => {
    assert.equal(error.refusals[0]!.detail, 'Tag Only racks cannot be assigned to site objects.')
    return true
  })
})

test('tags that an object has already stay as they are assigned', async () => {
  const [one, two] = await create('extras.tag', { name: 'One', slug: 'one' }, { name: 'Two', slug: 'two' })
  const [site] = await create('dcim.site', { name: 'tagged', slug: 'tagged', tags: [one] })
  await change('dcim.site', site, { add_tags: [two] })
  const rows = await db.query<{ id: number; tag_id: number }>(
    `select id, tag_id from extras_taggeditem where object_type = 'dcim.site' and object_id = $1 order by id`,
    [site],
  )
  assert.deepEqual(rows, [{ id: rows[0]!.id, tag_id: one }, { id: rows[0]!.id + 1, tag_id: two }]) // prettier-ignore
})

test('journals and pictures are for objects that can have them, and are there', async () => {
  const [site] = await create('dcim.site', { name: 'j', slug: 'j' })
  const entry = (assigned_object_type: string, assigned_object_id: number) =>
    faults(create('extras.journalentry', { assigned_object_type, assigned_object_id, comments: 'x' }))
  assert.deepEqual(await entry('dcim.site', site), {})
  assert.deepEqual(await entry('dcim.site', 999), { 0: ['__all__'] })
  assert.deepEqual(await entry('users.user', 1), { 0: ['__all__'] })
  assert.deepEqual(await entry('dcim.sight', 1), { 0: ['assigned_object_type'] })
})

const pixel = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)

test('a picture is kept with its change, and goes with it', async () => {
  const [site] = await create('dcim.site', { name: 'p', slug: 'p' })
  const model = registry.model('extras.imageattachment')
  const picture = (name: string, file = 'My photo.PNG', bytes = pixel) => ({
    object_type: 'dcim.site',
    object_id: site,
    image: { name: file, bytes },
    name,
  })
  const [first, second, third] = await createRows(storing, model, [picture('Front'), picture('Front'), picture('')])
  const paths = await Promise.all(
    [first!, second!, third!].map(async id => (await row(model.name, id))['image'] as string),
  )
  assert.equal(paths[0], `image-attachments/site_${site}_Front.png`)
  assert.match(paths[1]!, new RegExp(`^image-attachments/site_${site}_Front_[0-9a-f]{7}\\.png$`))
  assert.equal(paths[2], `image-attachments/site_${site}_My_photo.png`)
  const { image_width, image_height, image_size } = await row(model.name, first!)
  assert.deepEqual([image_width, image_height, image_size], [1, 1, pixel.length])
  assert.ok(paths.every(path => existsSync(join(media, path))))

  const bad: [string, Uint8Array<ArrayBuffer>][] = [
    ['x.png', Uint8Array.from(Buffer.from('not a picture'))],
    ['x.svg', pixel],
    ['x', pixel],
    ['x.png', new Uint8Array()],
  ]
  for (const [name, bytes] of bad)
    assert.deepEqual(await faults(createRows(storing, model, [picture('', name, bytes)])), { 0: ['image'] }, name)
  assert.deepEqual(await faults(createRows(storing, model, [picture('../../evil'), { object_type: 'dcim.site' }])), {
    1: ['object_id', 'image'],
  })
  const [evil] = await createRows(storing, model, [picture('../../evil')])
  assert.equal((await row(model.name, evil!))['image'], `image-attachments/site_${site}_....evil.png`)

  await deleteRows(storing, model, [first!], new Map(), { and: [] })
  await new Promise(resolve => setTimeout(resolve, 50))
  assert.deepEqual(
    paths.map(path => existsSync(join(media, path))),
    [false, true, true],
  )
})

test('administrators demand more of objects, and of their deletion', async () => {
  const settings = {
    CUSTOM_VALIDATORS: { 'DCIM.site': [{ name: { regex: '-' }, 'region.name': { required: true } }] },
    PROTECTION_RULES: { 'dcim.site': [{ status: { eq: 'retired' } }] },
  }
  const strict = await testWriter(db, settings)
  const [region] = await create('dcim.region', { name: 'EU', slug: 'eu' })
  const site = (name: string, more: object = {}) => ({ name, slug: name.toLowerCase(), ...more })
  assert.deepEqual(await faults(strict.create('dcim.site', site('A'), site('B-1'), site('C-1', { region }))), {
    0: ['__all__'],
    1: ['__all__'],
  })
  const [kept] = await strict.create('dcim.site', site('D-1', { region }))
  await assert.rejects(strict.remove('dcim.site', kept), (error: Refused) =>
    error.refusals[0]!.detail!.startsWith('Deletion is prevented by a protection rule: ['),
  )
  await strict.change('dcim.site', kept, { status: 'retired' })
  await strict.remove('dcim.site', kept)
  const unknown = await testWriter(db, { CUSTOM_VALIDATORS: { 'dcim.site': [{ name: { longer: 3 } }] } })
  await assert.rejects(unknown.create('dcim.site', site('E')), /knows no check longer/)
})

test('what administrators demand of tags is looked for among those that an object will have', async () => {
  const strict = await testWriter(db, { CUSTOM_VALIDATORS: { 'dcim.region': [{ tags: { required: true } }] } })
  const [tag, other] = await create('extras.tag', { name: 'T1', slug: 't1' }, { name: 'T2', slug: 't2' })
  assert.deepEqual(await faults(strict.create('dcim.region', { name: 'R', slug: 'r' })), { 0: ['__all__'] })
  const [id] = await strict.create('dcim.region', { name: 'R', slug: 'r', tags: [tag] })
  await strict.change('dcim.region', id, { add_tags: [other], remove_tags: [tag] })
  await strict.change('dcim.region', id, { description: 'as it was' })
  assert.deepEqual(await faults(strict.change('dcim.region', id, { tags: [] })), { [id]: ['__all__'] })
})

test('among many, one that may not be written weighs more than one that is wrong', async () => {
  const [user] = await create('users.user', { username: 'limited', password: 'Correct-Horse-7' })
  await create('users.objectpermission', {
    name: 'planned sites',
    object_types: ['dcim.site'],
    actions: ['add'],
    constraints: { status: 'planned' },
    users: [user],
  })
  const permissions = await permissionsOf(
    db,
    registry,
    { id: user, superuser: false },
    { exemptViewPermissions: [], defaultPermissions: {} },
  )
  const sites = [
    { name: 'ok', slug: 'ok', status: 'planned' },
    { name: 'no slug', status: 'planned' },
    { name: 'active', slug: 'active', status: 'active' },
  ]
  await assert.rejects(createRows({ ...call, permissions }, registry.model('dcim.site'), sites), (error: Refused) => {
    assert.deepEqual(
      error.refusals.map(({ index, status }) => [index, status]),
      [
        [1, 400],
        [2, 403],
      ],
    )
    return true
  })
})

test('the change log forgets what is old, but for how objects came to be and were last', async () => {
  const [old, gone] = await create('dcim.site', { name: 'old', slug: 'old' }, { name: 'gone', slug: 'gone' })
  for (const description of ['1', '2', '3']) await change('dcim.site', old, { description })
  await remove('dcim.site', gone)
  await db.query(`update core_objectchange set time = time - interval '100 days'`, [])
  const left = async () =>
    (
      await db.query<{ action: string }>(
        `select action from core_objectchange where changed_object_type = 'dcim.site' and changed_object_id = any($1) order by id`,
        [[old, gone]],
      )
    ).map(({ action }) => action)
  assert.equal(await pruneChanges(db, { days: 101 }), 0)
  assert.equal(await pruneChanges(db, { days: 0 }), 0)
  await pruneChanges(db, { days: 90, keepCreateAndLast: true })
  assert.deepEqual(await left(), ['create', 'update'])
  await pruneChanges(db, { days: 90 })
  assert.deepEqual(await left(), [])
})

test('those who subscribed to an object hear of changes and of its end, the last of them alone', async () => {
  const [user] = await create('users.user', { username: 'subscriber', password: 'Correct-Horse-7' })
  const [site, other] = await create('dcim.site', { name: 'heard', slug: 'heard' }, { name: 'other', slug: 'other' })
  const heard = async () =>
    (
      await db.query<{ event_type: string; read: string | null; object_repr: string }>(
        'select event_type, read, object_repr from extras_notification where user_id = $1',
        [user],
      )
    ).map(({ event_type, read, object_repr }) => `${event_type} ${object_repr}${read ? ', read' : ''}`)
  await create('extras.subscription', { object_type: 'dcim.site', object_id: site, user })
  await changeAll('dcim.site', { id: site, name: 'heard of' }, { id: other, description: 'x' })
  assert.deepEqual(await heard(), ['object_updated heard of'])
  await db.query('update extras_notification set read = now() where user_id = $1', [user])
  assert.deepEqual(await heard(), ['object_updated heard of, read'])
  await change('dcim.site', site, { description: 'x' })
  assert.deepEqual(await heard(), ['object_updated heard of'])
  await remove('dcim.site', site)
  assert.deepEqual(await heard(), ['object_deleted heard of'])
})

test('the change log hides the secrets of data sources, but tells that one changed', async () => {
  const parameters = (password: string, branch: string) => ({ username: 'git', password, branch })
  const source = { name: 'git', type: 'git', source_url: 'https://example.com/x.git' }
  const [id] = await create('core.datasource', { ...source, parameters: parameters('one', 'main') })
  await change('core.datasource', id, { parameters: parameters('one', 'dev') })
  await change('core.datasource', id, { parameters: parameters('two', 'dev') })
  const logged = await db.query<{ before: { password: string } | null; after: { password: string } }>(
    `select prechange_data -> 'parameters' as before, postchange_data -> 'parameters' as after from core_objectchange where changed_object_type = 'core.datasource' and changed_object_id = $1 order by id`,
    [id],
  )
  assert.deepEqual(
    logged.map(({ before, after }) => [before?.password, after.password]),
    [
      [undefined, '********'],
      ['********', '********'],
      ['********', '***CHANGED***'],
    ],
  )
  assert.equal((await row('core.datasource', id))['parameters'].password, 'two')
})

test('a table config names a table of its type, and columns that this could have', async () => {
  const config = (more: object) => ({
    name: 'mine',
    object_type: 'dcim.site',
    table: 'SiteTable',
    columns: ['name'],
    ...more,
  })
  await create(
    'extras.tableconfig',
    config({ columns: ['pk', 'name', 'tenant_group', 'asn_count', 'cf_x'], ordering: ['-name'] }),
  )
  await create('extras.tableconfig', config({ object_type: 'dcim.interface', table: 'DeviceInterfaceTable' }))
  const wrong: readonly (readonly [string, object])[] = [
    ['table', { table: 'RackTable' }],
    ['columns', { columns: [] }],
    ['columns', { columns: ['name', 'colour'] }],
    ['ordering', { ordering: ['-colour'] }],
  ]
  for (const [key, more] of wrong)
    assert.deepEqual(await faults(create('extras.tableconfig', config(more))), { 0: [key] })
})
