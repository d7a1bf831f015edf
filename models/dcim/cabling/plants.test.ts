import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '../../../tests/database.ts'
import { testWriter } from '../../../tests/writer.ts'
import { assertPaths } from './slow-tracer.assert.ts'

const db = await testDatabase()
const { create, change, remove, rows } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const site = await one('dcim.site', { name: 'Site', slug: 'site' })
const manufacturer = await one('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
const device_type = await one('dcim.devicetype', { manufacturer, model: 'Type', slug: 'type' })
const role = await one('dcim.devicerole', { name: 'Role', slug: 'role', color: 'aa0000' })
const provider = await one('circuits.provider', { name: 'Provider', slug: 'provider' })
const network = await one('circuits.providernetwork', { name: 'Cloud', provider })
const kind = await one('circuits.circuittype', { name: 'Kind', slug: 'kind' })
const power_panel = await one('dcim.powerpanel', { site, name: 'Panel' })

type End = readonly (readonly [model: string, id: number])[]
interface Cord {
  readonly a: End
  readonly b: End
  readonly profile?: string
  readonly status?: string
}

const listed = (end: End) => end.map(([object_type, object_id]) => ({ object_type, object_id }))
const cable = ({ a, b, ...more }: Cord) => ({ a_terminations: listed(a), b_terminations: listed(b), ...more })

/** What may be drawn at random while a plant is built and changed. */
type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T

/**
 * Panels within panels: a cabinet of `depth` tiers, each of which gathers four trunks of the tier below into one trunk of
 * four times the positions. Returns the ports that people plug into, and the trunk of the whole.
 */
async function cabinet(draw: Draw, name: string, depth: number): Promise<{ fronts: number[]; trunk: number }> {
  const [device] = await create('dcim.device', { name, site, device_type, role })
  const width = 4 ** depth
  const fronts: number[] = []
  let below: { rear: number; width: number }[] = []
  for (let tier = 1; tier <= depth; tier++) {
    const [size, strands] = [4 ** tier, 4 ** (tier - 1)]
    const rears = await create(
      'dcim.rearport',
      ...Array.from({ length: width / size }, (_, at) => ({
        device,
        name: `r${tier}.${at}`,
        type: 'mpo',
        positions: size,
      })),
    )
    const made = await create(
      'dcim.frontport',
      ...rears.flatMap((rear, at) =>
        draw(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })).map((slot, place) => ({
          device,
          name: `f${tier}.${at}.${place}`,
          type: tier === 1 ? 'lc' : 'mpo',
          positions: strands,
          rear_ports: Array.from({ length: strands }, (_, position) => ({
            position: position + 1,
            rear_port: rear,
            rear_port_position: slot * strands + position + 1,
          })),
        })),
      ),
    )
    if (tier === 1) fronts.push(...made)
    else
      await create(
        'dcim.cable',
        ...below.map(({ rear }, at) => cable({ a: [['dcim.rearport', rear]], b: [['dcim.frontport', made[at]!]] })),
      )
    below = rears.map(rear => ({ rear, width: size }))
  }
  return { fronts, trunk: below[0]!.rear }
}

const trunkProfiles = { 4: 'single-1c4p', 16: 'single-1c16p' } as Readonly<Record<number, string>>

/** A plant of some 2,000 cables: pairs of cabinets, switches plugged into them and to each other, circuits, power. */
async function build(draw: Draw): Promise<void> {
  const switches = await create(
    'dcim.device',
    ...Array.from({ length: 25 }, (_, at) => ({ name: `switch ${at}`, site, device_type, role })),
  )
  const interfaces = await create(
    'dcim.interface',
    ...switches.flatMap(device =>
      Array.from({ length: 96 }, (_, at) => ({ device, name: `eth${at}`, type: '10gbase-x-sfpp' })),
    ),
  )
  const free = draw(fc.shuffledSubarray([...interfaces], { minLength: interfaces.length }))
  const port = (): End => [['dcim.interface', free.pop()!]]
  const cords: Cord[] = []
  const status = () => draw(fc.constantFrom('connected', 'connected', 'connected', 'planned'))

  for (let pair = 0; pair < 14; pair++) {
    const depth = 1 + (pair % 3)
    const [near, far] = [await cabinet(draw, `near ${pair}`, depth), await cabinet(draw, `far ${pair}`, depth)]
    const profile = draw(fc.boolean()) ? trunkProfiles[4 ** depth] : undefined
    cords.push({
      a: [['dcim.rearport', near.trunk]],
      b: [['dcim.rearport', far.trunk]],
      ...(profile && { profile }),
      status: status(),
    })
    for (const front of [...near.fronts, ...far.fronts])
      if (free.length > 400 && draw(fc.integer({ min: 0, max: 9 })) > 0)
        cords.push({ a: port(), b: [['dcim.frontport', front]], status: status() })
  }
  for (let at = 0; at < 25; at++)
    cords.push({ a: port(), b: [...port(), ...port(), ...port(), ...port()], profile: 'breakout-1c4p-4c1p' })

  const circuits = await create(
    'circuits.circuit',
    ...Array.from({ length: 40 }, (_, at) => ({ cid: `c${at}`, provider, type: kind })),
  )
  const places = { site: ['dcim.site', site], cloud: ['circuits.providernetwork', network] } as const
  const sides = await create(
    'circuits.circuittermination',
    ...circuits.flatMap((circuit, at) =>
      ['A', 'Z'].map(term_side => {
        const [termination_type, termination_id] = places[at % 4 === 0 && term_side === 'Z' ? 'cloud' : 'site']
        return { circuit, term_side, termination_type, termination_id }
      }),
    ),
  )
  for (const [at, side] of sides.entries())
    if (at % 8 !== 1) cords.push({ a: port(), b: [['circuits.circuittermination', side]], status: status() })
  while (free.length > 20) cords.push({ a: port(), b: port(), status: status() })

  // Power: a feed to each distribution unit, its outlets to units behind it and to servers.
  const feeds = await create(
    'dcim.powerfeed',
    ...Array.from({ length: 12 }, (_, at) => ({ power_panel, name: `feed ${at}` })),
  )
  let sources: End = feeds.map(id => ['dcim.powerfeed', id] as const)
  for (const tier of [1, 2, 3]) {
    const units = await create(
      'dcim.device',
      ...sources.map((_, at) => ({ name: `unit ${tier}.${at}`, site, device_type, role })),
    )
    const inlets = await create('dcim.powerport', ...units.map(device => ({ device, name: 'in' })))
    for (const [at, inlet] of inlets.entries())
      cords.push({ a: [sources[at]!], b: [['dcim.powerport', inlet]], status: status() })
    const outlets =
      tier === 3
        ? []
        : await create(
            'dcim.poweroutlet',
            ...units.flatMap((device, at) =>
              Array.from({ length: 5 }, (_, place) => ({ device, name: `out ${place}`, power_port: inlets[at] })),
            ),
          )
    sources = outlets.map(id => ['dcim.poweroutlet', id] as const)
  }
  await create('dcim.cable', ...cords.map(cable))
}

/** Some rows of a table, drawn at random. */
async function some(draw: Draw, table: string, many: number, where = 'true'): Promise<number[]> {
  const ids = (await rows(`select id from ${table} where ${where} order by id`)).map(row => row.id as number)
  return draw(fc.shuffledSubarray(ids, { minLength: Math.min(1, ids.length), maxLength: Math.min(many, ids.length) }))
}

const edits: Readonly<Record<string, (draw: Draw) => Promise<unknown>>> = {
  'cables are pulled': async draw => remove('dcim.cable', ...(await some(draw, 'dcim_cable', 40))),
  'a trunk is planned only': async draw => {
    for (const id of await some(draw, 'dcim_cable', 3, 'id in (select cable_id from dcim_rearport)'))
      await change('dcim.cable', id, { status: 'planned' })
  },
  'a panel is taken out': async draw =>
    remove('dcim.device', ...(await some(draw, 'dcim_device', 1, "name like '%r %'"))),
  'a switch and a distribution unit are taken out': async draw =>
    remove(
      'dcim.device',
      ...(await some(draw, 'dcim_device', 1, "name like 'switch%'")),
      ...(await some(draw, 'dcim_device', 1, "name like 'unit 1%'")),
    ),
  'ports are mapped elsewhere': async draw => {
    for (const id of await some(draw, 'dcim_frontport', 3)) await change('dcim.frontport', id, { rear_ports: [] })
  },
  'a cord is moved to another port': async draw => {
    const ports = await some(draw, 'dcim_frontport', 4, 'cable_id is null and positions = 1')
    const cords = await some(
      draw,
      'dcim_cable',
      4,
      "id in (select cable_id from dcim_interface where cable_end = 'A') and profile is null",
    )
    for (const [at, id] of cords.entries())
      if (ports[at]) await change('dcim.cable', id, { b_terminations: listed([['dcim.frontport', ports[at]]]) })
  },
  'circuits end': async draw => remove('circuits.circuit', ...(await some(draw, 'circuits_circuit', 3))),
  'a circuit loses an end': async draw =>
    remove('circuits.circuittermination', ...(await some(draw, 'circuits_circuittermination', 2))),
  'what is free is plugged': async draw => {
    const ports = await some(draw, 'dcim_interface', 40, 'cable_id is null')
    const fronts = await some(draw, 'dcim_frontport', 40, 'cable_id is null and positions = 1')
    const cords = fronts.flatMap((front, at) =>
      ports[at] ? [cable({ a: [['dcim.interface', ports[at]]], b: [['dcim.frontport', front]] })] : [],
    )
    if (cords.length) await create('dcim.cable', ...cords)
  },
}

test('in a plant of 2,000 cables, panels in panels, all paths stay right through whatever is changed', async t => {
  const first = Number(process.env['SEED'] ?? randomInt(1e9))
  t.diagnostic(`SEED=${first}`)
  let seed = first
  const draw: Draw = arbitrary => fc.sample(arbitrary, { seed: seed++, numRuns: 1 })[0]!
  await build(draw)
  const cables = Number((await rows('select count(*) from dcim_cable'))[0].count)
  assert.ok(cables >= 2000, `${cables} cables`)
  await assertPaths(rows)
  for (const name of draw(fc.shuffledSubarray(Object.keys(edits), { minLength: Object.keys(edits).length })))
    await t.test(name, async () => {
      await edits[name]!(draw)
      await assertPaths(rows)
    })
})
