import assert from 'node:assert/strict'
import { test } from 'node:test'
import { button, choose, field, heading, link, notice } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

/** One pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a contact is made and assigned in one go, changed, and holds for what lies below', async () => {
  const page = await stage.open('/dcim/regions/1/contacts/', { user: 'admin' })
  await page.getByRole('heading', { name: 'No contacts yet' }).waitFor()
  await button(page, 'Add a contact').click()
  const dialog = page.getByRole('dialog', { name: 'Add a contact' })
  await field(dialog, 'Contact').click()
  await page.keyboard.type('Nina')
  await page.getByRole('option', { name: 'New contact “Nina”' }).click()
  const inner = page.getByRole('dialog', { name: 'New contact' })
  await field(inner, 'Phone').fill('+47 22 33 44')
  await button(inner, 'Create').click()
  await inner.waitFor({ state: 'detached' })
  assert.equal(await field(dialog, 'Contact').inputValue(), 'Nina')
  await field(dialog, 'Role').click()
  await page.keyboard.type('On call')
  await page.getByRole('option', { name: 'New contact role “On call”' }).click()
  await button(page.getByRole('dialog', { name: 'New contact role' }), 'Create').click()
  await choose(page, 'Priority', 'Primary', dialog)
  assert.deepEqual(await barriers(page), [])
  await button(dialog, 'Add').click()
  await notice(page, 'Contact assignment was added.')
  assert.equal(await page.getByRole('link', { name: '+47 22 33 44' }).getAttribute('href'), 'tel:+47223344')
  await page.getByRole('link', { name: 'Contacts 1' }).waitFor()

  await button(page, 'Edit the contact Nina').click()
  await choose(page, 'Priority', 'Secondary', page.getByRole('dialog'))
  await button(page.getByRole('dialog'), 'Save').click()
  await page.getByText('Secondary').waitFor()

  // Norway lies in Europe.
  await page.goto('/dcim/regions/3/contacts/')
  await page.getByText('from').getByRole('link', { name: 'Europe' }).waitFor()
  assert.equal(await button(page, 'Edit the contact Nina').count(), 0)
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'contacts')

  await page.goto('/dcim/regions/1/contacts/')
  await button(page, 'Remove the contact Nina').click()
  await button(page.getByRole('dialog'), 'Delete').click()
  await page.getByRole('heading', { name: 'No contacts yet' }).waitFor()
})

test('pictures are uploaded, named and deleted; what is none is refused', async () => {
  const page = await stage.open('/dcim/sites/1/image-attachments/', { user: 'admin' })
  await heading(page, 'Oslo')
  const files = page.getByLabel('Pictures', { exact: true })
  await files.setInputFiles([
    { name: 'front door.png', mimeType: 'image/png', buffer: png },
    { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
  ])
  await page.getByRole('link', { name: 'front door' }).waitFor()
  await page.getByRole('alert').waitFor()
  await page.getByText('1 × 1').waitFor()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'images')
  await button(page, 'Dismiss notes.png').click()
  await page.getByRole('alert').waitFor({ state: 'detached' })

  await button(page, 'Edit front door').click()
  await field(page.getByRole('dialog'), 'Name').fill('Entrance')
  await button(page.getByRole('dialog'), 'Save').click()
  await page.getByRole('img', { name: 'Entrance' }).waitFor()
  await page.getByRole('link', { name: 'Images 1' }).waitFor()
  await button(page, 'Delete Entrance').click()
  await button(page.getByRole('dialog'), 'Delete').click()
  await page.getByRole('heading', { name: 'No pictures yet' }).waitFor()
})

test('a reader sees contacts and pictures, and no way to change them', async () => {
  const page = await stage.open('/dcim/sites/1/contacts/', { user: 'reader' })
  await page.getByRole('heading', { name: 'No contacts yet' }).waitFor()
  assert.equal(await button(page, 'Add a contact').count(), 0)
  await page.goto('/dcim/sites/1/image-attachments/')
  await page.getByText('There are none of this site.').waitFor()
  assert.equal(await button(page, 'Choose pictures…').count(), 0)
})

test('what is bookmarked is at hand, and who subscribed hears of changes', async () => {
  const page = await stage.open('/dcim/sites/2/', { user: 'reader' })
  await heading(page, 'Amsterdam')
  await button(page, 'Bookmark').click()
  await page.locator('button[aria-label=Bookmark][aria-pressed=true]').waitFor()
  await button(page, 'Notify me of changes').click()
  await page.locator('button[aria-label="Notify me of changes"][aria-pressed=true]').waitFor()

  const other = await stage.open('/dcim/sites/2/edit/', { user: 'admin' })
  await field(other, 'Facility').fill('AMS-2')
  await button(other, 'Save').click()
  await notice(other, 'Site Amsterdam was saved.')

  await page.goto('/')
  await page
    .getByRole('link', { name: /^Amsterdam Site$/ })
    .first()
    .waitFor()
  await button(page, 'Notifications, 1 unread').click()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'notifications')
  await page.getByRole('link', { name: /^Site Amsterdam updated/ }).click()
  await heading(page, 'Amsterdam')
  await button(page, 'Notifications').waitFor()
  await page.goto('/extras/bookmarks/')
  await link(page, 'Amsterdam').click()
  await heading(page, 'Amsterdam')
})

test('a new API token is shown once, as a client sends it', async () => {
  const page = await stage.open('/users/tokens/add/', { user: 'admin' })
  await choose(page, 'Version', 'v1')
  await field(page, 'User').click()
  await page.getByRole('option', { name: 'admin' }).click()
  await button(page, 'Create').click()
  const secret = page.getByRole('dialog', { name: 'The new API token' })
  const header = await secret.getByRole('region', { name: 'The header that a client sends' }).innerText()
  const [, authorization] = /Authorization: (Token \w{40})/.exec(header)!
  const answer = await fetch(new URL('/api/users/tokens/', page.url()), { headers: { authorization: authorization! } })
  assert.equal(answer.status, 200)
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'new-token')
  await button(secret, 'I have it').click()
  await secret.waitFor({ state: 'detached' })
  await page.getByRole('heading', { level: 1 }).waitFor()
})
