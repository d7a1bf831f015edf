import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { button, link, notice } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

const heads = async (page: Page) => (await page.getByRole('columnheader').allInnerTexts()).map(each => each.trim())

test('filters are kept under a name, and stand as tabs for everyone they are shared with', async () => {
  const page = await stage.open('/dcim/devices/?status=planned&site=oslo', { user: 'admin' })
  await button(page, 'Keep these filters').click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Planned in Oslo')
  assert.deepEqual(await barriers(page), [])
  await page.getByRole('checkbox', { name: 'Others see it, too' }).check()
  await page.keyboard.press('Enter')
  await notice(page, 'The filters are kept as “Planned in Oslo”.')
  const tabs = page.getByRole('navigation', { name: 'Saved filters' })
  assert.equal(await button(tabs, 'Planned in Oslo').getAttribute('aria-pressed'), 'true')
  assert.equal(await button(page, 'Keep these filters').count(), 0)
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'saved-filters')
  await button(tabs, 'All').click()
  await page.waitForURL(url => url.search === '')

  const reader = await stage.open('/dcim/devices/', { user: 'reader' })
  await button(reader.getByRole('navigation', { name: 'Saved filters' }), 'Planned in Oslo').click()
  await reader.waitForURL(/status=planned/)
  assert.match(reader.url(), /site=oslo/)
})

test('columns are dragged, kept for all browsers of a user, and shared under a name', async () => {
  const page = await stage.open('/dcim/sites/', { user: 'admin' })
  await link(page, 'Oslo').waitFor()
  assert.deepEqual((await heads(page)).slice(0, 4), ['Name', 'Status', 'Facility', 'Region'])
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true })
  const kept = page.waitForResponse(answer => answer.url().endsWith('/api/users/config/') && answer.ok())
  await head('Region').dragTo(head('Status'))
  await kept
  assert.deepEqual((await heads(page)).slice(0, 4), ['Name', 'Region', 'Status', 'Facility'])

  // Another browser of the same user.
  const other = await stage.open('/dcim/sites/', { user: 'admin' })
  await other.waitForFunction(`[...document.querySelectorAll('[role=columnheader]')][1]?.innerText.trim() === 'Region'`)
  await button(other, 'Columns').click()
  await other.getByRole('checkbox', { name: 'Facility' }).uncheck()
  await button(other, 'Keep these columns…').click()
  await other.getByRole('textbox', { name: 'Name of the set' }).fill('By region')
  await other.getByRole('checkbox', { name: 'Others see it, too' }).check()
  assert.deepEqual(await barriers(other), [])
  await picture(other, 'table-configs')
  await button(other, 'Keep').click()
  await notice(other, 'The columns are kept as “By region”.')

  const reader = await stage.open('/dcim/sites/', { user: 'reader' })
  await link(reader, 'Oslo').waitFor()
  assert.deepEqual((await heads(reader)).slice(0, 3), ['Name', 'Status', 'Facility'])
  await button(reader, 'Columns').click()
  await button(reader, 'By region').click()
  await reader.waitForFunction(
    `[...document.querySelectorAll('[role=columnheader]')][1]?.innerText.trim() === 'Region'`,
  )
  assert.ok(!(await heads(reader)).includes('Facility'))
})
