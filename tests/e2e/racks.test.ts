import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { button, field, heading, notice } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()
const rackNames = ['R1', 'R2'] as const
type RackName = (typeof rackNames)[number]
const racks = new Map<RackName, number>()

/** `leaf-1` at U10 and `leaf-2`, 2 units of full depth, at U20 of R1; nothing in R2, which is at another site. */
beforeEach(async () => {
  const { rows } = await stage.db.pool.query(`select id, name from dcim_rack where name = any($1)`, [rackNames])
  for (const { id, name } of rows) racks.set(name, Number(id))
  await stage.db.pool.query(
    `update dcim_device as device set position = null, face = null, rack_id = null, location_id = null`,
  )
  const [r1] = (
    await stage.db.pool.query(
      `update dcim_device as device
       set rack_id = rack.id, site_id = rack.site_id, face = 'front', position = case device.name when 'leaf-1' then 10 else 20 end
       from dcim_rack as rack where rack.name = 'R1' and device.name in ('leaf-1', 'leaf-2') returning device.device_type_id`,
    )
  ).rows
  assert.ok(r1)
  await stage.db.pool.query(
    `update dcim_devicetype as type set u_height = case device.name when 'leaf-2' then 2 else 1 end,
       is_full_depth = device.name = 'leaf-2'
     from dcim_device as device where device.device_type_id = type.id and device.name in ('leaf-1', 'leaf-2')`,
  )
})

const faceOf = (page: Page, rack: RackName, face: 'front' | 'rear') =>
  page.locator(`svg[data-rack="${racks.get(rack)}"][data-face="${face}"]`)

const deviceOn = (face: Locator, name: string) => face.getByRole('link', { name: new RegExp(`^${name} `) })

/** Where the middle of a unit is on the screen; the racks of this test have 42. */
async function unitAt(face: Locator, unit: number) {
  await face.scrollIntoViewIfNeeded()
  const box = (await face.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + 1 + (42 - unit + 0.5) * 22 }
}

/** Takes a device by its middle to the middle of a unit; the lower of two, for one that is higher. */
async function dragTo(page: Page, device: Locator, face: Locator, unit: number, drop = true) {
  await device.scrollIntoViewIfNeeded()
  const from = (await device.boundingBox())!
  const height = Math.round(from.height / 22)
  await page.mouse.move(from.x + 60, from.y + (height - 0.5) * 22)
  await page.mouse.down()
  const to = await unitAt(face, unit)
  await page.mouse.move(from.x + 70, from.y + 10)
  await page.mouse.move(to.x, to.y, { steps: 4 })
  if (drop) await page.mouse.up()
}

/** Where a device is in the database. */
async function placeOf(name: string): Promise<string> {
  const { rows } = await stage.db.pool.query(
    `select rack.name as rack, device.position::float, device.face, site.name as site
     from dcim_device as device left join dcim_rack as rack on rack.id = device.rack_id
     join dcim_site as site on site.id = device.site_id where device.name = $1`,
    [name],
  )
  const { rack, position, face, site } = rows[0]!
  return [rack, position, face, site].join(' ')
}

const openRack = async (name: RackName) => {
  const page = await stage.open(`/dcim/racks/${racks.get(name)}/`, { user: 'admin', height: 1200 })
  await heading(page, name)
  await deviceOn(faceOf(page, name, 'front'), 'leaf-1').waitFor()
  return page
}

test('a device is dragged to another unit and to the other face, and put back', async () => {
  const page = await openRack('R1')
  const home = await placeOf('leaf-1')
  const [front, rear] = [faceOf(page, 'R1', 'front'), faceOf(page, 'R1', 'rear')]
  await dragTo(page, deviceOn(front, 'leaf-1'), front, 14)
  await notice(page, 'leaf-1 moved: U14 of R1, front.')
  assert.equal(await placeOf('leaf-1'), home.replace('10', '14'))
  assert.match(page.url(), /\/dcim\/racks\/\d+\/$/, 'a drag opens nothing')
  await dragTo(page, deviceOn(front, 'leaf-1'), rear, 3)
  await notice(page, 'leaf-1 moved: U3 of R1, rear.')
  await deviceOn(rear, 'leaf-1').waitFor()
  assert.equal(await placeOf('leaf-1'), home.replace('10 front', '3 rear'))
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await notice(page, 'leaf-1 is back: U14 of R1, front.')
  assert.equal(await placeOf('leaf-1'), home.replace('10', '14'))
})

test('where a device does not fit it is told why while it is dragged, and nothing happens', async () => {
  const page = await openRack('R1')
  const home = await placeOf('leaf-1')
  const [front, rear] = [faceOf(page, 'R1', 'front'), faceOf(page, 'R1', 'rear')]
  await dragTo(page, deviceOn(front, 'leaf-1'), rear, 21, false)
  const ghost = rear.locator('[data-ghost]')
  await ghost.waitFor()
  assert.equal(await ghost.getAttribute('data-fault'), '')
  assert.match((await ghost.textContent())!, /^U21 leaf-2 is in the way/)
  await picture(page, 'rack-refused')
  await page.mouse.up()
  await notice(page, 'leaf-1 cannot be there: leaf-2 is in the way.')
  assert.equal(await placeOf('leaf-1'), home)
  await dragTo(page, deviceOn(front, 'leaf-1'), front, 30, false)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  assert.equal(await placeOf('leaf-1'), home)
})

test('what the server refuses goes back to where it was', async () => {
  const page = await openRack('R1')
  const home = await placeOf('leaf-1')
  await stage.db.pool.query(
    `update dcim_device set rack_id = (select id from dcim_rack where name = 'R1'), face = 'front', position = 30,
       site_id = (select site_id from dcim_rack where name = 'R1') where name = 'leaf-3'`,
  )
  const front = faceOf(page, 'R1', 'front')
  await dragTo(page, deviceOn(front, 'leaf-1'), front, 30)
  await notice(page, /^leaf-1 was not moved. U30 is not free: leaf-3 \(U30, front\) would be in the way.$/)
  await deviceOn(front, 'leaf-3').waitFor()
  assert.equal(await placeOf('leaf-1'), home)
})

test('a device is moved by keys alone', async () => {
  const page = await openRack('R1')
  const home = await placeOf('leaf-2')
  const [front, rear] = [faceOf(page, 'R1', 'front'), faceOf(page, 'R1', 'rear')]
  await deviceOn(front, 'leaf-2').focus()
  await page.keyboard.press('Space')
  for (let unit = 0; unit < 10; unit++) await page.keyboard.press('ArrowDown')
  const said = page.getByRole('status').filter({ hasText: 'Arrows move it' })
  assert.match((await said.textContent())!, /^leaf-2 U10 front: leaf-1 is in the way\./)
  await page.keyboard.press('Enter')
  await notice(page, 'leaf-2 cannot be there: leaf-1 is in the way.')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await notice(page, 'leaf-2 moved: U8–U9 of R1, rear.')
  assert.equal(await placeOf('leaf-2'), home.replace('20 front', '8 rear'))
  await deviceOn(rear, 'leaf-2').waitFor()
  await page.waitForFunction(`document.activeElement.closest('svg')?.dataset.face === 'rear'`)
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Escape')
  assert.equal(await placeOf('leaf-2'), home.replace('20 front', '8 rear'))
  await page.keyboard.press('Enter')
  await heading(page, 'leaf-2')
})

test('a finger that rests on a device takes it along, and scrolls otherwise', async () => {
  const page = await stage.open(`/dcim/racks/${racks.get('R1')}/`, { user: 'admin', width: 390, height: 1400 })
  const home = await placeOf('leaf-1')
  const front = faceOf(page, 'R1', 'front')
  const finger = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] })
  const swipe = async (rest: number) => {
    await deviceOn(front, 'leaf-1').scrollIntoViewIfNeeded()
    const from = (await deviceOn(front, 'leaf-1').boundingBox())!
    const start = { x: from.x + 50, y: from.y + 11 }
    await touch('touchStart', start)
    await page.waitForTimeout(rest)
    for (const units of [1, 2, 3]) await touch('touchMove', { x: start.x, y: start.y - units * 22 })
    await touch('touchEnd')
  }
  await swipe(0)
  assert.equal(await placeOf('leaf-1'), home)
  await swipe(600)
  await notice(page, 'leaf-1 moved: U13 of R1, front.')
  assert.equal(await placeOf('leaf-1'), home.replace('10', '13'))
})

test('a free unit leads to a new device there', async () => {
  const page = await openRack('R1')
  await faceOf(page, 'R1', 'rear').getByRole('link', { name: 'Add a device at U33, rear' }).click()
  await heading(page, 'New device')
  assert.equal(await field(page, 'Position (U)').inputValue(), '33')
  await page.getByText('R1', { exact: true }).first().waitFor()
  const search = new URL(page.url()).searchParams
  assert.deepEqual(
    [search.get('rack'), search.get('face'), search.get('position')],
    [String(racks.get('R1')), 'rear', '33'],
  )
})

test('a device goes to a rack at another site, from the overview', async () => {
  const page = await stage.open('/dcim/rack-elevations/', { user: 'admin', height: 1200 })
  await heading(page, 'Elevations')
  const [from, to] = [faceOf(page, 'R1', 'front'), faceOf(page, 'R2', 'front')]
  await dragTo(page, deviceOn(from, 'leaf-2'), to, 5)
  await notice(page, 'leaf-2 moved: U5–U6 of R2, front.')
  const { rows } = await stage.db.pool.query(
    `select site.name from dcim_rack as rack join dcim_site as site on site.id = rack.site_id where rack.name = 'R2'`,
  )
  assert.equal(await placeOf('leaf-2'), `R2 5 front ${rows[0].name}`)
  await deviceOn(to, 'leaf-2').waitFor()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'elevations')
})

test('racks are found by the room that they have', async () => {
  const page = await stage.open('/dcim/rack-elevations/', { user: 'admin' })
  await faceOf(page, 'R1', 'front').waitFor()
  await page.getByLabel('Room for').fill('30')
  await faceOf(page, 'R1', 'front').waitFor({ state: 'detached' })
  await faceOf(page, 'R2', 'front').waitFor()
  assert.equal(new URL(page.url()).searchParams.get('room'), '30')
})

test('hundreds of racks cost a request for those in sight', async () => {
  await stage.db.pool.query(
    `insert into dcim_rack (name, facility_id, site_id, status, serial, width, u_height, starting_unit, desc_units,
       description, comments, custom_fields, created, last_updated)
     select 'Z' || n, 'F' || n, (select min(id) from dcim_site), 'active', '', 19, 42, 1, false, '', '', '{}', now(), now()
     from generate_series(1, 300) as n`,
  )
  const page = await stage.open('/', { user: 'admin' })
  const asked: string[] = []
  page.on('request', request => {
    if (request.url().includes('/elevations/?')) asked.push(request.url())
  })
  await page.goto('/dcim/rack-elevations/?name__isw=Z')
  await page.getByRole('link', { name: 'Z1 (F1)' }).waitFor()
  assert.equal(asked.length, 1, asked.join('\n'))
  await page.locator('[data-scrolls]').evaluate(box => box.scrollTo(0, box.scrollHeight))
  await page.getByRole('link', { name: /^Z300 / }).waitFor()
  assert.ok(asked.length <= 4, asked.join('\n'))
  assert.ok((await page.locator('svg[data-face]').count()) < 30)
  await stage.db.pool.query(`delete from dcim_rack where name like 'Z%'`)
})

test('the rack page can be read by all', async () => {
  const page = await openRack('R1')
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'rack')
})

test('a device shows where in its rack it is and what it draws, a reservation which units it takes', async () => {
  const { rows } = await stage.db.pool.query(
    `insert into dcim_powerport (device_id, name, label, description, mark_connected, maximum_draw, allocated_draw, custom_fields, created, last_updated)
     select id, 'PSU1', '', '', false, 900, 450, '{}', now(), now() from dcim_device where name = 'leaf-1' returning device_id`,
  )
  const device = rows[0].device_id
  await stage.db.pool.query('update dcim_device set power_port_count = 1 where id = $1', [device])
  const page = await stage.open(`/dcim/devices/${device}/`, { user: 'admin' })
  await page.getByRole('row', { name: 'PSU1 — 450 900' }).waitFor()
  await page.getByRole('heading', { name: 'R1, front' }).waitFor()
  assert.equal(await faceOf(page, 'R1', 'front').locator('[data-lit]').getAttribute('data-device'), String(device))
  const answer = await page.request.post('/api/dcim/rack-reservations/', {
    data: { rack: racks.get('R1'), units: [5, 6], user: 1, description: 'for later' },
    headers: { origin: new URL(page.url()).origin, 'sec-fetch-site': 'same-origin' },
  })
  assert.equal(answer.status(), 201, await answer.text())
  await page.goto(`/dcim/rack-reservations/${((await answer.json()) as { id: number }).id}/`)
  await faceOf(page, 'R1', 'front').getByText('Reserved: for later').first().waitFor({ state: 'attached' })
  assert.deepEqual(await barriers(page), [])
})

test('who may not change devices drags nothing', async () => {
  await stage.db.pool.query(
    `update users_objectpermission set object_types = array_append(object_types, 'dcim.rack') where name = 'View all but racks'`,
  )
  const page = await stage.open(`/dcim/racks/${racks.get('R1')}/`, { user: 'reader', height: 1200 })
  const home = await placeOf('leaf-1')
  const front = faceOf(page, 'R1', 'front')
  await dragTo(page, deviceOn(front, 'leaf-1'), front, 14)
  assert.equal(await page.locator('[data-ghost]').count(), 0)
  assert.equal(await front.getByRole('link', { name: /^Add a device/ }).count(), 0)
  assert.equal(await placeOf('leaf-1'), home)
  assert.equal(await button(page, 'Undo').count(), 0)
})
