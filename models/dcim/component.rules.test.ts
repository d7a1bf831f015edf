import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, remove, row, faults } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const site = await one('dcim.site', { name: 'S', slug: 's' })
const manufacturer = await one('dcim.manufacturer', { name: 'M', slug: 'm' })
const role = await one('dcim.devicerole', { name: 'R', slug: 'r' })
const type = (slug: string, subdevice_role: string | null) =>
  one('dcim.devicetype', { manufacturer, model: slug, slug, u_height: 0, subdevice_role })
const [chassis, blade] = [await type('chassis', 'parent'), await type('blade', 'child')]
const box = (name: string, device_type: number) => ({ name, site, role, device_type })
const [device, other, child, twin] = await create(
  'dcim.device',
  box('device', chassis),
  box('other', chassis),
  box('child', blade),
  box('twin', blade),
)

let count = 0
const kinds = {
  consoleport: {},
  consoleserverport: {},
  powerport: {},
  poweroutlet: {},
  interface: { type: '1000base-t' },
  frontport: { type: 'lc' },
  rearport: { type: 'lc', positions: 2 },
  coolingintake: {},
  coolingoutflow: {},
  modulebay: {},
  devicebay: {},
  inventoryitem: {},
}
type Kind = keyof typeof kinds
const part = (kind: Kind, more: object = {}) => ({ device, name: `part ${++count}`, ...kinds[kind], ...more })
const made = (kind: Kind, more?: object) => one(`dcim.${kind}`, part(kind, more))

test('a component stays with its device, an inventory item alone may move', async t => {
  for (const kind of Object.keys(kinds) as Kind[])
    await t.test(kind, async () => {
      const id = await made(kind)
      const moved = await faults(change(`dcim.${kind}`, id, { device: other }))
      assert.deepEqual(moved, kind === 'inventoryitem' ? {} : { [id]: ['device'] })
      if (kind !== 'inventoryitem') await change(`dcim.${kind}`, id, { device, label: 'here' })
    })
})

test('nothing is marked as connected that has a cable', async t => {
  const pairs: [Kind, Kind][] = [
    ['consoleport', 'consoleserverport'],
    ['powerport', 'poweroutlet'],
    ['interface', 'interface'],
    ['frontport', 'rearport'],
  ]
  for (const [a, b] of pairs)
    await t.test(`${a} and ${b}`, async () => {
      const ends = [
        [`dcim.${a}`, await made(a)],
        [`dcim.${b}`, await made(b)],
      ] as const
      const [a_terminations, b_terminations] = ends.map(([object_type, object_id]) => [{ object_type, object_id }])
      const cable = await one('dcim.cable', { a_terminations, b_terminations })
      const mark = ([model, id]: (typeof ends)[number]) => change(model, id, { mark_connected: true })
      for (const end of ends) assert.deepEqual(await faults(mark(end)), { [end[1]]: ['mark_connected'] })
      await remove('dcim.cable', cable)
      for (const end of ends) await mark(end)
    })
})

const [inlet, foreignInlet] = [await made('powerport'), await made('powerport', { device: other })]
const [intake, foreignIntake] = [await made('coolingintake'), await made('coolingintake', { device: other })]
const [port, foreignPort] = [await made('interface'), await made('interface', { device: other })]
const [front, foreignFront] = [await made('frontport'), await made('frontport', { device: other })]
const mapped = await made('frontport', { positions: 2 })
const rear = await made('rearport', {
  positions: 2,
  front_ports: [
    { position: 1, front_port: mapped },
    { position: 2, front_port: await made('frontport') },
  ],
})
const bay = await made('devicebay')
await change('dcim.devicebay', bay, { installed_device: child })
const component = (component_id: number) => ({ component_type: 'dcim.interface', component_id })
const item = await made('inventoryitem')
const sub = await made('inventoryitem', { parent: item, ...component(port) })
const foreignItem = await made('inventoryitem', { device: other })
const here = { assigned_object_type: 'dcim.interface', assigned_object_id: port }
const address = await one('dcim.macaddress', { mac_address: '00:00:5E:00:53:01', ...here })
await change('dcim.interface', port, { primary_mac_address: address })

type Item = { readonly id?: number; readonly [key: string]: unknown }
const write = (model: string, { id, ...item }: Item) => (id ? change(model, id, item) : create(model, item))
const refusals = async (model: string, item: Item, keys: readonly string[]) =>
  assert.deepEqual(await faults(write(model, item)), { [item.id ?? 0]: keys })

type Case = readonly [kind: Kind, refused: Item, keys: readonly string[], taken: Item]
const cases: Record<string, Case> = {
  'a diameter has a unit': [
    'coolingintake',
    part('coolingintake', { diameter: 5 }),
    ['__all__'],
    part('coolingintake', { diameter: 5, diameter_unit: 'mm' }),
  ],
  'that of an outflow, too': [
    'coolingoutflow',
    part('coolingoutflow', { diameter: 5 }),
    ['__all__'],
    part('coolingoutflow', { diameter: 5, diameter_unit: 'in' }),
  ],
  'a maximum flow rate has a unit': [
    'coolingintake',
    part('coolingintake', { max_flow: 5 }),
    ['__all__'],
    part('coolingintake', { max_flow: 5, max_flow_unit: 'lpm' }),
  ],
  'an outflow is supplied by an intake of its own device': [
    'coolingoutflow',
    part('coolingoutflow', { cooling_intake: foreignIntake }),
    ['__all__'],
    part('coolingoutflow', { cooling_intake: intake }),
  ],
  'an outlet is fed by a port of its own device': [
    'poweroutlet',
    part('poweroutlet', { power_port: foreignInlet }),
    ['__all__'],
    part('poweroutlet', { power_port: inlet }),
  ],
  'no more is allocated than can be drawn': [
    'powerport',
    part('powerport', { allocated_draw: 201, maximum_draw: 200 }),
    ['allocated_draw'],
    part('powerport', { allocated_draw: 200, maximum_draw: 200 }),
  ],
  'mappings lead to ports of the same device': [
    'rearport',
    part('rearport', { front_ports: [{ position: 1, front_port: foreignFront }] }),
    ['front_ports'],
    part('rearport', { front_ports: [{ position: 1, front_port: front }] }),
  ],
  'a position over there is mapped once': [
    'rearport',
    part('rearport', { front_ports: [{ position: 1, front_port: mapped }] }),
    ['front_ports'],
    part('rearport', { front_ports: [{ position: 1, front_port: mapped, front_port_position: 2 }] }),
  ],
  'positions that lead somewhere remain': [
    'rearport',
    { id: rear, positions: 1 },
    ['positions'],
    { id: rear, positions: 1, front_ports: [{ position: 1, front_port: mapped }] },
  ],
  'bays belong to devices that are parents': [
    'devicebay',
    part('devicebay', { device: child }),
    ['__all__'],
    part('devicebay', { device: other }),
  ],
  'nothing is installed in a disabled bay': [
    'devicebay',
    part('devicebay', { enabled: false, installed_device: twin }),
    ['installed_device'],
    { id: bay, enabled: false },
  ],
  'a device is not installed in itself': [
    'devicebay',
    part('devicebay', { installed_device: device }),
    ['__all__'],
    part('devicebay', { installed_device: other }),
  ],
  'a component of an item is of the same device': [
    'inventoryitem',
    part('inventoryitem', component(foreignPort)),
    ['device'],
    part('inventoryitem', component(port)),
  ],
  'a parent is on the same device': [
    'inventoryitem',
    { id: item, parent: foreignItem },
    ['parent'],
    { id: item, parent: await made('inventoryitem') },
  ],
}
for (const [name, [kind, refused, keys, taken]] of Object.entries(cases))
  test(name, async () => {
    await refusals(`dcim.${kind}`, refused, keys)
    await write(`dcim.${kind}`, taken)
  })

test('an item does not leave its children behind, and its component does not follow it', async () => {
  const move = { device: other, parent: null }
  await refusals('dcim.inventoryitem', { id: item, ...move }, ['__all__'])
  await refusals('dcim.inventoryitem', { id: sub, device: other }, ['parent'])
  await change('dcim.inventoryitem', sub, move)
  const { device_id, component_type, component_id } = await row('dcim.inventoryitem', sub)
  assert.deepEqual([device_id, component_type, component_id], [other, null, null])
  await change('dcim.inventoryitem', item, move)
})

test('coolant does not run in a circle', async () => {
  const first = await made('coolingintake')
  const second = await made('coolingintake')
  const supplied = await made('coolingoutflow', { cooling_intake: first })
  await change('dcim.coolingintake', second, { cooling_outflow: supplied })
  const last = await made('coolingoutflow', { cooling_intake: second })
  await refusals('dcim.coolingintake', { id: first, cooling_outflow: last }, ['__all__'])
  const free = await made('coolingoutflow')
  await change('dcim.coolingintake', first, { cooling_outflow: free })
  await refusals('dcim.coolingoutflow', { id: free, cooling_intake: second }, ['__all__'])
  await change('dcim.coolingoutflow', free, { cooling_intake: intake })
})

test('a bay is not inside a module that it holds', async () => {
  const module_type = await one('dcim.moduletype', { manufacturer, model: 'Card' })
  const outer = await made('modulebay')
  const module = await one('dcim.module', { device, module_bay: outer, module_type })
  const inner = await made('modulebay', { module })
  const nested = await one('dcim.module', { device, module_bay: inner, module_type })
  for (const owner of [module, nested]) await refusals('dcim.modulebay', { id: outer, module: owner }, ['__all__'])
  await refusals('dcim.modulebay', { id: inner, module: nested }, ['__all__'])
  await change('dcim.modulebay', inner, { module: null })
  await change('dcim.modulebay', outer, { module: nested })
})

test('a primary MAC address stays with its interface, as long as it is that', async () => {
  const elsewhere = { ...here, assigned_object_id: foreignPort }
  const nowhere = { assigned_object_type: null, assigned_object_id: null }
  for (const place of [elsewhere, nowhere]) await refusals('dcim.macaddress', { id: address, ...place }, ['__all__'])
  await change('dcim.macaddress', address, { ...here, description: 'stays' })
  await change('dcim.interface', port, { primary_mac_address: null })
  for (const place of [elsewhere, nowhere]) await change('dcim.macaddress', address, place)
})
