import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
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
const manufacturer = await make('manufacturers', named('Maker'))
const role = await make('device-roles', named('Role'))
const type = (slug: string, more: object) => make('device-types', { manufacturer, model: slug, slug, ...more })
const full = await type('full', { u_height: 2, weight: 30, weight_unit: 'kg' })
const half = await type('half', { u_height: 1, is_full_depth: false })

/** A rack of 6 units with what is mounted in it. */
async function rack(name: string, more: object, ...mounted: readonly [type: number, position: number, face: string][]) {
  const id = await make('racks', { name, site: here, u_height: 6, ...more })
  for (const [device_type, position, face] of mounted)
    await make('devices', {
      site: (more as { site?: number }).site ?? here,
      role,
      rack: id,
      device_type,
      position,
      face,
    })
  return id
}

const deviceIn = async (rack: number): Promise<number> =>
  (await ask('GET', `dcim/devices/?rack_id=${rack}`)).body.results[0].id

const crowded = await rack('crowded', {}, [full, 1, 'front'], [half, 4, 'rear'])
const upward = await rack('high', { starting_unit: 11 }, [half, 12.5, 'front'])
const downward = await rack('down', { desc_units: true, site: there }, [full, 5, 'rear'])
const full6 = await rack('full', {}, [full, 1, 'front'], [full, 3, 'front'], [full, 5, 'front'])
const reserved = await rack('reserved', { site: there })
await make('rack-reservations', { rack: reserved, units: [2, 3, 5], user: 1, description: 'for a friend' })

interface Slot {
  readonly rack: { readonly id: number; readonly display: string }
  readonly site: { readonly id: number }
  readonly location: null
  readonly positions: readonly number[]
}

async function slots(query: string, user?: number): Promise<Record<number, readonly number[]>> {
  const { status, body } = await ask('GET', `dcim/racks/free-slots/?${query}`, undefined, user)
  assert.equal(status, 200, JSON.stringify(body))
  return Object.fromEntries((body.results as Slot[]).map(({ rack, positions }) => [rack.id, positions]))
}

test('what needs both faces fits where both are free', async () =>
  assert.deepEqual(await slots('u_height=2'), {
    [crowded]: [5],
    [upward]: [13.5, 14, 14.5, 15],
    [downward]: [1, 1.5, 2, 2.5, 3],
  }))

test('what needs one face goes in front of what is behind', async () =>
  assert.deepEqual((await slots('u_height=2&face=front'))[crowded], [3, 3.5, 4, 4.5, 5]))

test('half units are counted', async () => {
  assert.deepEqual((await slots('u_height=1.5'))[upward], [11, 13.5, 14, 14.5, 15, 15.5])
  assert.deepEqual((await slots('u_height=0.5&face=rear'))[crowded], [3, 3.5, 5, 5.5, 6, 6.5])
})

test('reserved units are free for those who ask for them', async () => {
  assert.deepEqual((await slots('u_height=1'))[reserved], [1, 4, 6])
  assert.equal((await slots('u_height=2'))[reserved], undefined)
  assert.deepEqual((await slots('u_height=5.5&include_reserved=true'))[reserved], [1, 1.5])
})

test('a rack without room is not among them, whatever is asked', async () => {
  assert.equal((await slots('u_height=0.5'))[full6], undefined)
  assert.deepEqual(await slots('u_height=6.5'), {})
})

test('filters of racks narrow the search, and its own parameters are none', async () => {
  assert.deepEqual(Object.keys(await slots('site=there&u_height=1')).map(Number), [downward, reserved])
  assert.deepEqual(await slots('u_height__lt=6'), {})
})

test('a rack that may not carry more is left out', async () => {
  const strong = await rack('strong', { max_weight: 100, weight_unit: 'kg' }, [full, 1, 'front'])
  assert.deepEqual(Object.keys(await slots('load=70')), [String(strong)])
  assert.deepEqual(await slots('load=71'), {})
  for (const load of ['heavy', '9'.repeat(30)])
    assert.equal((await ask('GET', `dcim/racks/free-slots/?load=${load}`)).status, 400)
  assert.deepEqual(await slots(`load=${Number.MAX_SAFE_INTEGER}`), {})
  assert.equal((await ask('DELETE', 'dcim/devices/', [{ id: await deviceIn(strong) }])).status, 204)
  assert.equal((await ask('DELETE', `dcim/racks/${strong}/`)).status, 204)
})

test('it is a list: a page at a time, in the order asked for', async () => {
  const { body } = await ask('GET', 'dcim/racks/free-slots/?limit=1&offset=1&ordering=-name')
  assert.equal(body.count, 4)
  assert.deepEqual(
    (body.results as Slot[]).map(({ rack, site }) => [rack.display, site.id]),
    [['high', here]],
  )
  assert.match(body.next, /free-slots\/\?limit=1&offset=2&ordering=-name$/)
  assert.match(body.previous, /free-slots\/\?limit=1&ordering=-name$/)
})

test('what cannot be read is named', async () => {
  const wrong = { 'u_height=0.3': 'u_height', 'u_height=tall': 'u_height', 'u_height=0': 'u_height' }
  for (const [query, key] of Object.entries({
    ...wrong,
    'face=top': 'face',
    'include_reserved=x': 'include_reserved',
  })) {
    const { status, body } = await ask('GET', `dcim/racks/free-slots/?${query}`)
    assert.deepEqual([status, Object.keys(body)], [400, [key]], query)
  }
  const { status, body } = await ask('GET', 'dcim/racks/free-slots/?site=nowhere')
  assert.deepEqual([status, Object.keys(body)], [400, ['site']])
  assert.equal((await ask('POST', 'dcim/racks/free-slots/', {})).status, 405)
})

test('racks out of sight are left out, devices out of sight take their room all the same', async () => {
  const guest = await grantTo(db, { actions: ['view'], model: 'dcim.rack', constraints: { site__slug: 'here' } })
  assert.deepEqual(await slots('u_height=2', guest), { [crowded]: [5], [upward]: [13.5, 14, 14.5, 15] })
  const stranger = await grantTo(db, { actions: ['view'], model: 'dcim.device', constraints: null })
  assert.equal((await ask('GET', 'dcim/racks/free-slots/', undefined, stranger)).status, 403)
})

test('a page of many racks costs as many statements as one of few', async () => {
  const many = Array.from({ length: 1200 }, (_, n) => ({ name: `r${n}`, site: here }))
  assert.equal((await ask('POST', 'dcim/racks/', many)).status, 201)
  const costs: number[] = []
  for (const limit of [1, 1000]) {
    let statements = 0
    const stop = db.watch(() => void statements++)
    const { body } = await ask('GET', `dcim/racks/free-slots/?u_height=3&limit=${limit}`)
    stop()
    assert.deepEqual([body.results.length, body.count], [limit, 1202])
    costs.push(statements)
  }
  assert.equal(costs[0], costs[1])
  assert.ok(costs[0]! <= 9, `${costs[0]} statements`)
})
