import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '../../tests/database.ts'
import { statementsOf } from '../../tests/statements.ts'
import { restOf } from '../../tests/integrity/app.ts'
import { grantTo } from '../../tests/integrity/grant.ts'

const db = await testDatabase()
const ask = await restOf(db)

async function make(path: string, body: object): Promise<number> {
  const answer = await ask('POST', `dcim/${path}/`, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id
}

const named = (name: string) => ({ name, slug: name.toLowerCase() })
const [here, there] = [await make('sites', named('Here')), await make('sites', named('There'))]
const room = await make('locations', { ...named('Room'), site: there })
const manufacturer = await make('manufacturers', named('Maker'))
const role = await make('device-roles', named('Role'))
const type = (slug: string, more: object) => make('device-types', { manufacturer, model: slug, slug, ...more })
const full = await type('full', { u_height: 2 })
const half = await type('half', { u_height: 1, is_full_depth: false })
const rack = await make('racks', { name: 'R1', site: here, u_height: 10 })
const far = await make('racks', { name: 'R2', site: there, location: room, u_height: 10 })
const rackless = { rack: null, position: null, face: '' }

/** Devices of the test at hand: two of full depth at U1 and U3, three shallow ones at the front of U5, U6 and U7. */
const [a, b, c, d, e] = await Promise.all(
  ['a', 'b', 'c', 'd', 'e'].map((name, at) =>
    make('devices', { name, site: here, role, device_type: at < 2 ? full : half }),
  ),
)
const start = {
  [a!]: { rack, position: 1, face: 'front' },
  [b!]: { rack, position: 3, face: 'front' },
  [c!]: { rack, position: 5, face: 'front' },
  [d!]: { rack, position: 6, face: 'front' },
  [e!]: { rack, position: 7, face: 'front' },
} as const

const move = (items: unknown, user?: number) => ask('POST', 'dcim/devices/move/', items, user)
const place = (id: number, position: number, face = 'front', to = rack) => ({ id, rack: to, position, face })

/** Where devices are: rack, position, face, site and location. */
async function placeOf(id: number): Promise<string> {
  const { body } = await ask('GET', `dcim/devices/${id}/`)
  return [body.rack?.display, body.position, body.face?.value, body.site.name, body.location?.name].join(' ')
}

async function changes(): Promise<number> {
  return (await ask('GET', 'core/object-changes/?limit=1')).body.count
}

beforeEach(async () => {
  const home = { site: here, location: null }
  const away = await move(Object.keys(start).map(id => ({ id, ...rackless })))
  assert.equal(away.status, 200, JSON.stringify(away.body))
  const put = Object.entries(start).map(([id, at]) => ({ id: Number(id), ...home, ...at }))
  const back = await ask('PATCH', 'dcim/devices/', put)
  assert.equal(back.status, 200, JSON.stringify(back.body))
})

test('two devices swap their places, which a bulk change does not do', async () => {
  const swap = [place(a!, 3), place(b!, 1)]
  const oneByOne = await ask('PATCH', 'dcim/devices/', swap)
  assert.deepEqual([oneByOne.status, oneByOne.body.errors.length], [400, 1], JSON.stringify(oneByOne.body))
  const { status, body } = await move(swap)
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    body.map((device: any) => [device.name, device.position]),
    [
      ['a', 3],
      ['b', 1],
    ],
  )
  assert.deepEqual([await placeOf(a!), await placeOf(b!)], ['R1 3 front Here ', 'R1 1 front Here '])
})

test('a stack shifts by a unit, upwards and downwards, whatever the order', async () => {
  const up = [place(c!, 6), place(d!, 7), place(e!, 8)]
  assert.equal((await move(up)).status, 200)
  assert.equal((await move([place(e!, 7), place(c!, 5), place(d!, 6)])).status, 200)
  assert.deepEqual(await Promise.all([c!, d!, e!].map(placeOf)), [
    'R1 5 front Here ',
    'R1 6 front Here ',
    'R1 7 front Here ',
  ])
})

test('a move is recorded with where a device was and where it is', async () => {
  const { request } = await move([{ ...place(a!, 9), changelog_message: 'more air' }])
  const { body } = await ask('GET', `core/object-changes/?request_id=${request}`)
  const [change] = body.results
  assert.deepEqual([body.count, change.action.value, change.message], [1, 'update', 'more air'])
  assert.deepEqual([change.prechange_data.position, change.postchange_data.position].map(Number), [1, 9])
})

test('a device goes to the place of its rack, and what is in it follows', async () => {
  const port = await make('interfaces', { device: c, name: 'eth0', type: 'virtual' })
  assert.equal((await move([place(c!, 1, 'rear', far)])).status, 200)
  assert.equal(await placeOf(c!), 'R2 1 rear There Room')
  const { rows } = await db.pool.query('select _site_id as site, _rack_id as rack from dcim_interface where id = $1', [
    port,
  ])
  assert.deepEqual(rows, [{ site: there, rack: far }])
  assert.equal((await move([{ id: c, rack: null }])).status, 200)
  assert.equal(await placeOf(c!), '   There Room')
  await ask('DELETE', `dcim/interfaces/${port}/`)
})

test('whoever does not fit is told what is in the way, and nobody moves', async () => {
  const before = await changes()
  const { status, body } = await move([place(c!, 9), place(d!, 2), place(e!, 10.5), place(a!, 1)])
  assert.deepEqual([status, body.detail], [400, '2 of 4 objects could not be updated.'])
  assert.deepEqual(body.errors, [
    {
      id: d,
      errors: { position: ['U2 is not free: a (U1–U2, full depth) would be in the way.'] },
    },
    {
      id: e,
      errors: {
        position: ['U10.5 is already occupied or does not have sufficient space to accommodate this device type (1U).'],
      },
    },
  ])
  assert.equal(await placeOf(c!), 'R1 5 front Here ')
  assert.equal(await changes(), before)
})

test('devices that move are checked against each other', async () => {
  const { status, body } = await move([place(c!, 9), place(d!, 9)])
  assert.equal(status, 400)
  assert.deepEqual(
    body.errors.map(({ id, errors }: any) => [id, errors.position]),
    [[d, ['U9 is not free: c (U9, front) would be in the way.']]],
  )
  assert.equal((await move([place(c!, 9), place(d!, 9, 'rear')])).status, 200)
})

test('other rules of devices hold', async () => {
  const wrong: [object, string][] = [
    [{ id: a, position: 9.3 }, 'position'],
    [{ id: a, position: 9, face: '' }, 'face'],
    [{ id: a, rack: 999_999 }, 'rack'],
    [{ id: a, name: 'other' }, 'name'],
    [{ id: 999_999, position: 1 }, 'id'],
    [{ position: 1 }, 'id'],
  ]
  for (const [item, key] of wrong) {
    const { status, body } = await move([item])
    assert.deepEqual([status, Object.keys(body.errors[0].errors)], [400, [key]], JSON.stringify(body))
  }
  assert.equal((await move({ id: a, position: 9 })).status, 400)
  assert.deepEqual(Object.keys((await move([place(a!, 9), place(a!, 8)])).body.errors[0].errors), ['id'])
  const twin = await make('devices', { name: 'A', site: there, role, device_type: full })
  assert.deepEqual((await move([place(a!, 1, 'front', far)])).body.errors, [
    { id: a, errors: { __all__: ['Device name must be unique per site and tenant.'] } },
  ])
  await ask('DELETE', `dcim/devices/${twin}/`)
})

test('nobody moves what they may not change, before or after', async () => {
  const views = { actions: ['view'], model: 'dcim.rack', constraints: null }
  const mover = await grantTo(db, views, {
    actions: ['view', 'change'],
    model: 'dcim.device',
    constraints: { site__slug: 'here' },
  })
  assert.equal((await move([place(a!, 9)], mover)).status, 200)
  const outside = await move([place(b!, 1), place(a!, 1, 'front', far)], mover)
  assert.equal(outside.status, 403)
  assert.deepEqual(
    outside.body.errors.map(({ id }: any) => id),
    [a],
  )
  assert.deepEqual([await placeOf(a!), await placeOf(b!)], ['R1 9 front Here ', 'R1 3 front Here '])
  await move([place(a!, 1, 'front', far)])
  const unreachable = await move([place(a!, 3, 'front', far)], mover)
  assert.deepEqual([unreachable.status, Object.keys(unreachable.body.errors[0].errors)], [400, ['id']])
  const viewer = await grantTo(db, views, { actions: ['view'], model: 'dcim.device', constraints: null })
  assert.equal((await move([place(b!, 9)], viewer)).status, 403)
})

test('of what is in the way the name is told to those who may view it alone', async () => {
  const mover = await grantTo(
    db,
    { actions: ['change'], model: 'dcim.device', constraints: null },
    { actions: ['view'], model: 'dcim.device', constraints: { name: 'c' } },
  )
  const { body } = await move([place(d!, 1)], mover)
  assert.deepEqual(body.errors[0].errors.position, [
    'U1 is not free: a device that you may not view (U1–U2, full depth) would be in the way.',
  ])
  const seen = await move([place(d!, 5)], mover)
  assert.deepEqual(seen.body.errors[0].errors.position, ['U5 is not free: c (U5, front) would be in the way.'])
})

test('many devices move in as many statements as few', async () => {
  const costs: number[] = []
  for (const ids of [
    [c!, d!],
    [a!, b!, c!, d!, e!],
  ]) {
    const items = ids.map(id => ({ id, ...rackless }))
    costs.push(await statementsOf(db, async () => assert.equal((await move(items)).status, 200)))
  }
  assert.equal(costs[1], costs[0])
})

/** The half units, face by face, that devices take; null where two take the same, or one sticks out of its rack. */
function takenBy(places: ReadonlyMap<number, ReturnType<typeof place>>): Set<string> | null {
  const taken = new Set<string>()
  for (const [id, { rack: of, position, face }] of places) {
    const isFull = id === a || id === b
    for (let half = position * 2; half < position * 2 + (isFull ? 4 : 2); half++)
      for (const side of isFull ? ['front', 'rear'] : [face]) {
        const key = `${of} ${side} ${half}`
        if (half < 2 || half > 21 || taken.has(key)) return null
        taken.add(key)
      }
  }
  return taken
}

test('whatever moves at once: all of it where it ends without overlap, else none', async () => {
  const everyone = Object.entries(start).map(([id, at]) => [Number(id), { id: Number(id), ...at }] as const)
  const target = fc.record({
    to: fc.constantFrom(rack, far),
    position: fc.integer({ min: 1, max: 22 }).map(half => half / 2),
    face: fc.constantFrom('front', 'rear'),
  })
  const moves = fc.dictionary(fc.constantFrom(...Object.keys(start)), target, { minKeys: 1, noNullPrototype: true })
  let [state, kept, refused] = [new Map<number, ReturnType<typeof place>>(everyone), 0, 0]
  await fc.assert(
    fc.asyncProperty(moves, async asked => {
      const items = Object.entries(asked).map(([id, { to, position, face }]) => place(Number(id), position, face, to))
      const next = new Map([...state, ...items.map(item => [item.id, item] as const)])
      const { status, body } = await move(items)
      assert.equal(status, takenBy(next) ? 200 : 400, JSON.stringify([[...state.values()], items, body]))
      if (status === 200) [state, kept] = [next, kept + 1]
      else refused++
      const { rows } = await db.pool.query(
        'select id::int, rack_id::int as rack, position::float, face from dcim_device where id = any($1) order by id',
        [[...state.keys()]],
      )
      assert.deepEqual(
        rows,
        [...state.values()].sort((one, other) => one.id - other.id),
      )
    }),
    { numRuns: 80, endOnFailure: true },
  )
  assert.ok(kept > 5 && refused > 5, `${kept} kept, ${refused} refused`)
})

test('of requests at the same moment one alone gets the room', async () => {
  for (let round = 0; round < 5; round++) {
    const answers = await Promise.all([move([place(a!, 9)]), move([place(b!, 8)]), move([place(c!, 9)])])
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, JSON.stringify(answers.map(x => x.body)))
    assert.equal((await move(Object.entries(start).map(([id, at]) => ({ id, ...at })))).status, 200)
  }
})
