import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../database.ts'
import { restOf } from '../integrity/app.ts'

const ask = await restOf(await testDatabase())

async function make(path: string, body: object): Promise<number> {
  const { status, body: made } = await ask('POST', `${path}/`, body)
  assert.equal(status, 201, JSON.stringify(made))
  return made.id
}

const site = await make('dcim/sites', { name: 'S', slug: 's' })
const tenant = await make('tenancy/tenants', { name: 'T', slug: 't' })
const manufacturer = await make('dcim/manufacturers', { name: 'M', slug: 'm' })
const type = await make('dcim/device-types', { model: 'T', slug: 't', manufacturer })
const role = await make('dcim/device-roles', { name: 'R', slug: 'r' })
const clusterType = await make('virtualization/cluster-types', { name: 'T', slug: 't' })
const clusterGroup = await make('virtualization/cluster-groups', { name: 'G', slug: 'g' })
const cluster = await make('virtualization/clusters', { name: 'C', type: clusterType })
const device = await make('dcim/devices', { name: 'D', site, device_type: type, role, cluster })
const size = await make('virtualization/virtual-machine-types', { name: 'small', slug: 'small' })
const template = await make('extras/config-templates', { name: 'T', template_code: 'x' })
const provider = await make('circuits/providers', { name: 'P', slug: 'p' })
const account = await make('circuits/provider-accounts', { provider, account: '1' })
const network = await make('circuits/provider-networks', { provider, name: 'N' })
const circuitType = await make('circuits/circuit-types', { name: 'T', slug: 't' })
const virtualType = await make('circuits/virtual-circuit-types', { name: 'T', slug: 't' })
const vlanGroup = await make('ipam/vlan-groups', { name: 'G', slug: 'g' })
const svlan = await make('ipam/vlans', { vid: 1, name: 'S', qinq_role: 'svlan' })
const contact = await make('tenancy/contacts', { name: 'C' })
const contactRole = await make('tenancy/contact-roles', { name: 'R', slug: 'r' })

const scope = { scope_type: 'dcim.site', scope_id: site }
const slugged = { name: 'X', slug: 'x' }
const parent = async (path: string) => ({ parent: await make(path, { name: 'top', slug: 'top' }) })

/** What an object is replaced with, what else it has that is reset by that, and what it keeps. */
const cases: [path: string, sent: object, reset: object, kept: object][] = [
  ['ipam/vlans', { vid: 9, name: 'X' }, { group: vlanGroup }, { tenant }],
  ['ipam/vlans', { vid: 9, name: 'X', qinq_role: null }, { qinq_role: 'cvlan', qinq_svlan: svlan }, { site }],
  ['ipam/vlan-groups', slugged, scope, { tenant }],
  ['ipam/prefixes', { prefix: '10.0.0.0/8' }, scope, { tenant, is_pool: true }],
  ['tenancy/tenants', slugged, { group: await make('tenancy/tenant-groups', { name: 'G', slug: 'g' }) }, {}],
  ['tenancy/tenant-groups', slugged, await parent('tenancy/tenant-groups'), { description: 'd' }],
  ['tenancy/contact-groups', slugged, await parent('tenancy/contact-groups'), { description: 'd' }],
  ['wireless/wireless-lan-groups', slugged, await parent('wireless/wireless-lan-groups'), { description: 'd' }],
  ['wireless/wireless-lans', { ssid: 'X' }, scope, { tenant }],
  [
    'tenancy/contact-assignments',
    { object_type: 'dcim.site', object_id: site, contact, role: contactRole },
    { priority: 'primary' },
    {},
  ],
  ['circuits/circuits', { cid: 'X', provider, type: circuitType }, { provider_account: account }, { tenant }],
  [
    'circuits/virtual-circuits',
    { cid: 'X', provider_network: network, type: virtualType },
    { provider_account: account },
    { tenant },
  ],
  ['circuits/provider-accounts', { provider, account: '9' }, { name: 'X' }, { description: 'd' }],
  ['virtualization/clusters', { name: 'X', type: clusterType }, { group: clusterGroup, ...scope }, { tenant }],
  [
    'virtualization/virtual-machines',
    { name: 'X', site },
    { virtual_machine_type: size, cluster, device, tenant, config_template: template },
    { role, vcpus: 2 },
  ],
]

const idOf = (value: any) => (value !== null && typeof value === 'object' ? (value.id ?? value.value) : value)

for (const [path, sent, reset, kept] of cases)
  test(`PUT to ${path} without ${Object.keys(reset).join(', ')} resets them, and leaves all else as it was`, async () => {
    const id = await make(path, { ...sent, ...reset, ...kept })
    const { status, body } = await ask('PUT', `${path}/${id}/`, sent)
    assert.equal(status, 200, JSON.stringify(body))
    for (const key of Object.keys(reset)) assert.equal(idOf(body[key]) || null, null, key)
    for (const [key, value] of Object.entries(kept)) assert.equal(idOf(body[key]), value, key)
    await ask('DELETE', `${path}/${id}/`)
  })
