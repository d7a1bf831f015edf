import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importRows, ImportRefused } from '@demarc/engine/csv'
import { registry } from '@demarc/models'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { call, create, row, rows } = await testWriter(db)

/** What a file makes, or the columns that it is refused for. */
async function load(model: string, ...lines: string[]): Promise<string[]> {
  try {
    const { objects } = await importRows(call, registry.model(model), { data: lines.join('\n') })
    return objects.map(object => object.display)
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    return error.errors.map(({ row: at, field }) => `${at}: ${field}`)
  }
}

const [site] = await create('dcim.site', { name: 'S', slug: 's' })
const [manufacturer] = await create('dcim.manufacturer', { name: 'M', slug: 'm' })
const [device_type] = await create('dcim.devicetype', { manufacturer, model: 'T', slug: 't' })
const [role] = await create('dcim.devicerole', { name: 'R', slug: 'r' })
const [one, two] = await create('dcim.device', ...['one', 'two'].map(name => ({ name, site, device_type, role })))
const [first, second] = await create(
  'dcim.interface',
  ...[one, two].map(device => ({ device, name: 'eth0', type: 'virtual' })),
)
const [vm] = await create('virtualization.virtualmachine', { name: 'vm', site })
const [nic] = await create('virtualization.vminterface', { virtual_machine: vm, name: 'eth0' })
const [group] = await create('ipam.fhrpgroup', { protocol: 'vrrp3', group_id: 1 })
const [vrf] = await create('ipam.vrf', { name: 'V', enforce_unique: false })
const at = (type: string, id: number | undefined) => ({ assigned_object_type: type, assigned_object_id: id })
const [mine, other] = await create(
  'ipam.ipaddress',
  { address: '10.0.0.1/24', ...at('dcim.interface', first) },
  { address: '10.0.0.1/24', ...at('dcim.interface', second), vrf },
  { address: '10.0.0.3/24', ...at('ipam.fhrpgroup', group) },
  { address: '10.0.0.4/24', ...at('virtualization.vminterface', nic) },
)

test('a file names addresses of a service among those of what it runs on', async () => {
  const head = 'parent_object_type,parent_object_id,name,port_mappings,ipaddresses'
  const bound = async (name: string) =>
    (
      await rows(
        `select ipaddress_id as id from ipam_service_ipaddresses as bound
         join ipam_service as service on service.id = bound.service_id where name = $1`,
        name,
      )
    ).map(({ id }) => id)
  assert.deepEqual(
    await load(
      'ipam.service',
      head,
      `dcim.device,${one},a,tcp/1,10.0.0.1/24`,
      `dcim.device,${two},b,tcp/1,10.0.0.1/24`,
      `ipam.fhrpgroup,${group},c,tcp/1,10.0.0.3/24`,
      `virtualization.virtualmachine,${vm},d,tcp/1,10.0.0.4/24`,
    ),
    ['a', 'b', 'c', 'd'],
  )
  assert.deepEqual([await bound('a'), await bound('b')], [[mine], [other]])
  assert.deepEqual(
    await load(
      'ipam.service',
      head,
      `dcim.device,${one},e,tcp/1,10.0.0.3/24`,
      `virtualization.virtualmachine,${vm},f,tcp/1,10.0.0.1/24`,
    ),
    ['1: ipaddresses', '2: ipaddresses'],
  )
  assert.deepEqual(
    await load(
      'ipam.service',
      'parent_object_type,parent,name,port_mappings,ipaddresses',
      'dcim.device,two,g,tcp/1,10.0.0.1/24',
    ),
    ['g'],
    'named, not numbered',
  )
  const [{ id }] = await rows(`select id from ipam_service where name = 'a'`)
  assert.deepEqual(await load('ipam.service', 'id,ipaddresses', `${id},10.0.0.4/24`), [`${id}: ipaddresses`])
})

test('a file writes runs of ports in one', async () => {
  const ports = async (text: string) => {
    const name = `ports ${text}`
    const made = await load('ipam.servicetemplate', 'name,port_mappings', `"${name}","${text}"`)
    const [found] = await rows('select port_mappings from ipam_servicetemplate where name = $1', name)
    return found?.['port_mappings'] ?? made
  }
  assert.deepEqual(await ports('tcp/80,UDP/53,tcp/8000-8002'), ['tcp/80', 'udp/53', 'tcp/8000', 'tcp/8001', 'tcp/8002'])
  assert.deepEqual(await ports('tcp/5-5'), ['tcp/5'])
  for (const wrong of ['tcp/9-8', 'tcp/65530-65536', 'tcp/8-', 'tcp/1-3,tcp/2'])
    assert.deepEqual(await ports(wrong), ['1: port_mappings'], wrong)
})

test('a file makes an address the primary one of what it is assigned to, and of nothing else', async () => {
  const head = 'address,status,device,virtual_machine,interface,is_primary,is_oob'
  assert.deepEqual(await load('ipam.ipaddress', head, '10.1.0.1/24,active,one,,eth0,true,true'), ['10.1.0.1/24'])
  const { primary_ip4_id, oob_ip_id } = await row('dcim.device', one!)
  assert.deepEqual([primary_ip4_id === null, primary_ip4_id === oob_ip_id], [false, true])
  const cases: [line: string, expected: string][] = [
    ['10.1.0.2/24,active,,,,true,', '1: is_primary'],
    ['10.1.0.3/24,active,one,,,true,', '1: is_primary'],
    ['10.1.0.4/24,active,,vm,eth0,,true', '1: is_oob'],
    ['10.1.0.5/24,active,,vm,eth0,true,', '10.1.0.5/24'],
    ['10.1.0.6/24,active,,,,false,false', '10.1.0.6/24'],
  ]
  for (const [line, expected] of cases) assert.deepEqual(await load('ipam.ipaddress', head, line), [expected], line)
})
