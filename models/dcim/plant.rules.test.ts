import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, row, faults } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const named = (name: string) => ({ name, slug: name.toLowerCase() })
const [here, there] = await create('dcim.site', named('Here'), named('There'))
const [hall, away] = await create('dcim.location', { ...named('Hall'), site: here }, { ...named('Away'), site: there })
const [rack, far] = await create('dcim.rack', { name: 'A', site: here }, { name: 'B', site: there })
const power_panel = await one('dcim.powerpanel', { name: 'Panel', site: here })
const cooling_source = await one('dcim.coolingsource', { name: 'Chiller', site: here, type: 'chiller' })
const manufacturer = await one('dcim.manufacturer', named('Maker'))

test('power, cooling and racks', async t => {
  const panel = { name: 'P', site: here }
  const source = { name: 'S', site: here, type: 'chiller' }
  const feed = { name: 'F', power_panel }
  const loop = { name: 'L', cooling_source }
  const body = { name: 'R', site: here }
  const rackType = { manufacturer, model: 'R', slug: 'r', form_factor: '4-post-cabinet' }
  const cases: readonly (readonly [model: string, key: string, item: object, refused: object, taken: object])[] = [
    ['powerpanel', '__all__', panel, { location: away }, { location: hall }],
    ['coolingsource', '__all__', source, { location: away }, { location: hall }],
    ['powerfeed', '__all__', feed, { rack: far }, { rack }],
    ['powerfeed', 'voltage', feed, { voltage: 0 }, { voltage: 1 }],
    ['powerfeed', 'voltage', feed, { voltage: -48 }, { voltage: -48, supply: 'dc' }],
    ['coolingfeed', '__all__', loop, { rack: far }, { rack }],
    ['coolingfeed', '__all__', loop, { max_flow: 1 }, { max_flow: 1, max_flow_unit: 'lpm' }],
    ...(['rack', 'racktype'] as const).flatMap(model => {
      const item = model === 'rack' ? body : rackType
      return [
        [model, '__all__', item, { outer_width: 1 }, { outer_width: 1, outer_unit: 'mm' }],
        [model, '__all__', item, { outer_height: 1 }, { outer_height: 1, outer_unit: 'mm' }],
        [model, '__all__', item, { outer_depth: 1 }, { outer_depth: 1, outer_unit: 'in' }],
        [model, '__all__', item, { weight: 1 }, { weight: 1, weight_unit: 'kg' }],
        [model, '__all__', item, { max_weight: 1 }, { max_weight: 1, weight_unit: 'kg' }],
      ] as const
    }),
  ]
  for (const [model, key, item, refused, taken] of cases)
    await t.test(`${model}: ${JSON.stringify(refused)}`, async () => {
      const made = await one(`dcim.${model}`, item)
      assert.deepEqual(await faults(change(`dcim.${model}`, made, refused)), { [made]: [key] })
      assert.deepEqual(await faults(change(`dcim.${model}`, made, taken)), {})
      await db.query(`delete from dcim_${model} where id = $1`, [made])
    })
})

test('a power feed with a cable is not marked as connected', async () => {
  const role = await one('dcim.devicerole', named('Role'))
  const device_type = await one('dcim.devicetype', { manufacturer, model: 'Box', slug: 'box' })
  const device = await one('dcim.device', { name: 'D', site: here, role, device_type })
  const port = await one('dcim.powerport', { name: 'P', device })
  const [cabled, free] = await create('dcim.powerfeed', { name: '1', power_panel }, { name: '2', power_panel })
  await create('dcim.cable', {
    a_terminations: [{ object_type: 'dcim.powerfeed', object_id: cabled }],
    b_terminations: [{ object_type: 'dcim.powerport', object_id: port }],
  })
  const mark = (id: number) => faults(change('dcim.powerfeed', id, { mark_connected: true }))
  assert.deepEqual(await mark(cabled), { [cabled]: ['mark_connected'] })
  assert.deepEqual(await mark(free), {})
})

test('a new power feed is as an administrator has it, and gives what its line does', async () => {
  const feed = async (more: object, settings: object = {}) => {
    const writer = await testWriter(db, settings)
    const [id] = await writer.create('dcim.powerfeed', { name: `feed ${count++}`, power_panel, ...more })
    const { voltage, amperage, max_utilization, available_power } = await row('dcim.powerfeed', id)
    return [voltage, amperage, max_utilization, available_power]
  }
  let count = 0
  const settings = {
    POWERFEED_DEFAULT_VOLTAGE: 230,
    POWERFEED_DEFAULT_AMPERAGE: 16,
    POWERFEED_DEFAULT_MAX_UTILIZATION: 50,
  }
  assert.deepEqual(await feed({}), [120, 15, 80, 1440])
  assert.deepEqual(await feed({}, settings), [230, 16, 50, 1840])
  assert.deepEqual(await feed({ voltage: 120, max_utilization: 80 }, settings), [120, 16, 80, 1536])
  assert.deepEqual(await feed({ phase: 'three-phase' }), [120, 15, 80, 2494])
  assert.deepEqual(await feed({ voltage: -48, supply: 'dc', amperage: 10, max_utilization: 100 }), [-48, 10, 100, 480])
  // Halves go to the even neighbour.
  assert.deepEqual(await feed({ voltage: 5, amperage: 1, max_utilization: 50 }), [5, 1, 50, 2])
  assert.deepEqual(await feed({ voltage: 7, amperage: 1, max_utilization: 50 }), [7, 1, 50, 4])
})

test('measures are comparable whatever their unit, and a unit goes with its measure', async () => {
  const [model] = await create('dcim.racktype', { manufacturer, model: 'U', slug: 'u', form_factor: '2-post-frame' })
  const [box] = await create('dcim.devicetype', { manufacturer, model: 'U', slug: 'u' })
  const [loop] = await create('dcim.coolingfeed', { name: 'U', cooling_source })
  const cases: readonly (readonly [model: string, id: number, sent: object, stored: object])[] = [
    ['coolingfeed', loop, { max_flow: 2, max_flow_unit: 'lpm' }, { _abs_max_flow: 2 }],
    ['coolingfeed', loop, { max_flow_unit: 'm3ph' }, { _abs_max_flow: 33.3333 }],
    ['coolingfeed', loop, { max_flow_unit: 'gpm' }, { _abs_max_flow: 7.5708 }],
    ['coolingfeed', loop, { max_flow: null }, { _abs_max_flow: null, max_flow_unit: null }],
    ['devicetype', box, { weight: 2, weight_unit: 'kg' }, { _abs_weight: 2000 }],
    ['devicetype', box, { weight_unit: 'oz' }, { _abs_weight: 56 }],
    ['devicetype', box, { weight: null }, { _abs_weight: null }],
    ...(
      [
        ['rack', rack],
        ['racktype', model],
      ] as const
    ).flatMap(([name, id]) => [
      [name, id, { weight: 2, max_weight: 3, weight_unit: 'lb' }, { _abs_weight: 907, _abs_max_weight: 1360 }] as const,
      [name, id, { weight: null, weight_unit: 'g' }, { _abs_weight: null, _abs_max_weight: 3 }] as const,
      [name, id, { outer_depth: 1, outer_unit: 'mm' }, { outer_unit: 'mm' }] as const,
      [name, id, { outer_depth: null }, { outer_unit: null }] as const,
    ]),
  ]
  for (const [name, id, sent, stored] of cases) {
    await change(`dcim.${name}`, id, sent)
    const found = await row(`dcim.${name}`, id)
    for (const [key, value] of Object.entries(stored))
      assert.equal(
        value === null ? found[key] : typeof value === 'number' ? Number(found[key]) : found[key],
        value,
        key,
      )
  }
})
