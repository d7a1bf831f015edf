import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refused } from '@demarc/engine/write'
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
const type = await one('circuits.circuittype', { name: 'Kind', slug: 'kind' })
const devices = await create('dcim.device', ...['one', 'two'].map(name => ({ name, site, device_type, role })))
const circuits = await create('circuits.circuit', ...['c1', 'c2'].map(cid => ({ cid, provider, type })))
const named = (list: readonly object[]) =>
  devices.flatMap(device => list.map((item, at) => ({ device, name: `${at}`, ...item })))
const copper = { type: '10gbase-t' }
const interfaces = await create('dcim.interface', ...named([copper, copper, copper, copper]))
const split = await create('dcim.interface', ...named([{ ...copper, name: 'split', channels: 4 }]))
await create(
  'dcim.interface',
  ...split.flatMap((parent, at) =>
    [1, 2, 4].map(channel_id => ({ device: devices[at], parent, channel_id, type: 'channel', name: `c${channel_id}` })),
  ),
)
const radios = await create('dcim.interface', ...named([{ type: 'ieee802.11ac', name: 'radio' }]))
const sized = (list: readonly number[]) => list.map(positions => ({ positions, type: '8p8c' }))
const rears = await create('dcim.rearport', ...named(sized([1, 2, 4])))
const fronts = await create('dcim.frontport', ...named(sized([1, 1, 1, 1, 2])))

const profiles = [
  undefined,
  undefined,
  'single-1c1p',
  'single-1c2p',
  'single-1c4p',
  'trunk-2c1p',
  'trunk-2c2p',
  'breakout-1c2p-2c1p',
  'breakout-1c4p-4c1p',
]

const pools = [
  interfaces.map(id => ['dcim.interface', id] as const),
  split.map(id => ['dcim.interface', id] as const),
  fronts.map(id => ['dcim.frontport', id] as const),
  fronts.map(id => ['dcim.frontport', id] as const),
  rears.map(id => ['dcim.rearport', id] as const),
  rears.map(id => ['dcim.rearport', id] as const),
  [0, 1, 2, 3].map(at => ['circuits.circuittermination', at] as const),
]
const end = fc
  .constantFrom(...pools)
  .chain(pool =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...pool).map(node => [node]) },
      { weight: 2, arbitrary: fc.uniqueArray(fc.constantFrom(...pool), { minLength: 2, maxLength: 4, size: 'max' }) },
    ),
  )
const nth = fc.nat(30)
const edit = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('plug' as const), a: end, b: end, profile: fc.constantFrom(...profiles) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unplug' as const), nth }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('replug' as const), nth, end, side: fc.constantFrom('a', 'b') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('reprofile' as const),
      nth,
      profile: fc.constantFrom(...profiles.slice(2)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('status' as const), nth, status: fc.constantFrom('connected', 'planned') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('map' as const),
      front: fc.constantFrom(...fronts),
      to: fc.array(fc.tuple(fc.constantFrom(...rears), fc.integer({ min: 1, max: 4 })), { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('circuit' as const), nth, cloud: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('radio' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resize' as const), nth, positions: fc.constantFrom(1, 2, 4) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('channel' as const), nth, channel_id: fc.integer({ min: 1, max: 4 }) }),
  },
)
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never

const idsOf = async (table: string, where = 'true'): Promise<number[]> =>
  (await rows(`select id from ${table} where ${where} order by id`)).map(row => row.id)

/** Do one thing to the plant. Much of it is refused, which must leave everything as it was. */
async function apply(what: Edit): Promise<void> {
  const terminations = await idsOf('circuits_circuittermination')
  const listed = (nodes: readonly (readonly [string, number])[]) =>
    nodes.map(([object_type, id]) => ({
      object_type,
      object_id: object_type === 'circuits.circuittermination' ? (terminations[id] ?? 0) : id,
    }))
  const pick = (ids: readonly number[], at: number) => ids[at % ids.length]
  const cable = 'nth' in what ? pick(await idsOf('dcim_cable'), what.nth) : undefined
  switch (what.do) {
    case 'plug':
      await create('dcim.cable', {
        a_terminations: listed(what.a),
        b_terminations: listed(what.b),
        ...(what.profile && { profile: what.profile }),
      })
      break
    case 'unplug':
      if (cable) await remove('dcim.cable', cable)
      break
    case 'replug':
      if (cable) await change('dcim.cable', cable, { [`${what.side}_terminations`]: listed(what.end) })
      break
    case 'reprofile':
      if (cable) await change('dcim.cable', cable, { profile: what.profile })
      break
    case 'status':
      if (cable) await change('dcim.cable', cable, { status: what.status })
      break
    case 'map':
      await change('dcim.frontport', what.front, {
        rear_ports: what.to.map(([rear_port, rear_port_position], at) => ({
          position: at + 1,
          rear_port,
          rear_port_position,
        })),
      })
      break
    case 'resize': {
      const [model, ports] = what.nth % 2 ? (['dcim.frontport', fronts] as const) : (['dcim.rearport', rears] as const)
      await change(model, pick(ports, what.nth)!, { positions: what.positions })
      break
    }
    case 'circuit': {
      const place = what.cloud
        ? { termination_type: 'circuits.providernetwork', termination_id: network }
        : { termination_type: 'dcim.site', termination_id: site }
      const circuit = circuits[what.nth % 2]!
      const term_side = what.nth % 4 < 2 ? 'A' : 'Z'
      const [there] = await idsOf(
        'circuits_circuittermination',
        `circuit_id = ${circuit} and term_side = '${term_side}'`,
      )
      if (there) await remove('circuits.circuittermination', there)
      else await create('circuits.circuittermination', { circuit, term_side, ...place })
      break
    }
    case 'radio': {
      const [link] = await idsOf('wireless_wirelesslink')
      if (link) await remove('wireless.wirelesslink', link)
      else await create('wireless.wirelesslink', { interface_a: radios[0], interface_b: radios[1] })
      break
    }
    case 'channel': {
      const channel = pick(await idsOf('dcim_interface', 'channel_id is not null'), what.nth)
      await change('dcim.interface', channel!, { channel_id: what.channel_id, parent: split[what.nth % 2] })
    }
  }
}

async function clear(): Promise<void> {
  await remove('dcim.cable', ...(await idsOf('dcim_cable')))
  await remove('wireless.wirelesslink', ...(await idsOf('wireless_wirelesslink')))
  await remove('circuits.circuittermination', ...(await idsOf('circuits_circuittermination')))
  await rows('delete from dcim_portmapping')
  // As they were made: 1, 2, 4; 1, 1, 1, 1, 2.
  await rows(`update dcim_rearport set positions = (array[1, 2, 4])[name::int + 1]`)
  await rows(`update dcim_frontport set positions = (array[1, 1, 1, 1, 2])[name::int + 1]`)
  await assertPaths(rows)
}

/** A plant to begin with: two panels of four ports with a trunk between them, a circuit, and what is plugged into those. */
async function wire(profile: string | undefined): Promise<void> {
  for (const side of [0, 1])
    for (const at of [0, 1, 2, 3])
      await change('dcim.frontport', fronts[side * 5 + at]!, {
        rear_ports: [{ position: 1, rear_port: rears[side * 3 + 2], rear_port_position: at + 1 }],
      })
  const sides = ['A', 'Z'].map(term_side => ({ term_side, termination_type: 'dcim.site', termination_id: site }))
  const circuit = await create('circuits.circuittermination', ...sides.map(one => ({ circuit: circuits[0], ...one })))
  const cable = (a: [string, number], b: [string, number], more: object = {}) => ({
    a_terminations: [{ object_type: a[0], object_id: a[1] }],
    b_terminations: [{ object_type: b[0], object_id: b[1] }],
    ...more,
  })
  await create(
    'dcim.cable',
    cable(['dcim.rearport', rears[2]!], ['dcim.rearport', rears[5]!], profile ? { profile } : {}),
    cable(['dcim.interface', interfaces[0]!], ['dcim.frontport', fronts[0]!]),
    cable(['dcim.interface', interfaces[1]!], ['dcim.frontport', fronts[1]!]),
    cable(['dcim.interface', interfaces[4]!], ['dcim.frontport', fronts[5]!]),
    cable(['dcim.interface', interfaces[5]!], ['circuits.circuittermination', circuit[0]!]),
    cable(['dcim.frontport', fronts[6]!], ['circuits.circuittermination', circuit[1]!]),
  )
  await assertPaths(rows)
}

test('whatever is plugged, mapped or moved, paths lead where a second tracer says', async () => {
  let [done, refused] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(undefined, 'single-1c4p'),
      fc.array(edit, { minLength: 15, maxLength: 30, size: 'max' }),
      async (profile, edits) => {
        await clear()
        await wire(profile)
        for (const what of edits) {
          try {
            await apply(what)
            done += 1
          } catch (error) {
            if (!(error instanceof Refused)) throw error
            refused += 1
          }
          await assertPaths(rows)
        }
      },
    ),
    {
      numRuns: Number(process.env['RUNS'] ?? 6),
      endOnFailure: true,
      ...(process.env['SEED'] && { seed: Number(process.env['SEED']) }),
    },
  )
  assert.ok(done > refused / 2, `${refused} edits refused, ${done} made`)
})
