import assert from 'node:assert/strict'
import { test } from 'node:test'
import { button, choose, field, heading, link, notice, pick } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

test('interfaces are added to a device by a pattern, in one request', async () => {
  const page = await stage.open('/dcim/devices/1/', { user: 'admin' })
  await heading(page, 'leaf-1')
  await button(page, 'Add').click()
  await page.getByRole('menuitem', { name: 'Interfaces' }).waitFor()
  assert.deepEqual(await barriers(page), [])
  await page.getByRole('menuitem', { name: 'Interfaces' }).press('Enter')
  await heading(page, 'New interface')
  await page.waitForFunction(`document.activeElement.matches('[data-field=module] input')`)
  await field(page, 'Name').fill('xe-0/0/[0-3]')
  await field(page, 'Label').fill('L[1-3]')
  await pick(page, 'Type', 'SFP+ (10GE)')
  await button(page, 'Create').click()
  await page.getByText('This stands for 3 values, but the name for 4.').first().waitFor()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'pattern')
  await field(page, 'Label').fill('L[1-4]')
  const sent = page.waitForRequest(request => request.method() === 'POST')
  await button(page, 'Create').click()
  const bodies = (await sent).postDataJSON() as { name: string; label: string; device: number }[]
  assert.deepEqual(
    bodies.map(({ name, label, device }) => [name, label, device]),
    [0, 1, 2, 3].map(n => [`xe-0/0/${n}`, `L${n + 1}`, 1]),
  )
  await notice(page, '4 interfaces were created.')
  await heading(page, 'leaf-1')
  await page.getByRole('tab', { name: 'Interfaces 8' }).waitFor()

  // One of them is there already: none is made, and it says which.
  await page.goto('/dcim/interfaces/add/?device=1&type=virtual')
  await field(page, 'Name').fill('xe-0/0/[3-5]')
  await button(page, 'Create').click()
  await page.getByRole('alert').getByText('xe-0/0/3').waitFor()
  await page.goto('/dcim/interfaces/?device_id=1&type=virtual')
  await page.getByRole('heading', { name: 'No interfaces match' }).waitFor()
})

test('a range that makes no sense is told at the field', async () => {
  const page = await stage.open('/dcim/device-bays/add/?device=1', { user: 'admin' })
  await field(page, 'Name').fill('Bay [4-1]')
  await button(page, 'Create').click()
  await page.getByText('it must rise').first().waitFor()
  assert.equal(await field(page, 'Name').getAttribute('aria-invalid'), 'true')
})

test('parts are added to several devices at once: to all, or to none', async () => {
  const page = await stage.open('/dcim/devices/?q=leaf-10', { user: 'admin' })
  await link(page, 'leaf-101').waitFor()
  for (const name of ['leaf-101', 'leaf-102', 'leaf-103'])
    await page.getByLabel(`Select ${name}`, { exact: true }).check()
  const bar = page.getByRole('region', { name: 'Selection' })
  const open = async (kind: string) => {
    await button(bar, 'Add…').click()
    await page.getByRole('menuitem', { name: kind }).click()
  }
  await button(bar, 'Add…').click()
  await page.getByRole('menuitem', { name: 'Rear ports' }).waitFor()
  assert.equal(await page.getByRole('menuitem', { name: 'Front ports' }).count(), 0)
  await page.keyboard.press('Escape')

  await open('Interfaces')
  const drawer = page.getByRole('dialog')
  await field(drawer, 'Name').fill('Ethernet[4-5]')
  await pick(page, 'Type', 'SFP+ (10GE)', drawer)
  await button(drawer, 'Add to 3 devices').click()
  await drawer.getByRole('alert').getByText('leaf-101 Ethernet4').waitFor()
  await picture(page, 'parts-refused')
  assert.deepEqual(await barriers(page), [])
  await field(drawer, 'Name').fill('Ethernet[5-6]')
  await button(drawer, 'Add to 3 devices').click()
  await notice(page, '6 interfaces were added to 3 devices.')
  await page.goto('/dcim/interfaces/?device=leaf-101&device=leaf-102&device=leaf-103&name=Ethernet5')
  await page.getByRole('status').filter({ hasText: '1–3 of 3' }).waitFor()
})

test('addresses and VLANs are made by patterns, too', async () => {
  const page = await stage.open('/ipam/ip-addresses/add/', { user: 'admin' })
  await field(page, 'Address').fill('10.99.0.[9-11]/24')
  await button(page, 'Create').click()
  await notice(page, '3 IP addresses were created.')
  await page.goto('/ipam/ip-addresses/?parent=10.99.0.0/24')
  await link(page, '10.99.0.11/24').waitFor()
  await page.goto('/ipam/vlans/add/')
  await field(page, 'VLAN ID').fill('[301-302]')
  await field(page, 'Name').fill('Lab [a,b]')
  await button(page, 'Create').click()
  await notice(page, '2 VLANs were created.')
  await page.goto('/ipam/vlans/?vid=302')
  await page.getByText('Lab b', { exact: true }).waitFor()
})

test('components of a type are added from its page', async () => {
  const page = await stage.open('/dcim/device-types/1/', { user: 'admin' })
  await heading(page, 'DCS-7050')
  await button(page, 'Add').click()
  await page.getByRole('menuitem', { name: 'Power port templates' }).click()
  await field(page, 'Name').fill('PSU[1-2]')
  await choose(page, 'Type', 'C14')
  await button(page, 'Create').click()
  await notice(page, '2 power port templates were created.')
  await heading(page, 'DCS-7050')
})

test('names are found and replaced, after they were shown', async () => {
  const page = await stage.open('/dcim/interfaces/?device=leaf-20', { user: 'admin' })
  await link(page, 'Ethernet1').waitFor()
  await page.getByLabel('Select all rows of this page').check()
  await button(page.getByRole('region', { name: 'Selection' }), 'Rename…').click()
  const dialog = page.getByRole('dialog')
  await field(dialog, 'Find').fill('Ethernet(')
  await dialog.getByText('This is no regular expression').waitFor()
  await field(dialog, 'Find').fill(String.raw`Ethernet([1-3])`)
  await field(dialog, 'Replace with').fill(String.raw`et-0/\1`)
  await dialog.getByRole('cell', { name: 'et-0/3' }).waitFor()
  assert.equal(await dialog.getByRole('row').count(), 4)
  await picture(page, 'rename')
  assert.deepEqual(await barriers(page), [])

  // Two of the same name cannot be.
  await field(dialog, 'Replace with').fill('same')
  await button(dialog, 'Rename 3 of 4').click()
  await dialog.getByRole('alert').getByText('Nothing was renamed.').waitFor()
  await field(dialog, 'Replace with').fill(String.raw`et-0/\1`)
  await button(dialog, 'Rename 3 of 4').click()
  await notice(page, '3 interfaces were renamed.')
  await link(page, 'et-0/3').waitFor()
  await link(page, 'Ethernet4').waitFor()
})

test('the cables of many ports are taken away at once', async () => {
  const page = await stage.open('/dcim/interfaces/?device=leaf-30', { user: 'admin' })
  await link(page, 'Ethernet1').waitFor()
  const ids = async (device: string) => {
    const answer = await page.request.get(`/api/dcim/interfaces/?device=${device}&fields=id`)
    return ((await answer.json()) as { results: { id: number }[] }).results.map(({ id }) => id)
  }
  const [near, far] = [await ids('leaf-30'), await ids('leaf-31')]
  const end = (id: number) => [{ object_type: 'dcim.interface', object_id: id }]
  const laid = await page.request.post('/api/dcim/cables/', {
    data: [0, 1].map(at => ({ a_terminations: end(near[at]!), b_terminations: end(far[at]!) })),
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  })
  assert.equal(laid.status(), 201)
  await page.reload()
  await page.getByLabel('Select all rows of this page').check()
  const bar = page.getByRole('region', { name: 'Selection' })
  await button(bar, 'Disconnect…').click()
  const dialog = page.getByRole('dialog', { name: 'Delete 2 cables?' })
  await button(dialog, 'Delete').click()
  await notice(page, '2 cables were deleted.')
  await page.getByLabel('Select all rows of this page').check()
  await button(bar, 'Disconnect…').click()
  await notice(page, 'None of these interfaces has a cable.')
})
