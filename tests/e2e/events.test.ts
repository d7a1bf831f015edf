import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openReceiver } from '../events/receiver.ts'
import { button, choose, field, heading } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage({ works: true })
const receiver = await openReceiver()

test('a webhook is set up, called when a site is made, and shows how that went', async () => {
  const page = await stage.open('/extras/webhooks/add/', { user: 'admin' })
  await field(page, 'Name').fill('Chat')
  await field(page, 'URL').fill(`${receiver.url}/chat/`)
  await button(page, 'Create').click()
  await heading(page, 'Chat')

  await page.goto('/extras/event-rules/add/')
  await field(page, 'Name').fill('New sites')
  await choose(page, 'Object types', 'Site')
  await page.keyboard.press('Escape')
  await choose(page, 'Event types', 'Object created')
  await page.keyboard.press('Escape')
  const action = page.getByRole('group', { name: /^Action object/ })
  await action.getByRole('combobox').click()
  await page.getByRole('option', { name: /Chat/ }).click()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'event-rule')
  await button(page, 'Create').click()
  await heading(page, 'New sites')

  await page.goto('/dcim/sites/add/')
  await field(page, 'Name').fill('Told')
  await button(page, 'Create').click()
  await heading(page, 'Told')
  await page.goto('/extras/webhooks/1/')
  const jobs = page.getByRole('region', { name: 'Latest jobs' })
  await jobs.getByText('Completed', { exact: true }).waitFor()
  assert.deepEqual(
    receiver.received.map(({ path, body }) => [path, body.event, body.data.name, body.request.user]),
    [['/chat/', 'created', 'Told', 'admin']],
  )
  await jobs.getByRole('link', { name: 'Webhook: Chat' }).click()
  await page.getByText(/POST .* was answered 200\./).waitFor()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'webhook-job')
})
