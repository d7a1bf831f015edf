import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { button, field, heading, notice, pick } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

async function add(page: Page, what: string) {
  await button(page, 'Add').click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}

test('a prefix offers its first free block and its first free address', async () => {
  const page = await stage.open('/ipam/prefixes/1/', { user: 'admin' })
  await heading(page, '10.0.0.0/8')
  await add(page, 'First free prefix')
  await heading(page, 'New prefix')
  await page.waitForFunction(`document.querySelector('[data-field=prefix] input')?.value === '10.0.0.0/16'`)
  await button(page, 'Create').click()
  await heading(page, '10.0.0.0/8')
  await page.goto('/ipam/prefixes/3/')
  await heading(page, '10.1.0.0/24')
  await add(page, 'First free IP address')
  await heading(page, 'New IP address')
  await page.waitForFunction(`document.querySelector('[data-field=address] input')?.value === '10.1.0.21/24'`)
  await button(page, 'Create').click()
  await notice(page, 'IP address 10.1.0.21/24 was created.')
  await heading(page, '10.1.0.0/24')
  await page.getByRole('tab', { name: /^IP addresses/ }).waitFor()
  await page.getByRole('link', { name: '10.1.0.21/24', exact: true }).waitFor()
})

test('addresses come to an interface from its page, and one becomes primary', async () => {
  const page = await stage.open('/dcim/interfaces/1/', { user: 'admin' })
  await heading(page, 'Ethernet1')
  await button(page, 'Add').click()
  await page.getByRole('menuitem', { name: 'Child interface' }).waitFor()
  await picture(page, 'add-menu')
  assert.deepEqual(await barriers(page), [])
  await page.keyboard.press('Escape')
  await add(page, 'IP address')
  await heading(page, 'New IP address')
  await page.waitForFunction(`document.activeElement.matches('[data-field=address] input')`)
  await page.keyboard.type('10.50.0.1/24')
  await button(page, 'Create').click()
  await heading(page, 'Ethernet1')
  await add(page, 'Existing IP address…')
  const dialog = page.getByRole('dialog')
  await pick(page, 'IP addresses', '10.1.0.7/24', dialog)
  assert.deepEqual(await barriers(page), [])
  await page.keyboard.press('Tab')
  await button(dialog, 'Assign').click()
  await notice(page, '10.1.0.7/24 is assigned.')

  await page.goto('/ipam/ip-addresses/?address=10.50.0.1/24')
  await page.getByRole('link', { name: '10.50.0.1/24' }).click()
  await button(page, 'Make primary').click()
  await notice(page, '10.50.0.1/24 is the primary address of leaf-1.')
  await button(page, 'Make primary').waitFor({ state: 'detached' })

  // The form of the device offers its own addresses of the right family, and no others.
  await page.goto('/dcim/devices/1/edit/')
  await field(page, 'Primary IPv4').click()
  await page.getByRole('option', { name: '10.1.0.7/24' }).waitFor()
  assert.equal(await page.getByRole('option').filter({ hasNotText: 'New ' }).count(), 2)
})

test('a form is filled in by its address, as links made for NetBox do it', async () => {
  const page = await stage.open('/', { user: 'admin' })
  const { rows } = await stage.db.pool.query<{ id: string }>(
    `insert into core_objecttype (app_label, model, public, features) values ('dcim', 'site', true, '{}') returning id`,
  )
  await page.goto(
    `/ipam/prefixes/add/?prefix=10.88.0.0/16&scope_content_type=${rows[0]!.id}&scope_object_id=2&status=reserved`,
  )
  await page.waitForFunction(`document.querySelector('[data-field=prefix] input')?.value === '10.88.0.0/16'`)
  assert.equal(await field(page, 'Site').inputValue(), 'Amsterdam')
  assert.equal(await field(page, 'Status').inputValue(), 'Reserved')
  await button(page, 'Create and add another').click()
  await notice(page, 'Prefix 10.88.0.0/16 was created.')
  await page.waitForFunction(`document.querySelector('[data-field=prefix] input')?.value === ''`)
})

test('a form leads back only within these pages', async () => {
  const page = await stage.open('/dcim/regions/add/?return_url=//elsewhere.example/', { user: 'admin' })
  await page.getByRole('button', { name: 'Cancel' }).click()
  await heading(page, 'Regions')
})
