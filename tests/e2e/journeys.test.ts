import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { deviceCount, users } from './seed.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const search = (page: Page) => decodeURIComponent(new URL(page.url()).search)
const link = (page: Page, name: string) => page.getByRole('table').getByRole('link', { name, exact: true })
/** The list says how many rows it found. */
const counts = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
/** The name of the focused row, as soon as another than `not` is. */
const focused = async (page: Page, not = '') => {
  const handle = await page.waitForFunction(
    `document.activeElement.matches('[data-identity]:not([title="${not}"])') && document.activeElement.textContent`,
  )
  return String(await handle.jsonValue())
}

async function logIn(page: Page, { username, password }: { username: string; password: string }) {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

test('a stranger logs in, after a wrong password, and arrives where they wanted to go', async () => {
  const page = await stage.open('/dcim/devices/?status=active')
  await page.waitForURL(url => url.pathname === '/login/')
  assert.equal(new URL(page.url()).searchParams.get('next'), '/dcim/devices/?status=active')
  await logIn(page, { ...users.admin, password: 'guess' })
  await page.getByRole('alert').waitFor()
  await picture(page, 'login-wrong')
  await logIn(page, users.admin)
  await heading(page, 'Devices')
  assert.equal(search(page), '?status=active')
  await counts(page, `of ${deviceCount / 2}`)
  await picture(page, 'login')
})

test('the menu leads to a list, and folds to icons', async () => {
  const page = await stage.open('/', { user: 'admin' })
  await heading(page, 'Home')
  const menu = page.getByRole('navigation', { name: 'Menu' })
  await menu.getByRole('button', { name: 'IPAM' }).click()
  await menu.getByRole('link', { name: 'VLANs', exact: true }).click()
  await heading(page, 'VLANs')
  await link(page, '10').waitFor()
  await page.getByRole('button', { name: 'Fold the sidebar' }).click()
  await menu.getByRole('button', { name: 'Devices' }).click()
  await page.getByRole('menuitem', { name: 'Platforms' }).waitFor()
  await picture(page, 'menu')
})

test('a list is sorted and filtered, and the address says so', async () => {
  const page = await stage.open('/dcim/devices/', { user: 'admin' })
  await link(page, 'leaf-1').waitFor()
  const name = page.getByRole('columnheader', { name: 'Name' })
  await name.getByRole('button').click()
  await page.waitForURL(/sort=name$/)
  await name.getByRole('button').click()
  await page.waitForURL(/sort=-name$/)
  await link(page, `leaf-${deviceCount}`).waitFor()
  assert.equal(await name.getAttribute('aria-sort'), 'descending')

  await page.keyboard.press('f')
  await page.keyboard.type('status')
  await page.getByRole('option', { name: 'Status status' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: 'Planned' }).waitFor()
  await page.keyboard.type('plan')
  await page.keyboard.press('Enter')
  await page.waitForURL(/status=planned/)
  await counts(page, `of ${deviceCount / 4}`)
  await page.keyboard.press('Escape')

  await page.getByRole('combobox', { name: 'Add a filter' }).fill('site')
  await page.getByRole('option', { name: 'Site site', exact: true }).click()
  await page.getByRole('option', { name: 'Oslo' }).click()
  await page.waitForURL(/site=oslo/)
  await counts(page, `of ${deviceCount / 12}`)
  await page.keyboard.press('Escape')
  await picture(page, 'filtered')

  await page.reload()
  await counts(page, `of ${deviceCount / 12}`)
  await page.getByRole('button', { name: 'Remove the filter Site' }).click()
  await counts(page, `of ${deviceCount / 4}`)
  await page.goBack()
  await counts(page, `of ${deviceCount / 12}`)
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await counts(page, `of ${deviceCount}`)
  assert.equal(search(page), '?sort=-name')
})

test('a list is searched while one types', async () => {
  const page = await stage.open('/dcim/devices/', { user: 'admin' })
  await link(page, 'leaf-1').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('leaf-11')
  await page.waitForURL(/q=leaf-11$/)
  await counts(page, '1–11 of 11')
  await picture(page, 'quick-search')
  await page.keyboard.press('Escape')
  await counts(page, `of ${deviceCount}`)
  assert.equal(search(page), '')
})

test('a list is paged by buttons and by keys', async () => {
  const page = await stage.open('/dcim/devices/', { user: 'admin' })
  await counts(page, `1–50 of ${deviceCount}`)
  await page.getByRole('button', { name: 'Next page' }).click()
  await counts(page, `51–100 of ${deviceCount}`)
  assert.equal(search(page), '?page=2')
  await link(page, 'leaf-51').waitFor()
  await page.keyboard.press(']')
  await counts(page, `101–${deviceCount} of ${deviceCount}`)
  await picture(page, 'paging')
  await page.getByRole('button', { name: /^Rows per page/ }).click()
  await page.getByRole('menuitem', { name: '250' }).click()
  await counts(page, `1–${deviceCount} of ${deviceCount}`)
})

test('the columns of a list are chosen and kept', async () => {
  const page = await stage.open('/dcim/devices/', { user: 'admin' })
  await link(page, 'leaf-1').waitFor()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByLabel('Find a column').fill('contract')
  await page.getByRole('checkbox', { name: 'Support contract' }).click()
  await page.getByRole('columnheader', { name: 'Support contract' }).waitFor({ state: 'attached' })
  await picture(page, 'columns')
  await page.reload()
  await page.getByRole('cell', { name: 'NW-2031' }).waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Back to the default' }).click()
  await page.getByRole('columnheader', { name: 'Support contract' }).waitFor({ state: 'detached' })
})

test('an object shows what it is and what belongs to it', async () => {
  const page = await stage.open('/dcim/sites/1/', { user: 'admin' })
  await heading(page, 'Oslo')
  const related = page.getByRole('region', { name: 'Related objects' })
  await related.getByRole('tab', { name: 'Racks 2' }).click()
  await related.getByRole('link', { name: 'R3', exact: true }).waitFor()
  await picture(page, 'site')
  await related.getByRole('tab', { name: /^Devices/ }).click()
  await related.getByRole('link', { name: 'leaf-3', exact: true }).click()
  await heading(page, 'leaf-3')
  await page.goto('/dcim/devices/1/')
  await heading(page, 'leaf-1')
  for (const text of ['NW-2031', 'Core', 'Lab']) await page.getByText(text, { exact: true }).first().waitFor()
  await page.getByRole('link', { name: 'Ethernet1', exact: true }).waitFor()
  await picture(page, 'device')
})

test('the palette finds an object, and addresses of its lists lead to it', async () => {
  const page = await stage.open('/', { user: 'admin' })
  await heading(page, 'Home')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to or search' }).fill('leaf-77')
  await page.getByRole('option', { name: 'leaf-77', selected: true }).waitFor()
  await picture(page, 'palette')
  await page.keyboard.press('Enter')
  await heading(page, 'leaf-77')
  // Who knows the name need not wait for the answer.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('leaf-78')
  await page.keyboard.press('Enter')
  await heading(page, 'leaf-78')
  await page.goto('/dcim/devices/1/interfaces/')
  await page.getByRole('tab', { name: /^Interfaces/, selected: true }).waitFor()
})

test('a list is walked by keys alone', async () => {
  const page = await stage.open('/dcim/devices/', { user: 'admin' })
  await link(page, 'leaf-1').waitFor()
  await page.keyboard.press('j')
  assert.equal(await focused(page), 'leaf-1')
  await page.keyboard.press('j')
  assert.equal(await focused(page, 'leaf-1'), 'leaf-2')
  await page.keyboard.press('k')
  assert.equal(await focused(page, 'leaf-2'), 'leaf-1')
  await picture(page, 'keyboard')
  await page.keyboard.press('Enter')
  await heading(page, 'leaf-1')
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await heading(page, 'Prefixes')
})

test('the dark theme is chosen and kept', async () => {
  const page = await stage.open('/ipam/prefixes/', { user: 'admin' })
  await link(page, '10.0.0.0/8').waitFor()
  await page.getByRole('button', { name: 'Dark theme' }).click()
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  await page.reload()
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  await link(page, '10.0.0.0/8').waitFor()
  await picture(page, 'prefixes-dark')
})

test('a phone has everything, one below the other', async () => {
  const page = await stage.open('/dcim/devices/', { user: 'admin', width: 390, height: 844 })
  await link(page, 'leaf-1').waitFor()
  await picture(page, 'phone-devices')
  await page.getByRole('button', { name: 'Open the menu' }).click()
  const menu = page.getByRole('dialog', { name: 'Menu' })
  await menu.getByRole('button', { name: 'Racks' }).click()
  await menu.getByRole('link', { name: 'Racks', exact: true }).click()
  await heading(page, 'Racks')
  await menu.waitFor({ state: 'detached' })
  for (const address of ['/', '/dcim/racks/', '/dcim/sites/1/', '/dcim/devices/1/']) {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    assert.equal(await page.evaluate('document.getElementById("page").scrollWidth'), 390, address)
  }
  await picture(page, 'phone-device')
})

test('what does not exist says so', async () => {
  const page = await stage.open('/dcim/teapots/', { user: 'admin' })
  await heading(page, 'There is nothing at this address')
  await picture(page, 'not-found')
  await page.goto('/dcim/devices/99999/')
  await heading(page, 'There is no such device')
  await page.getByRole('link', { name: 'All devices' }).click()
  await link(page, 'leaf-1').waitFor()
})

test('what is not allowed names the permission', async () => {
  const page = await stage.open('/dcim/racks/', { user: 'reader' })
  await heading(page, 'You may not see this')
  await page.getByText('dcim.view_rack', { exact: true }).waitFor()
  await picture(page, 'forbidden')
  await page.goto('/dcim/racks/1/')
  await page.getByText('dcim.view_rack', { exact: true }).waitFor()
  await page.goto('/dcim/devices/1/')
  await heading(page, 'leaf-1')
})

test('an empty list explains what it would hold', async () => {
  const page = await stage.open('/circuits/circuits/', { user: 'admin' })
  await page.getByRole('heading', { name: 'No circuits yet' }).waitFor()
  await picture(page, 'empty')
  await page.goto('/dcim/devices/?q=teapot')
  await page.getByText('Nothing is found for “teapot”.').waitFor()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await link(page, 'leaf-1').waitFor()
})

test('a session that ends leads to the login, and back', async () => {
  const page = await stage.open('/login/')
  await logIn(page, users.reader)
  await heading(page, 'Home')
  await page.goto('/dcim/sites/')
  await link(page, 'Oslo').waitFor()
  await stage.db.pool.query(
    `delete from users_session where user_id = (select id from users_user where username = 'reader')`,
  )
  await link(page, 'Oslo').click()
  await page.waitForURL(url => url.pathname === '/login/')
  await picture(page, 'session-over')
  await logIn(page, users.reader)
  await heading(page, 'Oslo')
})

const main = {
  home: '/',
  devices: '/dcim/devices/?status=active&tag=core',
  prefixes: '/ipam/prefixes/',
  device: '/dcim/devices/1/',
  site: '/dcim/sites/1/',
  'empty list': '/circuits/circuits/',
  'missing page': '/dcim/teapots/',
}
for (const theme of ['light', 'dark'] as const) {
  test(`nothing is in the way of people who see, hear or point badly: ${theme}`, async () => {
    const found: Record<string, string[]> = {}
    const check = async (page: Page, name: string) => {
      await page.waitForLoadState('networkidle')
      await picture(page, `${name.replace(' ', '-')}-${theme}`)
      const faults = await barriers(page)
      if (faults.length) found[name] = faults
    }
    const stranger = await stage.open('/login/', { theme })
    await heading(stranger, 'Demarc')
    await check(stranger, 'login')
    const page = await stage.open('/', { theme, user: 'admin' })
    for (const [name, address] of Object.entries(main)) {
      await page.goto(address)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await check(page, name)
    }
    await page.goto('/tenancy/tenants/')
    await link(page, 'Northwind').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    await check(page, 'palette')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByLabel('Find a column').waitFor()
    await check(page, 'columns')
    assert.deepEqual(found, {})
  })
}
