import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../../tests/database.ts'
import { grantTo } from '../../../tests/integrity/grant.ts'
import { restOf } from '../../../tests/integrity/app.ts'

const db = await testDatabase()
const ask = await restOf(db)

async function make(path: string, body: object): Promise<number> {
  const answer = await ask('POST', `dcim/${path}/`, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id
}

async function read(path: string, user?: number): Promise<any> {
  const { status, body } = await ask('GET', `dcim/${path}/`, undefined, user)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

const named = (name: string) => ({ name, slug: name.toLowerCase() })
const site = await make('sites', named('Site'))
const manufacturer = await make('manufacturers', named('Maker'))
const role = await make('device-roles', named('Role'))
const type = (slug: string, more: object = {}) => make('device-types', { manufacturer, model: slug, slug, ...more })
const plain = await type('plain', { weight: 10, weight_unit: 'kg' })
const uncounted = await type('uncounted', { exclude_from_utilization: true, u_height: 3 })
const panel = await make('power-panels', { site, name: 'P' })

let devices = 0
const device = (more: object = {}) =>
  make('devices', { site, role, device_type: plain, name: `d${++devices}`, ...more })
const inlet = (of: number, name: string, more: object = {}) => make('power-ports', { device: of, name, ...more })
const outlet = (of: number, name: string, power_port: number, feed_leg: string | null = null) =>
  make('power-outlets', { device: of, name, power_port, feed_leg })
const feed = (name: string, more: object = {}) => make('power-feeds', { power_panel: panel, name, ...more })
const end = (kind: string, id: number) => ({ object_type: `dcim.${kind}`, object_id: id })
const plug = (port: number, ...into: readonly ReturnType<typeof end>[]) =>
  make('cables', { a_terminations: into, b_terminations: [end('powerport', port)] })

/** A power distribution unit: its inlet, and outlets on the legs given. */
async function distribution(...feedLegs: readonly (string | null)[]) {
  const of = await device()
  const port = await inlet(of, 'in')
  const outlets: number[] = []
  for (const [at, leg] of feedLegs.entries()) outlets.push(await outlet(of, `out${at}`, port, leg))
  return { of, port, outlets }
}

/** A device that draws something, plugged into an outlet. */
async function consumer(into: number, allocated_draw: number | null, maximum_draw: number | null): Promise<number> {
  const port = await inlet(await device(), 'psu', { allocated_draw, maximum_draw })
  await plug(port, end('poweroutlet', into))
  return port
}

test('a port without figures draws what all below it draw, leg by leg at a three-phase feed', async () => {
  const top = await distribution('A', 'A', 'B', 'C', null)
  const three = await feed('three', { phase: 'three-phase', voltage: 230, amperage: 16 })
  await plug(top.port, end('powerfeed', three))
  const lower = await distribution(null, null)
  await plug(lower.port, end('poweroutlet', top.outlets[2]!))
  await consumer(top.outlets[0]!, 100, 200)
  await consumer(top.outlets[1]!, 50, null)
  await consumer(lower.outlets[0]!, 300, 400)
  await consumer(lower.outlets[1]!, null, 70)

  // 230 V × 16 A × 80 % × 1.732
  const available = 5099
  const [load] = await read(`devices/${top.of}/power`)
  assert.deepEqual(
    [load.port.id, load.feed.id, load.outlets, load.allocated, load.maximum, load.available, load.percent],
    [top.port, three, 5, 450, 670, available, 8.8],
  )
  assert.deepEqual(
    load.legs.map((leg: any) => [leg.leg, leg.outlets, leg.allocated, leg.maximum, leg.available, leg.percent]),
    [
      ['A', 2, 150, 200, 1700, 8.8],
      ['B', 1, 300, 470, 1700, 17.7],
      ['C', 1, 0, 0, 1700, 0],
    ],
  )
  const [below] = await read(`devices/${lower.of}/power`)
  assert.deepEqual(
    [below.feed, below.available, below.percent, below.outlets, below.allocated, below.legs],
    [null, null, null, 2, 300, []],
  )
  const ofFeed = await read(`power-feeds/${three}/power`)
  assert.deepEqual(
    [ofFeed.allocated, ofFeed.maximum, ofFeed.available, ofFeed.ports.map((port: any) => port.id), ofFeed.legs.length],
    [450, 670, available, [top.port], 3],
  )
})

test('figures of its own, even one alone, stand for all below a port', async () => {
  const top = await distribution(null)
  await consumer(top.outlets[0]!, 500, 600)
  await ask('PATCH', `dcim/power-ports/${top.port}/`, { maximum_draw: 40 })
  const [load] = await read(`devices/${top.of}/power`)
  assert.deepEqual([load.allocated, load.maximum, load.outlets, load.legs], [0, 40, 1, []])
})

test('distribution that leads back to itself ends', async () => {
  const [one, other] = [await distribution(null, null), await distribution(null, null)]
  await plug(other.port, end('poweroutlet', one.outlets[0]!))
  await plug(one.port, end('poweroutlet', other.outlets[0]!))
  await consumer(one.outlets[1]!, 10, 10)
  await consumer(other.outlets[1]!, 5, 5)
  const [[first], [second]] = [await read(`devices/${one.of}/power`), await read(`devices/${other.of}/power`)]
  assert.deepEqual([first.allocated, second.allocated], [15, 15])
})

test('what one cable feeds from two outlets is counted once', async () => {
  const top = await distribution(null, null)
  const port = await inlet(await device(), 'psu', { allocated_draw: 80 })
  await plug(port, end('poweroutlet', top.outlets[0]!), end('poweroutlet', top.outlets[1]!))
  assert.equal((await read(`devices/${top.of}/power`))[0].allocated, 80)
})

test('five levels of distribution cost as many statements as one', async () => {
  const chain = [await distribution(null)]
  while (chain.length < 5) {
    const next = await distribution(null)
    await plug(next.port, end('poweroutlet', chain.at(-1)!.outlets[0]!))
    chain.push(next)
  }
  await consumer(chain.at(-1)!.outlets[0]!, 33, 44)
  const costs: number[] = []
  for (const { of } of [chain[0]!, chain[4]!]) {
    let statements = 0
    const stop = db.watch(() => void statements++)
    const [load] = await read(`devices/${of}/power`)
    stop()
    assert.equal(load.allocated, 33)
    costs.push(statements)
  }
  assert.equal(costs[0], costs[1])
})

test('the space, power and weight of a rack', async () => {
  const rack = await make('racks', { name: 'R', site, u_height: 10, weight: 90, max_weight: 200, weight_unit: 'kg' })
  assert.deepEqual((await read(`racks/${rack}/utilization`)).power, {
    available: 0,
    allocated: 0,
    maximum: 0,
    outlets: 0,
    percent: 0,
  })
  const server = await device({ rack, position: 1, face: 'front' })
  await device({ rack, position: 2.5, face: 'rear' })
  await device({ rack, device_type: uncounted, position: 5, face: 'front' })
  await device({ rack })
  await make('rack-reservations', { rack, units: [2, 9], user: 1, description: 'kept' })
  const supply = await feed('of rack', { rack, voltage: 100, amperage: 10, max_utilization: 100 })
  await feed('spare', { rack, voltage: 100, amperage: 10, max_utilization: 100 })
  await plug(await inlet(server, 'psu', { allocated_draw: 250, maximum_draw: 500 }), end('powerfeed', supply))
  const module_type = (
    await ask('POST', 'dcim/module-types/', { manufacturer, model: 'card', weight: 500, weight_unit: 'g' })
  ).body.id
  const module_bay = await make('module-bays', { device: server, name: 'slot' })
  await make('modules', { device: server, module_bay, module_type, status: 'active' })
  assert.deepEqual(await read(`racks/${rack}/utilization`), {
    // U1, U2 and the lower half of U3, and U9.
    space: { units: 10, taken: 3.5, percent: 35 },
    power: { available: 2000, allocated: 250, maximum: 500, outlets: 0, percent: 12.5 },
    weight: { own: 90, total: 120.5, maximum: 200, percent: 15.3 },
  })
})

test('a panel sums up its feeds, those out of sight too, and names those in sight', async () => {
  const other = await make('power-panels', { site, name: 'Q' })
  const line = { power_panel: other, voltage: 100, amperage: 10, max_utilization: 50 }
  const [first] = [await feed('b', line), await feed('a', line)]
  await plug(await inlet(await device(), 'psu', { allocated_draw: 100 }), end('powerfeed', first!))
  const all = await read(`power-panels/${other}/power`)
  assert.deepEqual([all.available, all.allocated, all.percent], [1000, 100, 10])
  assert.deepEqual(
    all.feeds.map(({ feed, percent }: any) => [feed.display, percent]),
    [
      ['a', 0],
      ['b', 20],
    ],
  )
  const guest = await grantTo(
    db,
    { actions: ['view'], model: 'dcim.powerpanel', constraints: null },
    { actions: ['view'], model: 'dcim.powerfeed', constraints: { name: 'b' } },
  )
  const seen = await read(`power-panels/${other}/power`, guest)
  assert.deepEqual([seen.available, seen.feeds.map(({ feed }: any) => feed.display)], [1000, ['b']])
  assert.equal((await ask('GET', `dcim/power-feeds/${first}/power/`, undefined, guest)).status, 200)
  assert.equal((await ask('GET', `dcim/racks/1/utilization/`, undefined, guest)).status, 403)
})
