import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { pathOf } from '@demarc/engine/model'
import { completeObjectTypes } from '@demarc/engine/netbox'
import { registry } from '@demarc/models'
import { testDatabase } from '../database.ts'
import { buildPlants } from '../plants.ts'
import { restOf, type Answer } from './app.ts'
import { grantTo } from './grant.ts'

type Body = Record<string, any>

const db = await testDatabase()
const ask = await restOf(db)

const addressOf = (model: string) => `${registry.model(model).app}/${pathOf(registry.model(model))}/`

async function create(model: string, ...items: readonly object[]): Promise<number[]> {
  const { status, body } = await ask('POST', addressOf(model), items)
  assert.equal(status, 201, JSON.stringify(body))
  return body.map(({ id }: Body) => id)
}

/** The entry of the change log that a request made about an object of a model. */
async function entryOf({ request }: Answer, model: string, id: number): Promise<number> {
  const { rows } = await db.pool.query(
    'select id from core_objectchange where request_id = $1 and changed_object_type = $2 and changed_object_id = $3',
    [request, model, id],
  )
  return rows[0].id
}

const undo = (change: number, body: object = {}, user?: number) => ask('POST', `/ui/undo/${change}`, body, user)

/** Columns that are not brought back as they were, in tables of what has no number that anyone knows. */
const renewed = new Set(['last_updated', '_path_id'])
const parts = new Set(['dcim_cabletermination', 'dcim_portmapping', 'dcim_cablepath', 'extras_taggeditem'])

/** Every row of every object and of every link between them. */
async function everyRow(): Promise<string[]> {
  const { rows: tables } = await db.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_name ~ '^(circuits|dcim|extras|ipam|tenancy|virtualization|vpn|wireless)_'
       and table_name !~ 'search|cached'`,
  )
  const rows: string[] = []
  for (const { name } of tables) {
    const { rows: found } = await db.pool.query<Body>(`select * from ${name}`)
    const isPart = parts.has(name) || !registry.models.has(name.replace('_', '.'))
    for (const row of found) {
      const kept = Object.entries(row).filter(
        ([key]) => !renewed.has(key) && !(isPart && (key === 'id' || key === 'created')),
      )
      const text = JSON.stringify(Object.fromEntries(kept))
      // The change log keeps a moment to the millisecond.
      rows.push(`${name} ${text.replace(/("created":"[^"]{19})[^"]*/, '$1')}`)
    }
  }
  return rows.sort()
}

before(async () => {
  await completeObjectTypes(db, registry)
  await create('extras.customfield', { name: 'lease', type: 'date', object_types: ['dcim.device', 'dcim.site'] })
  await create('extras.tag', { name: 'Core', slug: 'core', color: '4caf50' })
  await buildPlants(create)
})

test('whatever is deleted comes back with all that went with it', async () => {
  const [site] = await create('dcim.site', { name: 'Voss', slug: 'voss', tags: [{ name: 'Core' }] })
  const [group] = await create('ipam.vlangroup', {
    name: 'Voss',
    slug: 'voss',
    scope_type: 'dcim.site',
    scope_id: site,
    vid_ranges: [[10, 99]],
  })
  await create('ipam.vlan', { vid: 20, name: 'voice', group, custom_fields: {} })
  await create('extras.configcontext', { name: 'Voss', data: { ntp: ['10.0.0.1'] }, sites: [site], tags: ['core'] })
  const [{ id: device }] = (await db.query<{ id: number }>(
    `select device_id as id from dcim_interface where cable_id is not null order by id limit 1`,
    [],
  )) as [{ id: number }]
  const [port] = await create('dcim.interface', { device, name: 'lo0', type: 'virtual' })
  const [address] = await create('ipam.ipaddress', {
    address: '10.9.8.7/32',
    assigned_object_type: 'dcim.interface',
    assigned_object_id: port,
  })
  const changed = await ask('PATCH', `dcim/devices/${device}/`, {
    primary_ip4: address,
    custom_fields: { lease: '2027-01-31' },
  })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))

  const models = [
    'dcim.device',
    'dcim.cable',
    'dcim.rearport',
    'dcim.devicetype',
    'dcim.site',
    'ipam.vlangroup',
    'extras.tag',
    'extras.configcontext',
    'circuits.circuit',
    'circuits.circuittermination',
    'ipam.ipaddress',
    'wireless.wirelesslink',
  ]
  let undone = 0
  for (const model of models) {
    const { body } = await ask('GET', `${addressOf(model)}?limit=3&brief=true`)
    for (const { id } of body.results as Body[]) {
      const was = await everyRow()
      const gone = await ask('DELETE', `${addressOf(model)}${id}/`)
      if (gone.status === 409) continue
      assert.equal(gone.status, 204, JSON.stringify(gone.body))
      const entry = await entryOf(gone, model, id as number)
      const { status, body } = await undo(entry)
      assert.equal(status, 200, `${model} ${id}: ${JSON.stringify(body)}`)
      const is = await everyRow()
      const [before, after] = [new Set(was), new Set(is)]
      const differing = [was.filter(row => !after.has(row)), is.filter(row => !before.has(row))]
      assert.deepEqual(differing, [[], []], `${model} ${id}`)
      undone++
    }
  }
  assert.ok(undone > 15, `${undone}`)
})

test('a change is undone field by field, and what was changed since is told', async () => {
  const [id] = await create('dcim.site', { name: 'Odda', slug: 'odda', facility: 'A', description: 'old' })
  const first = await ask('PATCH', `dcim/sites/${id}/`, { facility: 'B', description: 'new' })
  await ask('PATCH', `dcim/sites/${id}/`, { facility: 'C', physical_address: 'Røldalsvegen' })
  const entry = await entryOf(first, 'dcim.site', id!)

  const dry = await undo(entry, { dry_run: true })
  assert.equal(dry.status, 200, JSON.stringify(dry.body))
  assert.deepEqual(
    dry.body.later.map((one: Body) => one['fields']),
    [['facility']],
  )
  assert.equal(dry.body.changes[0].postchange_data.facility, 'A')
  assert.equal((await ask('GET', `dcim/sites/${id}/`)).body.facility, 'C')

  assert.equal((await undo(entry, { changelog_message: 'by mistake' })).status, 200)
  const { body } = await ask('GET', `dcim/sites/${id}/`)
  assert.deepEqual([body.facility, body.description, body.physical_address], ['A', 'old', 'Røldalsvegen'])
  const log = await ask('GET', `core/object-changes/?changed_object_type=dcim.site&changed_object_id=${id}&limit=1`)
  assert.equal(log.body.results[0].message, 'by mistake')
})

test('a creation is undone, unless something depends on it by now', async () => {
  const made = await ask('POST', 'dcim/sites/', { name: 'Ålvik', slug: 'alvik' })
  const id: number = made.body.id
  const entry = await entryOf(made, 'dcim.site', id)
  const [rack] = await create('dcim.rack', { name: 'R1', site: id })
  const refused = await undo(entry)
  assert.equal(refused.status, 409)
  assert.match(JSON.stringify(refused.body.errors), /depends on it: R1/)
  await ask('DELETE', `dcim/racks/${rack}/`)
  assert.equal((await undo(entry)).status, 200)
  assert.equal((await ask('GET', `dcim/sites/${id}/`)).status, 404)
  assert.match(JSON.stringify((await undo(entry)).body), /gone already/)
})

test('all that a request did is undone at once', async () => {
  const [a, b] = await create('dcim.site', { name: 'One', slug: 'one' }, { name: 'Two', slug: 'two' })
  const both = await ask('PATCH', 'dcim/sites/', [
    { id: a, status: 'planned' },
    { id: b, status: 'retired' },
  ])
  assert.equal(both.status, 200, JSON.stringify(both.body))
  assert.equal((await undo(await entryOf(both, 'dcim.site', a!), { scope: 'request' })).body.count, 2)
  for (const id of [a, b]) assert.equal((await ask('GET', `dcim/sites/${id}/`)).body.status.value, 'active')
})

test('what cannot come back says why, and nothing of it does', async () => {
  const [id] = await create('dcim.site', { name: 'Eidfjord', slug: 'eidfjord' })
  const gone = await ask('DELETE', `dcim/sites/${id}/`)
  await create('dcim.site', { name: 'Eidfjord', slug: 'eidfjord' })
  const { status, body } = await undo(await entryOf(gone, 'dcim.site', id!))
  assert.equal(status, 409)
  assert.deepEqual(Object.keys(body.errors[0].errors).sort(), ['name', 'slug'])
  assert.equal(body.errors[0].display, 'Eidfjord')
})

test('nobody undoes what they may not do', async () => {
  const [ours, theirs] = await create(
    'dcim.site',
    { name: 'Ours', slug: 'ours', description: 'ours' },
    { name: 'Theirs', slug: 'theirs' },
  )
  const changes = await ask('PATCH', 'dcim/sites/', [
    { id: ours, facility: 'X' },
    { id: theirs, facility: 'X' },
  ])
  const viewer = await grantTo(db, { actions: ['view'], model: 'core.objectchange', constraints: null })
  const editor = await grantTo(
    db,
    { actions: ['view'], model: 'core.objectchange', constraints: null },
    { actions: ['view', 'change'], model: 'dcim.site', constraints: { description: 'ours' } },
  )
  const blind = await grantTo(db, { actions: ['change'], model: 'dcim.site', constraints: null })
  const entry = (id: number | undefined) => entryOf(changes, 'dcim.site', id!)
  assert.equal((await undo(await entry(ours), {}, viewer)).status, 403)
  assert.equal((await undo(await entry(ours), {}, blind)).status, 403)
  assert.equal((await undo(await entry(theirs), {}, editor)).status, 409)
  assert.equal((await ask('GET', `dcim/sites/${theirs}/`)).body.facility, 'X')
  assert.equal((await undo(await entry(ours), {}, editor)).status, 200)
  assert.equal((await ask('GET', `dcim/sites/${ours}/`)).body.facility, '')
})

test('a change that followed from another is served without what was before, but that is known', async () => {
  const [site] = await create('dcim.site', { name: 'Bodø', slug: 'bodo' })
  const [first, second] = await create('dcim.interface', ...(await radiosOf(site!)))
  const made = await ask('POST', 'wireless/wireless-links/', { interface_a: first, interface_b: second })
  const entry = await entryOf(made, 'dcim.interface', first!)
  const { body } = await ask('GET', `core/object-changes/${entry}/`)
  assert.deepEqual(body.prechange_data, {})
  const { body: states } = await ask('GET', `/ui/undo/${entry}`)
  assert.deepEqual([states.prechange_data.wireless_link, states.postchange_data.wireless_link], [null, made.body.id])
  await undo(await entryOf(made, 'wireless.wirelesslink', made.body.id))
  const { body: after } = await ask('GET', `dcim/interfaces/${first}/`)
  assert.equal(after.wireless_link, null)
})

async function radiosOf(site: number): Promise<object[]> {
  const { rows } = await db.pool.query(
    'select (select min(id) from dcim_devicetype) as type, (select min(id) from dcim_devicerole) as role',
  )
  const [device] = await create('dcim.device', { name: 'mast', site, role: rows[0].role, device_type: rows[0].type })
  return ['wlan0', 'wlan1'].map(name => ({ device, name, type: 'ieee802.11ac' }))
}
