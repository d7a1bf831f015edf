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

const named = (name: string) => ({ name, slug: name.toLowerCase() })
const site = await make('sites', named('Site'))
const manufacturer = await make('manufacturers', named('Maker'))
const role = await make('device-roles', { ...named('Role'), color: '00aa00' })
const device_type = await make('device-types', { manufacturer, model: 'M1', slug: 'm1', u_height: 2 })
const rack = await make('racks', { name: 'R1', site, u_height: 10, facility_id: 'F1' })
const device = (name: string, more: object) => make('devices', { name, site, role, device_type, rack, ...more })
const mounted = await device('mounted', { position: 3, face: 'rear', serial: 'S1', status: 'planned' })
const loose = await device('loose', {})
const secret = await device('secret', { position: 7, face: 'front' })
const reservation = await make('rack-reservations', { rack, units: [1, 2], user: 1, description: 'for later' })

const read = async (query = '', user?: number): Promise<any[]> => {
  const { status, body } = await ask('GET', `dcim/racks/elevations/?${query}`, undefined, user)
  assert.equal(status, 200, JSON.stringify(body))
  return body.results
}

test('a rack is told with all that is drawn of it', async () => {
  const [told] = await read(`id=${rack}`)
  const { devices, reservations, rack: brief, ...rest } = told
  assert.equal(brief.display, 'R1 (F1)')
  assert.deepEqual(
    [rest.u_height, rest.starting_unit, rest.desc_units, rest.space, rest.hidden],
    [10, 1, false, { units: 10, taken: 6, percent: 60 }, []],
  )
  assert.deepEqual(
    devices.map(({ id, position, face, height, full_depth }: any) => [id, position, face, height, full_depth]),
    [
      [mounted, 3, 'rear', 2, true],
      [secret, 7, 'front', 2, true],
      [loose, null, null, 2, true],
    ],
  )
  const { label, make: maker, color, status, serial, front_image: image } = devices[0]
  assert.deepEqual(
    [label, maker, color, status, serial, image],
    ['mounted', 'Maker M1', '00aa00', { value: 'planned', label: 'Planned' }, 'S1', null],
  )
  assert.deepEqual(reservations, [
    { id: reservation, units: [1, 2], description: 'for later', status: 'active', user: 'root', tenant: null },
  ])
})

test('of what is out of sight the units are told, and nothing else', async () => {
  const guest = await grantTo(
    db,
    { actions: ['view'], model: 'dcim.rack', constraints: null },
    { actions: ['view'], model: 'dcim.device', constraints: { name: 'mounted' } },
  )
  const [told] = await read('', guest)
  assert.deepEqual(
    told.devices.map(({ id }: any) => id),
    [mounted],
  )
  assert.deepEqual(told.hidden, [{ position: 7, face: 'front', height: 2, full_depth: true }])
  assert.deepEqual(told.reservations, [{ units: [1, 2] }])
})

test('racks are found by the room that they have', async () => {
  const found = async (room: string) => (await read(`room=${room}`)).map(({ name }) => name)
  assert.deepEqual(await found('2'), ['R1'])
  assert.deepEqual(await found('2.5'), [])
  const { status, body } = await ask('GET', 'dcim/racks/elevations/?room=0.7')
  assert.deepEqual([status, Object.keys(body)], [400, ['room']])
})

test('a page of racks costs as many statements as one rack', async () => {
  const more = Array.from({ length: 40 }, (_, n) => ({ name: `x${n}`, site }))
  assert.equal((await ask('POST', 'dcim/racks/', more)).status, 201)
  const costs: number[] = []
  for (const query of [`id=${rack}`, 'limit=100']) {
    let statements = 0
    const stop = db.watch(() => void statements++)
    await read(query)
    stop()
    costs.push(statements)
  }
  assert.equal(costs[0], costs[1])
})
