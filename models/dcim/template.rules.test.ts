import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, faults } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const manufacturer = await one('dcim.manufacturer', { name: 'M', slug: 'm' })
const type = (slug: string, more: object = {}) =>
  one('dcim.devicetype', { manufacturer, model: slug, slug, subdevice_role: 'parent', ...more })
const [device_type, other] = [await type('type'), await type('other')]
const childless = await type('childless', { subdevice_role: null })
const module_type = await one('dcim.moduletype', { manufacturer, model: 'Card' })

let count = 0
const kinds = {
  consoleport: {},
  consoleserverport: {},
  powerport: {},
  poweroutlet: {},
  interface: { type: '1000base-t' },
  frontport: { type: 'lc', positions: 2 },
  rearport: { type: 'lc', positions: 2 },
  coolingintake: {},
  coolingoutflow: {},
  modulebay: {},
  devicebay: {},
  inventoryitem: {},
}
type Kind = keyof typeof kinds
const part = (kind: Kind, more: object = {}) => ({ device_type, name: `part ${++count}`, ...kinds[kind], ...more })
const made = (kind: Kind, more?: object) => one(`dcim.${kind}template`, part(kind, more))

type Item = { readonly id?: number; readonly [key: string]: unknown }
const write = (kind: Kind, { id, ...item }: Item) =>
  id ? change(`dcim.${kind}template`, id, item) : create(`dcim.${kind}template`, item)
const refused = async (kind: Kind, item: Item, keys: readonly string[]) =>
  assert.deepEqual(await faults(write(kind, item)), { [item.id ?? 0]: keys })

test('a template stays with its device type, that of a device bay alone may move', async t => {
  for (const kind of Object.keys(kinds) as Kind[])
    await t.test(kind, async () => {
      const id = await made(kind)
      if (kind === 'devicebay') return void (await write(kind, { id, device_type: other }))
      await refused(kind, { id, device_type: other }, ['device_type'])
      await write(kind, { id, device_type, label: 'here' })
    })
})

test('a template belongs to one type, of devices or of modules', async t => {
  for (const kind of Object.keys(kinds) as Kind[]) {
    if (kind === 'devicebay' || kind === 'inventoryitem') continue
    await t.test(kind, async () => {
      await refused(kind, part(kind, { module_type }), ['__all__'])
      await refused(kind, part(kind, { device_type: null }), ['__all__'])
      await write(kind, part(kind, { device_type: null, module_type }))
    })
  }
})

const inlet = await made('powerport')
const intake = await made('coolingintake')
const mapped = await made('frontport')
const rear = await made('rearport', {
  front_ports: [
    { position: 1, front_port: mapped },
    { position: 2, front_port: await made('frontport') },
  ],
})
const front = await made('frontport', {
  rear_ports: [
    { position: 1, rear_port: await made('rearport') },
    { position: 2, rear_port: await made('rearport') },
  ],
})
const [freeFront, freeRear] = [await made('frontport'), await made('rearport')]
const ofModule = { device_type: null, module_type }

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
  'an outflow is supplied by an intake of its own type': [
    'coolingoutflow',
    part('coolingoutflow', { device_type: other, cooling_intake: intake }),
    ['__all__'],
    part('coolingoutflow', { cooling_intake: intake }),
  ],
  'an outlet is fed by a port of its own type': [
    'poweroutlet',
    part('poweroutlet', { device_type: other, power_port: inlet }),
    ['__all__'],
    part('poweroutlet', { power_port: inlet }),
  ],
  'be it a type of module': [
    'poweroutlet',
    part('poweroutlet', { ...ofModule, power_port: inlet }),
    ['__all__'],
    part('poweroutlet', { ...ofModule, power_port: await made('powerport', ofModule) }),
  ],
  'no more is allocated than can be drawn': [
    'powerport',
    part('powerport', { allocated_draw: 201, maximum_draw: 200 }),
    ['allocated_draw'],
    part('powerport', { allocated_draw: 200, maximum_draw: 200 }),
  ],
  'bays belong to types that are parents': [
    'devicebay',
    part('devicebay', { device_type: childless }),
    ['__all__'],
    part('devicebay'),
  ],
  'a front port leads to rear ports of its own type': [
    'frontport',
    part('frontport', { device_type: other, rear_ports: [{ position: 1, rear_port: freeRear }] }),
    ['rear_ports'],
    part('frontport', { rear_ports: [{ position: 1, rear_port: freeRear }] }),
  ],
  'a rear port to front ports of its own type': [
    'rearport',
    part('rearport', { device_type: other, front_ports: [{ position: 1, front_port: freeFront }] }),
    ['front_ports'],
    part('rearport', { front_ports: [{ position: 1, front_port: freeFront }] }),
  ],
  'a position of a rear port is mapped once': [
    'frontport',
    part('frontport', { rear_ports: [{ position: 1, rear_port: freeRear }] }),
    ['rear_ports'],
    part('frontport', { rear_ports: [{ position: 1, rear_port: freeRear, rear_port_position: 2 }] }),
  ],
  'a position of a front port is mapped once': [
    'rearport',
    part('rearport', { front_ports: [{ position: 1, front_port: mapped }] }),
    ['front_ports'],
    part('rearport', { front_ports: [{ position: 1, front_port: mapped, front_port_position: 2 }] }),
  ],
  'positions of a rear port that lead somewhere remain': [
    'rearport',
    { id: rear, positions: 1 },
    ['positions'],
    { id: rear, positions: 1, front_ports: [{ position: 1, front_port: mapped }] },
  ],
  'and those of a front port': [
    'frontport',
    { id: front, positions: 1 },
    ['positions'],
    { id: front, positions: 1, rear_ports: [] },
  ],
}
for (const [name, [kind, wrong, keys, right]] of Object.entries(cases))
  test(name, async () => {
    await refused(kind, wrong, keys)
    await write(kind, right)
  })
