import assert from 'node:assert/strict'
import { test } from 'node:test'
import { restOf } from '../../tests/integrity/app.ts'
import { testDatabase } from '../../tests/database.ts'

const ask = await restOf(await testDatabase())

async function make(path: string, body: object): Promise<number> {
  const { status, body: made } = await ask('POST', `${path}/`, body)
  assert.equal(status, 201, JSON.stringify(made))
  return made.id
}

/** What a query finds, by display, or the status of a refusal. */
async function find(path: string, query: string): Promise<readonly string[] | number> {
  const { status, body } = await ask('GET', `${path}/?limit=0&${query}`)
  return status === 200 ? body.results.map((row: { display: string }) => row.display) : status
}

/** Each query finds what it should. */
const finds = (path: string, cases: readonly (readonly [query: string, expected: readonly string[] | number])[]) =>
  test(`filters of ${path}`, async t => {
    for (const [query, expected] of cases)
      await t.test(query, async () => assert.deepEqual(await find(path, query), expected))
  })

const vrf = await make('ipam/vrfs', { name: 'plain', enforce_unique: false })
await make('ipam/vrfs', { name: 'red', rd: '65000:1' })
for (const prefix of ['10.0.0.0/16', '10.0.1.0/24', '10.0.1.7/32', '2001:db8::/32'])
  await make('ipam/prefixes', { prefix })
await make('ipam/prefixes', { prefix: '10.9.0.0/16', vrf })

finds('ipam/prefixes', [
  ['contains=10.0.1.0/24', ['10.0.0.0/16', '10.0.1.0/24']],
  ['contains=10.0.1.7', ['10.0.0.0/16', '10.0.1.0/24']],
  ['contains=10.0.1.7/32', ['10.0.0.0/16', '10.0.1.0/24', '10.0.1.7/32']],
  ['contains=1.2.3', []],
  ['within=10.0.0.0/16&mask_length__lte=24', ['10.0.1.0/24']],
  ['within_include=10.0.1.200/24', ['10.0.1.0/24', '10.0.1.7/32']],
  ['within=foo', []],
  ['prefix=10.0.1.1/24', []],
  ['prefix=foo&prefix=10.0.1.0/24', ['10.0.1.0/24']],
  ['family=6', ['2001:db8::/32']],
  ['family=six', 400],
  ['depth=1', ['10.0.1.0/24']],
  ['children__gt=1', ['10.0.0.0/16']],
  ['vrf=null&mask_length=16', ['10.0.0.0/16', '10.9.0.0/16']],
  ['vrf_id=null&mask_length=16', ['10.0.0.0/16']],
  ['present_in_vrf=none', 400],
  ['q=db8:', ['2001:db8::/32']],
  ['q=10.0.1.9', ['10.0.0.0/16', '10.0.1.0/24']],
])

for (const length of [24, 25]) await make('ipam/ip-addresses', { address: `10.0.0.1/${length}`, vrf })
await make('ipam/ip-addresses', { address: '2001:DB8::6/64', dns_name: 'Six.example' })

finds('ipam/ip-addresses', [
  ['address=10.0.0.1', ['10.0.0.1/24', '10.0.0.1/25']],
  ['address=10.0.0.1/24', ['10.0.0.1/24']],
  ['address=/24', []],
  ['address=10.0.0.1&address=/24', ['10.0.0.1/24', '10.0.0.1/25']],
  ['address=10.0.0.1/255.255.255.128', ['10.0.0.1/25']],
  ['parent=10.0.0.0/30', ['10.0.0.1/24', '10.0.0.1/25']],
  ['parent=10.0.0.0/30&parent=x', []],
  ['assigned_object_type=foo', []],
  ['interface=none', 400],
  ['device=none', []],
  ['q=2001:DB8:', ['2001:db8::6/64']],
  ['q=0.0.1', []],
  ['dns_name=six.example', ['2001:db8::6/64']],
])

await make('ipam/ip-ranges', { start_address: '10.0.1.100/24', end_address: '10.0.1.199/24' })
await make('ipam/ip-ranges', { start_address: '2001:db8::1/64', end_address: '2001:db8::9/64' })
const [four, six] = ['10.0.1.100-199/24', '2001:db8::1-9/64']

finds('ipam/ip-ranges', [
  ['contains=10.0.1.150/24', [four]],
  ['contains=10.0.1.150', [four]],
  ['contains=10.0.1.200', []],
  ['contains=2001:DB8::5', [six]],
  ['contains=10.0.1.150/255.255.255.0', [four]],
  ['contains=foo', []],
  ['contains=', [four, six]],
  ['start_address= 10.0.1.100 ', [four]],
  ['start_address=10.0.1.100/25', []],
  ['end_address=foo&end_address=10.0.1.199/24', [four]],
  ['parent=10.0.1.0/24', [four]],
  ['parent=10.0.1.0/25', []],
  ['parent=10.0.1.0/24&parent=x', []],
  ['q=DB8', []],
])

const group = await make('ipam/fhrp-groups', { protocol: 'vrrp3', group_id: 1 })
const parent = { parent_object_type: 'ipam.fhrpgroup', parent_object_id: group }
await make('ipam/services', { name: 'S1', port_mappings: ['tcp/80', 'udp/9999'], ...parent })
await make('ipam/services', { name: 'S2', port_mappings: ['tcp/500', 'tcp/5000'], ...parent })

finds('ipam/services', [
  ['protocol=tcp&port__gt=1000', ['S2']],
  ['port__gte=1000&port__lte=2000', []],
  ['protocol=udp&port=80', []],
  ['port_mappings=TCP/080', ['S1']],
  ['port_mappings__n=foo', ['S1', 'S2']],
  ['protocol=tcp&port__n=80', ['S2']],
  ['protocol__n=udp', ['S2']],
  ['protocol=null', []],
  ['protocol=icmp', 400],
  ['port=http', 400],
  ['port__empty=true', ['S1', 'S2']],
])

const named = (name: string, more: object = {}) => ({ name, slug: name.toLowerCase(), ...more })
const region = await make('dcim/regions', named('Region'))
const siteGroup = await make('dcim/site-groups', named('Group'))
const site = await make('dcim/sites', named('Site', { region, group: siteGroup }))
const elsewhere = await make('dcim/sites', named('Elsewhere'))
const location = await make('dcim/locations', named('Location', { site }))
const rack = await make('dcim/racks', { name: 'Rack', site, location })
const type = await make('virtualization/cluster-types', named('Type'))
const scope = { scope_type: 'dcim.location', scope_id: location }
const cluster = await make('virtualization/clusters', { name: 'Cluster', type, ...scope })
const manufacturer = await make('dcim/manufacturers', named('Maker'))
const device = await make('dcim/devices', {
  name: 'Device',
  site,
  location,
  rack,
  cluster,
  device_type: await make('dcim/device-types', { model: 'Type', slug: 'type', manufacturer }),
  role: await make('dcim/device-roles', named('Role')),
})
const machine = await make('virtualization/virtual-machines', { name: 'Machine', cluster })
const scopes: Record<string, [type: string | null, id: number | null]> = {
  region: ['dcim.region', region],
  sitegroup: ['dcim.sitegroup', siteGroup],
  site: ['dcim.site', site],
  location: ['dcim.location', location],
  rack: ['dcim.rack', rack],
  cluster: ['virtualization.cluster', cluster],
  elsewhere: ['dcim.site', elsewhere],
  anywhere: [null, null],
}
for (const [name, [scope_type, scope_id]] of Object.entries(scopes))
  await make('ipam/vlans', {
    name,
    vid: 1,
    group: await make('ipam/vlan-groups', named(name, { scope_type, scope_id })),
  })
await make('ipam/vlans', { name: 'loose', vid: 1 })
await make('ipam/vlans', { name: 'of the site', vid: 1, site })

const reaching = (...names: string[]) => names.map(name => `${name} (1)`)
const order = 'ordering=id'

finds('ipam/vlans', [
  [`${order}&available_at_site=${site}`, reaching('region', 'sitegroup', 'site', 'anywhere', 'loose', 'of the site')],
  [`${order}&available_at_site_group=${siteGroup}`, reaching('sitegroup', 'anywhere', 'loose')],
  [
    `${order}&available_on_device=${device}`,
    reaching('region', 'sitegroup', 'site', 'location', 'rack', 'cluster', 'anywhere', 'loose', 'of the site'),
  ],
  [
    `${order}&available_on_virtualmachine=${machine}`,
    reaching('region', 'sitegroup', 'site', 'location', 'cluster', 'anywhere', 'loose', 'of the site'),
  ],
  [`${order}&related_to_site=${site}`, reaching('sitegroup', 'site', 'of the site')],
  [
    `${order}&related_to_site__n=${site}`,
    reaching('region', 'location', 'rack', 'cluster', 'elsewhere', 'anywhere', 'loose'),
  ],
  ['related_to_site=null', 400],
])
