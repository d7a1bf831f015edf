import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { pathOf } from '@demarc/engine/model'
import { registry } from '@demarc/models'
import { testDatabase } from '../database.ts'
import { restOf, type Answer } from './app.ts'

type Body = Record<string, any>

/** A model, constraints on it, and how rows are made that lie within them and outside. */
interface Case {
  readonly path: string
  readonly model: string
  readonly constraints: unknown
  /** Body of the nth row, within the constraints. */
  readonly inside: (n: number) => Body
  /** Changes to a body within that take it outside. */
  readonly outside: (n: number) => Body
  /** A model that refers to this one: its path, the field, what else it needs, and how a row is named by attributes. */
  readonly referrer?: { path: string; field: string; body: (n: number) => Body; by: (row: Body) => Body }
}

/** Rows that others refer to, by a short name. */
const known: Record<string, number> = {}
const named = (prefix: string, n: number) => ({ name: `${prefix} ${n}`, slug: `${prefix}-${n}` })
const bySlug = ({ slug }: Body) => ({ slug })
const byName = ({ name }: Body) => ({ name })

const cases: readonly Case[] = [
  {
    path: 'dcim/regions',
    model: 'dcim.region',
    constraints: { description: 'ours' },
    inside: n => ({ ...named('region', n), description: 'ours' }),
    outside: () => ({ description: 'theirs' }),
    referrer: { path: 'dcim/sites', field: 'region', body: n => named('of-region', n), by: bySlug },
  },
  {
    path: 'dcim/sites',
    model: 'dcim.site',
    constraints: { region__name: 'North' },
    inside: n => ({ ...named('site', n), region: known['north'] }),
    outside: () => ({ region: known['south'] }),
    referrer: { path: 'dcim/racks', field: 'site', body: n => ({ name: `of site ${n}` }), by: byName },
  },
  {
    path: 'dcim/locations',
    model: 'dcim.location',
    constraints: { site__region__slug__in: ['north', 'east'] },
    inside: n => ({ ...named('location', n), site: known['northern'] }),
    outside: () => ({ site: known['southern'] }),
    referrer: {
      path: 'dcim/locations',
      field: 'parent',
      body: n => ({ ...named('below', n), site: known['northern'] }),
      by: bySlug,
    },
  },
  {
    path: 'dcim/racks',
    model: 'dcim.rack',
    constraints: { status__in: ['active', 'planned'] },
    inside: n => ({ name: `rack ${n}`, site: known['northern'], status: n % 2 ? 'active' : 'planned' }),
    outside: () => ({ status: 'reserved' }),
  },
  {
    path: 'tenancy/tenants',
    model: 'tenancy.tenant',
    constraints: { group__name__startswith: 'Our' },
    inside: n => ({ ...named('tenant', n), group: known['ours'] }),
    outside: n => ({ group: n % 2 ? null : known['theirs'] }),
    referrer: { path: 'dcim/sites', field: 'tenant', body: n => named('of-tenant', n), by: bySlug },
  },
  {
    path: 'extras/tags',
    model: 'extras.tag',
    constraints: { color: 'ff0000' },
    inside: n => ({ ...named('tag', n), color: 'ff0000' }),
    outside: () => ({ color: '00ff00' }),
  },
  {
    path: 'ipam/prefixes',
    model: 'ipam.prefix',
    constraints: { prefix__net_contained: '10.0.0.0/8' },
    inside: n => ({ prefix: `10.${n}.0.0/16` }),
    outside: n => ({ prefix: `172.16.${n}.0/24` }),
  },
  {
    path: 'ipam/vlans',
    model: 'ipam.vlan',
    constraints: { vid__lt: 100 },
    inside: n => ({ vid: n, name: `vlan ${n}` }),
    outside: n => ({ vid: 200 + n }),
    referrer: { path: 'ipam/prefixes', field: 'vlan', body: n => ({ prefix: `192.168.${n}.0/24` }), by: byName },
  },
  {
    path: 'ipam/vrfs',
    model: 'ipam.vrf',
    constraints: { tags__name: 'Gold' },
    inside: n => ({ name: `vrf ${n}`, tags: [known['gold']] }),
    outside: n => ({ tags: n % 2 ? [] : [known['lead']] }),
    referrer: { path: 'ipam/ip-addresses', field: 'vrf', body: n => ({ address: `198.51.100.${n}/32` }), by: byName },
  },
  {
    path: 'ipam/ip-addresses',
    model: 'ipam.ipaddress',
    constraints: { tenant__isnull: true },
    inside: n => ({ address: `203.0.113.${n}/32` }),
    outside: () => ({ tenant: known['tenant'] }),
  },
  {
    path: 'dcim/devices',
    model: 'dcim.device',
    constraints: { custom_field_data__env: 'prod', site__region__name: 'North' },
    inside: n => ({
      name: `device ${n}`,
      site: known['northern'],
      role: known['role'],
      device_type: known['type'],
      custom_fields: { env: 'prod' },
    }),
    outside: n => (n % 2 ? { custom_fields: { env: 'test' } } : { site: known['southern'] }),
    referrer: {
      path: 'dcim/interfaces',
      field: 'device',
      body: n => ({ name: `of ${n}`, type: 'virtual' }),
      by: byName,
    },
  },
  {
    path: 'dcim/interfaces',
    model: 'dcim.interface',
    constraints: { device__site__region__name: 'North', enabled: true },
    inside: n => ({ device: known['northerner'], name: `eth${n}`, type: 'virtual' }),
    outside: () => ({ enabled: false }),
  },
  {
    path: 'dcim/manufacturers',
    model: 'dcim.manufacturer',
    constraints: [{ name__istartswith: 'OUR' }, { description: 'ours' }],
    inside: n => (n % 2 ? named('our', n) : { ...named('maker', n), description: 'ours' }),
    outside: n => ({ ...named('other', n), description: '' }),
    referrer: { path: 'dcim/platforms', field: 'manufacturer', body: n => named('platform', n), by: bySlug },
  },
  {
    path: 'dcim/device-types',
    model: 'dcim.devicetype',
    constraints: { manufacturer__name: 'Maker', u_height__gte: 2 },
    inside: n => ({ model: `model ${n}`, slug: `model-${n}`, manufacturer: known['maker'], u_height: 2 }),
    outside: () => ({ u_height: 1 }),
    referrer: {
      path: 'dcim/devices',
      field: 'device_type',
      body: n => ({ name: `of type ${n}`, site: known['northern'], role: known['role'] }),
      by: bySlug,
    },
  },
  {
    path: 'circuits/providers',
    model: 'circuits.provider',
    constraints: { asns__asn__gt: 65000 },
    inside: n => ({ ...named('provider', n), asns: [known['big asn'], known['small asn']] }),
    outside: n => ({ asns: n % 2 ? [] : [known['small asn']] }),
  },
  {
    path: 'virtualization/virtual-machines',
    model: 'virtualization.virtualmachine',
    constraints: { name__regex: '^vm', cluster__type__slug: 'kvm' },
    inside: n => ({ name: `vm ${n}`, cluster: known['cluster'] }),
    outside: n => ({ name: `other ${n}` }),
    referrer: {
      path: 'virtualization/interfaces',
      field: 'virtual_machine',
      body: n => ({ name: `of ${n}` }),
      by: byName,
    },
  },
  {
    path: 'wireless/wireless-lans',
    model: 'wireless.wirelesslan',
    constraints: { ssid__iendswith: '-OURS' },
    inside: n => ({ ssid: `${n}-ours` }),
    outside: n => ({ ssid: `${n}-theirs` }),
  },
]

const db = await testDatabase()
const ask = await restOf(db)

async function must(answer: Promise<Answer>): Promise<any> {
  const { status, body } = await answer
  assert.ok(status < 300, `${status} ${JSON.stringify(body)}`)
  return body
}

const make = async (path: string, body: Body) => (await must(ask('POST', `${path}/`, body))).id as number

before(async () => {
  await make('extras/custom-fields', { name: 'env', type: 'text', object_types: ['dcim.device'] })
  const tag = (name: string) => make('extras/tags', { name, slug: name.toLowerCase() })
  known['gold'] = await tag('Gold')
  known['lead'] = await tag('Lead')
  const region = (name: string) => make('dcim/regions', { name, slug: name.toLowerCase() })
  known['north'] = await region('North')
  known['south'] = await region('South')
  const site = (name: string, of: string) => make('dcim/sites', { name, slug: name.toLowerCase(), region: known[of] })
  known['northern'] = await site('Northern', 'north')
  known['southern'] = await site('Southern', 'south')
  known['ours'] = await make('tenancy/tenant-groups', { name: 'Ours', slug: 'ours' })
  known['theirs'] = await make('tenancy/tenant-groups', { name: 'Theirs', slug: 'theirs' })
  known['tenant'] = await make('tenancy/tenants', { name: 'Tenant', slug: 'tenant' })
  known['maker'] = await make('dcim/manufacturers', { name: 'Maker', slug: 'maker' })
  known['type'] = await make('dcim/device-types', { model: 'Type', slug: 'type', manufacturer: known['maker'] })
  known['role'] = await make('dcim/device-roles', { name: 'Role', slug: 'role' })
  known['northerner'] = await make('dcim/devices', {
    name: 'northerner',
    site: known['northern'],
    role: known['role'],
    device_type: known['type'],
    custom_fields: { env: 'prod' },
  })
  const rir = await make('ipam/rirs', { name: 'RIR', slug: 'rir' })
  known['big asn'] = await make('ipam/asns', { asn: 65010, rir })
  known['small asn'] = await make('ipam/asns', { asn: 64500, rir })
  const type = await make('virtualization/cluster-types', { name: 'KVM', slug: 'kvm' })
  known['cluster'] = await make('virtualization/clusters', { name: 'Cluster', type })
})

let users = 1000

/** A user who may do what is said with the rows that the constraints describe, and nothing else. */
async function userWho(...grants: readonly { actions: readonly string[]; model: string; constraints: unknown }[]) {
  const id = ++users
  await db.pool.query(
    `insert into users_user (id, username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
     overriding system value values ($1, $2, '', false, true, now(), '', '', '')`,
    [id, `user${id}`],
  )
  for (const { actions, model, constraints } of grants)
    await must(
      ask('POST', 'users/permissions/', {
        name: `${model} ${actions.join()} ${id}`,
        object_types: [model],
        actions,
        constraints,
        users: [id],
      }),
    )
  return id
}

/** Everything that a refusal must leave as it was: the rows of a list, and the number of changes recorded. */
async function stateOf(path: string): Promise<string> {
  const rows = await must(ask('GET', `${path}/?limit=0&ordering=id`))
  const changes = await must(ask('GET', 'core/object-changes/?limit=1'))
  return JSON.stringify([rows.results, changes.count])
}

async function refused(path: string, status: number, work: Promise<Answer>, was: string): Promise<any> {
  const answer = await work
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  assert.equal(await stateOf(path), was, 'a refused request left something behind')
  return answer.body
}

const idsOf = ({ body }: Answer) => (body.results as Body[]).map(row => row['id'] as number).sort((a, b) => a - b)

for (const { path, model, constraints, inside, outside, referrer } of cases) {
  test(`${path}: whoever is bound by constraints sees and changes only what matches`, async () => {
    const ours = [await make(path, inside(1)), await make(path, inside(2))]
    const theirs = [
      await make(path, { ...inside(3), ...outside(3) }),
      await make(path, { ...inside(4), ...outside(4) }),
    ]
    const preset = await must(ask('GET', `${path}/?limit=0&id=${ours.join('&id=')}`))
    assert.equal(preset.count, 2)

    const viewer = await userWho({ actions: ['view'], model, constraints })
    const seen = await ask('GET', `${path}/?limit=0`, undefined, viewer)
    assert.equal(seen.status, 200, JSON.stringify(seen.body))
    for (const id of ours) assert.ok(idsOf(seen).includes(id), 'a row within is listed')
    for (const id of theirs) assert.ok(!idsOf(seen).includes(id), 'a row outside is not listed')
    assert.equal(seen.body.count, seen.body.results.length)
    for (const query of ['brief=true', 'fields=id', 'ordering=-id', 'start=0&limit=1000'])
      assert.deepEqual(idsOf(await ask('GET', `${path}/?limit=0&${query}`, undefined, viewer)), idsOf(seen), query)
    const asked = [...ours, ...theirs].map(id => `id=${id}`).join('&')
    const filtered = await ask('GET', `${path}/?${asked}`, undefined, viewer)
    assert.deepEqual([idsOf(filtered), filtered.body.count], [ours, 2])
    assert.equal((await ask('GET', `${path}/?id=${theirs[0]}`, undefined, viewer)).body.count, 0)
    assert.equal((await ask('GET', `${path}/?q=${3}&id=${theirs[0]}`, undefined, viewer)).body.count, 0)
    assert.equal((await ask('GET', `${path}/${ours[0]}/`, undefined, viewer)).status, 200)
    assert.equal((await ask('GET', `${path}/${theirs[0]}/`, undefined, viewer)).status, 404)
    assert.equal((await ask('HEAD', `${path}/${theirs[0]}/`, undefined, viewer)).status, 404)

    let was = await stateOf(path)
    await refused(path, 403, ask('POST', `${path}/`, inside(5), viewer), was)
    await refused(path, 403, ask('PATCH', `${path}/${ours[0]}/`, outside(5), viewer), was)
    await refused(path, 403, ask('PUT', `${path}/${ours[0]}/`, inside(5), viewer), was)
    await refused(path, 403, ask('DELETE', `${path}/${ours[0]}/`, undefined, viewer), was)
    await refused(path, 403, ask('PATCH', `${path}/`, [{ id: ours[0] }], viewer), was)
    await refused(path, 403, ask('DELETE', `${path}/`, [{ id: ours[0] }], viewer), was)

    const changer = await userWho({ actions: ['change'], model, constraints })
    assert.equal((await ask('GET', `${path}/`, undefined, changer)).status, 403)
    assert.equal((await ask('GET', `${path}/${ours[0]}/`, undefined, changer)).status, 403)
    const harmless = { changelog_message: 'seen' }
    const change = (id: number, body: Body) => ask('PATCH', `${path}/${id}/`, body, changer)
    await refused(path, 404, change(theirs[0]!, harmless), was)
    await refused(path, 404, change(theirs[1]!, inside(6)), was)
    await refused(path, 403, change(ours[0]!, outside(7)), was)
    await refused(path, 403, ask('PUT', `${path}/${ours[1]}/`, { ...inside(8), ...outside(8) }, changer), was)
    const missing = await refused(
      path,
      400,
      ask(
        'PATCH',
        `${path}/`,
        [
          { id: ours[0], ...inside(9) },
          { id: theirs[0], ...harmless },
        ],
        changer,
      ),
      was,
    )
    assert.equal(missing.detail, '1 of 2 objects could not be found.')
    assert.deepEqual(
      missing.errors.map(({ id }: Body) => id),
      [theirs[0]],
    )
    const moved = await refused(
      path,
      403,
      ask(
        'PATCH',
        `${path}/`,
        [
          { id: ours[0], ...inside(9) },
          { id: ours[1], ...outside(9) },
        ],
        changer,
      ),
      was,
    )
    assert.equal(moved.detail, '1 of 2 objects could not be updated.')
    assert.deepEqual(moved.errors, [
      { id: ours[1], errors: { __all__: ['You do not have permission to perform this action on this object.'] } },
    ])
    assert.equal((await change(ours[0]!, inside(10))).status, 200)
    const both = await ask(
      'PATCH',
      `${path}/`,
      [
        { id: ours[0], ...inside(11) },
        { id: ours[1], ...inside(12) },
      ],
      changer,
    )
    assert.equal(both.status, 200, JSON.stringify(both.body))

    const adder = await userWho({ actions: ['add'], model, constraints })
    was = await stateOf(path)
    await refused(path, 403, ask('POST', `${path}/`, { ...inside(13), ...outside(13) }, adder), was)
    const denied = await refused(
      path,
      403,
      ask('POST', `${path}/`, [inside(14), { ...inside(15), ...outside(15) }], adder),
      was,
    )
    assert.deepEqual(
      [denied.detail, denied.errors.map(({ index }: Body) => index)],
      ['1 of 2 objects could not be created.', [1]],
    )
    const added = await ask('POST', `${path}/`, inside(16), adder)
    assert.equal(added.status, 201, JSON.stringify(added.body))
    assert.equal((await ask('POST', `${path}/`, [inside(17), inside(18)], adder)).status, 201)

    if (referrer) {
      // Named by attributes, a row is found by those who may see it; by its id, by anyone.
      const referring = await userWho(
        { actions: ['view'], model, constraints },
        { actions: ['add'], model: modelOf(referrer.path), constraints: null },
      )
      const [near, far] = [
        await must(ask('GET', `${path}/${ours[0]}/`)),
        await must(ask('GET', `${path}/${theirs[0]}/`)),
      ]
      const refer = (n: number, value: unknown) =>
        ask('POST', `${referrer.path}/`, { ...referrer.body(n), [referrer.field]: value }, referring)
      const named = await refer(1, referrer.by(near))
      assert.equal(named.status, 201, JSON.stringify(named.body))
      const hidden = await refer(2, referrer.by(far))
      assert.equal(hidden.status, 400)
      assert.match(hidden.body[referrer.field][0], /^Related object not found using the provided attributes/)
      if (!(referrer.field === 'parent' && path === 'dcim/locations'))
        assert.equal((await refer(3, far.id)).status, 201)
      await must(ask('DELETE', `${referrer.path}/${named.body.id}/`))
      for (const row of (await must(ask('GET', `${referrer.path}/?limit=0`))).results)
        if (row[referrer.field]?.id === far.id) await must(ask('DELETE', `${referrer.path}/${row.id}/`))
    }

    const deleter = await userWho({ actions: ['delete'], model, constraints })
    was = await stateOf(path)
    await refused(path, 404, ask('DELETE', `${path}/${theirs[0]}/`, undefined, deleter), was)
    await refused(path, 400, ask('DELETE', `${path}/`, [{ id: ours[0] }, { id: theirs[1] }], deleter), was)
    assert.equal((await ask('DELETE', `${path}/${added.body.id}/`, undefined, deleter)).status, 204)
    assert.equal(
      (
        await ask(
          'DELETE',
          `${path}/`,
          ours.map(id => ({ id })),
          deleter,
        )
      ).status,
      204,
    )
    assert.equal((await must(ask('GET', `${path}/?${asked}`))).count, 2, 'rows outside are still there')
  })
}

test('extras/bookmarks: everyone has those of their own', async () => {
  const [ada, bob] = [await userWho(), await userWho()]
  const bookmark = (site: string, user: number, as: number) =>
    ask('POST', 'extras/bookmarks/', { object_type: 'dcim.site', object_id: known[site], user }, as)
  const own = await bookmark('northern', ada, ada)
  assert.equal(own.status, 201, JSON.stringify(own.body))
  const foreign = await bookmark('southern', ada, bob)
  assert.equal(foreign.status, 403, JSON.stringify(foreign.body))
  assert.deepEqual(idsOf(await ask('GET', 'extras/bookmarks/', undefined, ada)), [own.body.id])
  assert.deepEqual(idsOf(await ask('GET', 'extras/bookmarks/', undefined, bob)), [])
  assert.equal((await ask('DELETE', `extras/bookmarks/${own.body.id}/`, undefined, bob)).status, 404)
  assert.equal((await ask('DELETE', `extras/bookmarks/${own.body.id}/`, undefined, ada)).status, 204)
})

test('permissions add up, and one without constraints lifts all others', async () => {
  const some = await userWho(
    { actions: ['view'], model: 'dcim.site', constraints: { name: 'Northern' } },
    { actions: ['view'], model: 'dcim.site', constraints: { name: 'Southern' } },
  )
  assert.deepEqual(idsOf(await ask('GET', 'dcim/sites/', undefined, some)), [known['northern'], known['southern']])
  const all = await userWho(
    { actions: ['view'], model: 'dcim.site', constraints: { name: 'Northern' } },
    { actions: ['view'], model: 'dcim.site', constraints: null },
  )
  assert.deepEqual(idsOf(await ask('GET', 'dcim/sites/', undefined, all)), idsOf(await ask('GET', 'dcim/sites/')))
})

/** The name of the model that a list is of. */
const modelOf = (path: string): string =>
  [...registry.models.values()].find(model => `${model.app}/${pathOf(model)}` === path)!.name
