import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { button, choose, field, heading, link, notice, pick } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

async function add(page: Page, path: string, fill: () => Promise<void>, name: string) {
  await page.goto(`${path}add/`)
  await heading(page, /^New /)
  await fill()
  await button(page, 'Create').click()
  await heading(page, name)
}

test('a site is created by keys alone, its slug made from its name', async () => {
  const page = await stage.open('/dcim/sites/', { user: 'admin' })
  await link(page, 'Oslo').waitFor()
  await page.keyboard.press('n')
  await heading(page, 'New site')
  await page.waitForFunction(`document.activeElement.matches('[data-field=name] input')`)
  await page.keyboard.type('Zürich West 2')
  assert.equal(await field(page, 'Slug').inputValue(), 'zurich-west-2')
  await field(page, 'Reason, for the change log').fill('a new branch')
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Zürich West 2')
  await notice(page, 'Site Zürich West 2 was created.')
  await page.getByRole('link', { name: /^Changelog/ }).click()
  await page.getByText('a new branch').waitFor()
  await page.getByText('zurich-west-2').waitFor()
  await picture(page, 'changelog')
})

test('what is wrong is said at the field, in a summary that leads there, and nothing is lost', async () => {
  const page = await stage.open('/dcim/sites/add/', { user: 'admin' })
  await field(page, 'Name').fill('Oslo')
  await field(page, 'Facility').fill('kept')
  await button(page, 'Create').click()
  const summary = page.getByRole('alert')
  await summary.waitFor()
  assert.equal(await field(page, 'Name').getAttribute('aria-invalid'), 'true')
  await summary.getByRole('button', { name: 'Slug' }).click()
  await page.waitForFunction(`document.activeElement.matches('[data-field=slug] input')`)
  assert.equal(await field(page, 'Facility').inputValue(), 'kept')
  await picture(page, 'form-errors')
  await page.getByRole('link', { name: 'Sites', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await button(dialog, 'Stay').click()
  await heading(page, 'New site')
  await page.getByRole('link', { name: 'Sites', exact: true }).first().click()
  await button(dialog, 'Leave').click()
  await heading(page, 'Sites')
})

test('a device and all it takes is made through forms, found, changed, cloned and deleted', async () => {
  const page = await stage.open('/', { user: 'admin' })
  await add(page, '/dcim/manufacturers/', () => field(page, 'Name').fill('Nokia'), 'Nokia')
  await add(
    page,
    '/dcim/device-roles/',
    async () => {
      await field(page, 'Name').fill('Border')
      await button(page, 'Teal').click()
    },
    'Border',
  )
  await add(
    page,
    '/dcim/device-types/',
    async () => {
      await pick(page, 'Manufacturer', 'Nokia')
      await field(page, 'Model').fill('7750 SR-1')
      assert.equal(await field(page, 'Slug').inputValue(), '7750-sr-1')
      await field(page, 'Height (U)').fill('2')
    },
    '7750 SR-1',
  )
  await add(
    page,
    '/dcim/racks/',
    async () => {
      await pick(page, 'Site', 'Amsterdam')
      await field(page, 'Name').fill('Z9')
      await choose(page, 'Status', 'Planned')
    },
    'Z9',
  )

  await page.goto('/dcim/devices/add/?status=staged')
  await field(page, 'Name').fill('border-1')
  await pick(page, 'Role', 'Border')
  await pick(page, 'Device type', '7750 SR-1')
  await pick(page, 'Site', 'Amsterdam')
  // Only the racks of the site are offered, and a change of the site lets the rack go.
  await field(page, 'Rack').click()
  await page.getByRole('option', { name: 'Z9' }).waitFor()
  assert.equal(await page.getByRole('option', { name: 'R3' }).count(), 0)
  await page.getByRole('option', { name: 'Z9' }).click()
  await choose(page, 'Rack face', 'Front')
  await field(page, 'Position (U)').fill('10')
  await pick(page, 'Tags', 'Core')
  await field(page, 'Comments').fill('**Handle** with care.')
  await button(page, 'Preview').click()
  await page.locator('strong', { hasText: 'Handle' }).waitFor()
  await picture(page, 'device-form')
  await button(page, 'Create and add another').click()
  await notice(page, 'Device border-1 was created.')
  assert.equal(await field(page, 'Name').inputValue(), '')
  assert.equal(await field(page, 'Site').inputValue(), 'Amsterdam')
  await field(page, 'Name').fill('border-2')
  await field(page, 'Position (U)').fill('20')
  await button(page, 'Create').click()
  await heading(page, 'border-2')

  await page.goto('/dcim/devices/')
  await link(page, 'leaf-1').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('border')
  await page.waitForURL(/q=border/)
  await link(page, 'border-1').click()
  await heading(page, 'border-1')
  await page.getByText('Staged', { exact: true }).first().waitFor()

  await page.keyboard.press('e')
  await heading(page, 'border-1')
  await field(page, 'Serial number').fill('NK-77')
  await choose(page, 'Status', 'Active')
  const sent = page.waitForRequest(request => request.method() === 'PATCH')
  await button(page, 'Save').click()
  assert.deepEqual((await sent).postDataJSON(), { status: 'active', serial: 'NK-77' })
  await page.getByText('NK-77').first().waitFor()
  await notice(page, 'Device border-1 was saved.')
  await page.getByRole('link', { name: /^Changelog/ }).click()
  await page.getByText('Staged').first().waitFor()
  await page.getByText('NK-77').first().waitFor()
  await picture(page, 'changelog-device')

  await page.goBack()
  await heading(page, 'border-1')
  await button(page, 'Clone').click()
  await heading(page, 'New device')
  assert.equal(await field(page, 'Device type').inputValue(), '7750 SR-1')
  assert.equal(await field(page, 'Rack').inputValue(), 'Z9')
  assert.equal(await field(page, 'Name').inputValue(), '')

  // The role cannot go while devices have it; the device can.
  await page.goto('/dcim/device-roles/?name=Border')
  await link(page, 'Border').click()
  await heading(page, 'Border')
  await button(page, 'Delete this device role').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('tidying up')
  await button(dialog, 'Delete').click()
  await dialog.getByText('border-1').waitFor()
  await picture(page, 'delete-refused')
  await button(dialog, 'Cancel').click()
  await page.goto('/dcim/devices/?name=border-2')
  await link(page, 'border-2').click()
  await button(page, 'Delete this device').click()
  await button(page.getByRole('dialog'), 'Delete').click()
  await heading(page, 'Devices')
  await notice(page, 'Device border-2 was deleted.')
})

test('what is missing is made where it is missed', async () => {
  const page = await stage.open('/dcim/racks/add/', { user: 'admin' })
  await field(page, 'Name').fill('B1')
  await field(page, 'Site').click()
  await page.keyboard.type('Bergen')
  await page.getByRole('option', { name: 'New site “Bergen”' }).click()
  const dialog = page.getByRole('dialog', { name: 'New site' })
  assert.equal(await field(dialog, 'Slug').inputValue(), 'bergen')
  await picture(page, 'form-in-form')

  // And so on: what is missing there, too.
  await field(dialog, 'Region').click()
  await page.keyboard.type('Vestland')
  await page.getByRole('option', { name: 'New region “Vestland”' }).click()
  const inner = page.getByRole('dialog', { name: 'New region' })
  await field(inner, 'Description').fill('the west')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Close without saving?' })
  await question.getByRole('button', { name: 'Stay' }).click()
  await question.waitFor({ state: 'detached' })
  await button(inner, 'Create').click()
  await inner.waitFor({ state: 'detached' })
  assert.equal(await field(dialog, 'Region').inputValue(), 'Vestland')
  await button(dialog, 'Create').click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal(await field(page, 'Site').inputValue(), 'Bergen')
  // The focus is where it was.
  await page.waitForFunction(`document.activeElement.matches('[data-field=site] input')`)
  await page.keyboard.press('Control+Enter')
  await heading(page, 'B1')
})

test('a prefix in a site and an address are created and changed', async () => {
  const page = await stage.open('/ipam/prefixes/add/', { user: 'admin' })
  await field(page, 'Prefix').fill('10.77.0.0/16x')
  await button(page, 'Create').click()
  await page.getByRole('alert').waitFor()
  await field(page, 'Prefix').fill('10.77.0.0/16')
  await choose(page, 'Scope: what kind', 'Site')
  await pick(page, 'Site', 'Oslo')
  await page.getByRole('checkbox', { name: 'Is a pool' }).check()
  await button(page, 'Create').click()
  await heading(page, '10.77.0.0/16')
  await page.getByRole('link', { name: 'Oslo' }).first().waitFor()
  await add(page, '/ipam/ip-addresses/', () => field(page, 'Address').fill('10.77.0.9/24'), '10.77.0.9/24')
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await field(page, 'DNS name').fill('ns.example.com')
  await choose(page, 'Assigned object: what kind', 'Interface (DCIM)')
  await pick(page, 'Device', 'leaf-1')
  await pick(page, 'Interface', 'Ethernet2')
  await button(page, 'Save').click()
  await page.getByText('ns.example.com').first().waitFor()
  await page.getByRole('link', { name: 'Ethernet2' }).first().waitFor()
})

test('somebody else was faster: their change is shown, and mine is kept', async () => {
  const page = await stage.open('/dcim/sites/3/edit/', { user: 'admin' })
  await field(page, 'Facility').fill('BOS-9')
  const answer = await page.request.patch('/api/dcim/sites/3/', {
    data: { description: 'from elsewhere' },
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  })
  assert.equal(answer.status(), 200)
  await button(page, 'Save').click()
  await page.getByText(/and changed: Description/).waitFor()
  await picture(page, 'conflict')
  await button(page, 'Take theirs, keep my changes').click()
  assert.equal(await field(page, 'Description').inputValue(), 'from elsewhere')
  assert.equal(await field(page, 'Facility').inputValue(), 'BOS-9')
  await button(page, 'Save').click()
  await page.getByText('BOS-9').first().waitFor()
})

test('many rows are selected, changed and deleted at once', async () => {
  const page = await stage.open('/dcim/devices/?q=leaf-11', { user: 'admin' })
  await link(page, 'leaf-110').waitFor()
  const down = async (name: string) => {
    await page.keyboard.press('j')
    await page.waitForFunction(`document.activeElement.matches('[data-identity][title="${name}"]')`)
  }
  await down('leaf-11')
  await page.keyboard.press('x')
  await down('leaf-110')
  await down('leaf-111')
  await page.keyboard.press('Shift+X')
  const bar = page.getByRole('region', { name: 'Selection' })
  await bar.getByText('3 selected').waitFor()
  await bar.getByRole('button', { name: 'Select all 11 matching' }).click()
  await bar.getByText('11 selected').waitFor()
  await button(bar, 'Edit…').click()
  const drawer = page.getByRole('dialog')
  await drawer.getByPlaceholder('Add a field to change…').click()
  await page.getByRole('option', { name: 'Status', exact: true }).click()
  await choose(page, 'Status', 'Failed')
  await drawer.getByPlaceholder('Add a field to change…').click()
  await page.getByRole('option', { name: 'Description', exact: true }).click()
  await field(drawer, 'Description').fill('recalled')
  await picture(page, 'bulk-edit')
  await button(drawer, 'Change 11 devices').click()
  await notice(page, '11 devices were changed.')
  await button(page.locator('[data-notices]'), 'Undo').click()
  await notice(page, '11 devices are as they were.')
  await page.goto('/dcim/devices/?status=failed')
  await page.getByRole('heading', { name: 'No devices match' }).waitFor()
  await page.goto('/dcim/devices/?q=leaf-11')
  await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check()
  await button(bar, 'Edit…').click()
  await choose(page, 'Add a field to change', 'Status', drawer)
  await choose(page, 'Status', 'Failed')
  await button(drawer, 'Change 11 devices').click()
  await notice(page, '11 devices were changed.')
  await page.goto('/dcim/devices/?status=failed')
  await page.getByRole('status').filter({ hasText: '1–11 of 11' }).waitFor()

  // What does not fit one of them changes none.
  await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check()
  await button(bar, 'Edit…').click()
  await drawer.getByPlaceholder('Add a field to change…').click()
  await page.getByRole('option', { name: 'Position (U)', exact: true }).click()
  await field(drawer, 'Position (U)').fill('3.3')
  await button(drawer, 'Change 11 devices').click()
  await drawer.getByRole('alert').getByText('leaf-110').waitFor()
  await picture(page, 'bulk-edit-errors')
  await button(drawer, 'Cancel').click()

  await button(bar, 'Delete…').click()
  await button(page.getByRole('dialog'), 'Delete').click()
  await notice(page, '11 devices were deleted.')
  await page.getByRole('heading', { name: 'No devices match' }).waitFor()
})

test('a note is written and kept', async () => {
  const page = await stage.open('/dcim/sites/1/journal/', { user: 'admin' })
  await field(page, 'New note').fill('Power was **out** for an hour.')
  await choose(page, 'Kind', 'Warning')
  await button(page, 'Add note').click()
  await page.locator('article strong', { hasText: 'out' }).waitFor()
  await page.getByRole('link', { name: 'Journal 1' }).waitFor()
  await picture(page, 'journal')
})

test('rows are imported, after a trial, and exported', async () => {
  const page = await stage.open('/tenancy/tenants/import/', { user: 'admin' })
  const data = field(page, 'Data')
  await data.fill('name,slug\nSouthwind,southwind\nEastwind,east wind')
  await button(page, 'Try it out').click()
  await page.getByText('Row 2').waitFor()
  await picture(page, 'import-errors')
  await data.fill('name,slug\nSouthwind,southwind\nEastwind,eastwind')
  await button(page, 'Try it out').click()
  await page.getByText('It would work: 2 created').waitFor()
  await picture(page, 'import-trial')
  await button(page, 'Import').click()
  await page.getByText('Done: 2 created').waitFor()
  await page.getByRole('link', { name: 'To the list' }).click()
  await link(page, 'Eastwind').waitFor()
  const download = page.waitForEvent('download')
  await button(page, 'Export').click()
  await page.getByRole('menuitem', { name: 'These columns as CSV' }).click()
  assert.match((await download).suggestedFilename(), /\.csv$/)
})

test('a change is undone, and what was deleted is brought back, from the change log', async () => {
  const page = await stage.open('/', { user: 'admin' })
  await add(page, '/dcim/sites/', () => field(page, 'Name').fill('Tromsø'), 'Tromsø')
  const home = new URL(page.url()).pathname
  await page.goto(`${home}edit/`)
  await field(page, 'Facility').fill('TOS-1')
  await choose(page, 'Status', 'Planned')
  await button(page, 'Save').click()
  await notice(page, 'Site Tromsø was saved.')
  await page.goto(`${home}changelog/`)
  await page.getByRole('article').filter({ hasText: 'TOS-1' }).last().getByRole('button', { name: 'Undo' }).click()
  const dialog = page.getByRole('dialog', { name: 'Undo the change of site Tromsø?' })
  await dialog.getByText('Planned').waitFor()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'undo')
  await field(dialog, 'Reason').fill('too early')
  await button(dialog, 'Undo').click()
  await notice(page, 'Site Tromsø is as it was.')
  await page.getByText('too early').waitFor()
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.getByText('Active').first().waitFor()

  await button(page, 'Delete this site').click()
  await button(page.getByRole('dialog'), 'Delete').click()
  await notice(page, 'Site Tromsø was deleted.')
  await button(page.locator('[data-notices]'), 'Undo').click()
  await notice(page, 'Site Tromsø is as it was.')
  await page.goto(home)
  await heading(page, 'Tromsø')

  await page.goto('/core/changelog/?action=delete')
  await page.getByRole('row').filter({ hasText: 'Tromsø' }).getByRole('link').click()
  await heading(page, 'Site Tromsø deleted')
  await button(page, 'Bring back').click()
  await page.getByRole('alert').getByText('It is there already.').waitFor()
})

test('who may only read is offered no writing', async () => {
  const page = await stage.open('/dcim/sites/', { user: 'reader' })
  await link(page, 'Oslo').waitFor()
  assert.equal(await page.getByRole('link', { name: 'New', exact: true }).count(), 0)
  assert.equal(await page.getByRole('checkbox').count(), 0)
  await page.goto('/dcim/sites/add/')
  await page.getByText('dcim.add_site').waitFor()
  await page.goto('/dcim/sites/1/')
  await heading(page, 'Oslo')
  assert.equal(await page.getByRole('link', { name: 'Edit', exact: true }).count(), 0)
})

const pages: Readonly<Record<string, readonly [address: string, after?: (page: Page) => Promise<void>]>> = {
  'site form': ['/dcim/sites/add/'],
  'device form filled': ['/dcim/devices/1/edit/'],
  'role form': ['/dcim/device-roles/1/edit/'],
  'prefix form': ['/ipam/prefixes/add/'],
  'form with errors': [
    '/dcim/racks/add/',
    async page => {
      await button(page, 'Create').click()
      await page.getByRole('alert').waitFor()
    },
  ],
  picker: [
    '/dcim/racks/add/',
    async page => {
      await field(page, 'Site').click()
      await page.getByRole('option', { name: 'Oslo' }).waitFor()
    },
  ],
  selection: ['/dcim/sites/', page => page.getByLabel('Select Oslo').check()],
  'bulk edit open': [
    '/dcim/sites/',
    async page => {
      await page.getByLabel('Select Oslo').check()
      await page.getByRole('button', { name: 'Edit…' }).click()
      await page.getByPlaceholder('Add a field to change…').click()
      await page.getByRole('option', { name: 'Add tags' }).click()
    },
  ],
  'delete dialog': [
    '/dcim/sites/1/',
    async page => {
      await page.getByRole('button', { name: 'Delete this site' }).click()
      await page.getByLabel('Reason').waitFor()
    },
  ],
  'import page': ['/dcim/sites/import/'],
  'changelog page': ['/dcim/sites/3/changelog/', page => page.getByText('BOS-9').first().waitFor()],
  'journal page': ['/dcim/sites/1/journal/', page => page.getByText('for an hour').waitFor()],
}
for (const theme of ['light', 'dark'] as const) {
  test(`writing is in nobody's way: ${theme}`, async () => {
    const found: Record<string, string[]> = {}
    const page = await stage.open('/', { theme, user: 'admin' })
    for (const [name, [address, prepare]] of Object.entries(pages)) {
      await page.goto(address)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      await prepare?.(page)
      await picture(page, `${name.replaceAll(' ', '-')}-${theme}`)
      const faults = await barriers(page)
      if (faults.length) found[name] = faults
    }
    assert.deepEqual(found, {})
  })
}

test('a phone can write, too', async () => {
  const page = await stage.open('/dcim/sites/1/edit/', { user: 'admin', width: 390, height: 844 })
  for (const address of [
    '/dcim/sites/1/edit/',
    '/dcim/sites/import/',
    '/dcim/sites/3/changelog/',
    '/dcim/sites/1/journal/',
  ]) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    assert.equal(await page.evaluate('document.getElementById("page").scrollWidth'), 390, address)
  }
  await page.goto('/dcim/sites/1/edit/')
  await field(page, 'Facility').fill('OSL-2')
  await picture(page, 'phone-form')
  await button(page, 'Save').click()
  await page.getByText('OSL-2').first().waitFor()
})
