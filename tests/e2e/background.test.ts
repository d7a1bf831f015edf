import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { button, choose, field, heading, link, notice } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'demarc-source-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const stage = await setStage({ works: true })

test('a data source is synchronized, seen to be, and what follows its files can be brought up to date', async () => {
  writeFileSync(path.join(folder, 'base.j2'), 'hostname {{ device.name }}\n')
  const page = await stage.open('/', { user: 'admin' })
  const post = (url: string, item: object) =>
    page.evaluate<{ id: number }>(
      `fetch('${url}', { method: 'POST', body: ${JSON.stringify(JSON.stringify(item))},
        headers: { 'content-type': 'application/json', 'x-requested-with': 'demarc' } }).then(answer => answer.json())`,
    )
  const source = await post('/api/core/data-sources/', { name: 'templates', type: 'local', source_url: folder })
  await page.goto(`/core/data-sources/${source.id}/`)
  await heading(page, 'templates')
  await button(page, 'Sync').click()
  await notice(page, 'templates is going to be synchronized.')
  await page.locator('article > header').getByText('Completed', { exact: true }).first().waitFor()
  await page.getByRole('tab', { name: 'Data files 1' }).waitFor()
  await page.getByRole('link', { name: 'base.j2' }).waitFor()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'source')

  await page.getByRole('link', { name: 'base.j2' }).click()
  await page.getByRole('region', { name: 'Content' }).getByText('hostname {{ device.name }}').waitFor()
  const file = Number(/(\d+)\/$/.exec(page.url())![1])

  const template = await post('/api/extras/config-templates/', { name: 'Base', template_code: 'x', data_file: file })
  await page.goto(`/extras/config-templates/${template.id}/`)
  await button(page, 'Sync').waitFor()
  writeFileSync(path.join(folder, 'base.j2'), 'name {{ device.name }}\n')
  await page.goto(`/core/data-sources/${source.id}/`)
  await button(page, 'Sync').click()
  await page.getByRole('region', { name: 'Latest jobs' }).getByText('Completed', { exact: true }).nth(1).waitFor()
  await page.goto(`/extras/config-templates/${template.id}/`)
  await button(page, 'Sync: file has changed').click()
  await button(page, 'Sync').waitFor()
  await page.getByText('name {{ device.name }}', { exact: false }).first().waitFor()
})

test('a data source looks well in the dark and on a phone, and only who may synchronizes it', async () => {
  for (const [user, theme, width] of [
    ['admin', 'dark', 1440],
    ['reader', 'light', 390],
  ] as const) {
    const page = await stage.open('/core/data-sources/1/', { user, theme, width })
    await page.getByRole('region', { name: 'Latest jobs' }).getByText('Completed').first().waitFor()
    assert.equal(await button(page, 'Sync').count(), user === 'admin' ? 1 : 0)
    assert.deepEqual(await barriers(page), [])
    await picture(page, `source-${theme}-${width}`)
  }
})

test('a change of many is left to a worker, whose job tells how it went', async () => {
  const page = await stage.open('/dcim/sites/', { user: 'admin' })
  await heading(page, /Sites/)
  for (const name of ['Oslo', 'Amsterdam', 'Boston']) await page.getByLabel(`Select ${name}`, { exact: true }).check()
  await button(page, 'Edit…').click()
  const dialog = page.getByRole('dialog')
  await choose(page, 'Add a field to change', 'Status', dialog)
  await choose(page, 'Status', 'Staging', dialog)
  await dialog.getByRole('checkbox', { name: 'In the background' }).check()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'bulk-background')
  await dialog.getByRole('button', { name: /^Change 3/ }).click()
  await notice(page, 'A job does it in the background.')
  await page.getByRole('link', { name: 'Show the job' }).click()
  await heading(page, 'Bulk update sites')
  await page.locator('article > header').getByText('Completed', { exact: true }).first().waitFor()
  await page.getByText('Show as JSON').click()
  await page.getByRole('region', { name: 'Result' }).getByText('"status_code": 200').waitFor()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'job')

  await page.goto('/core/jobs/')
  await link(page, 'Bulk update sites').waitFor()
  await picture(page, 'jobs')

  // A job that goes on is looked at again and again, in its list, too.
  const { rows } = await stage.db.pool.query<{ id: string }>(
    `insert into core_job (name, status, created, started, error, job_id, queue_name, notifications, log_entries)
      values ('Count windows', 'running', now(), now(), '', gen_random_uuid(), 'default', 'always', '{}') returning id`,
  )
  await page.reload()
  const running = page.getByRole('row').filter({ hasText: 'Count windows' })
  await running.getByText('Running').waitFor()
  await stage.db.pool.query(
    `update core_job set status = 'completed', execution_time = '00:01:05.9', completed = now() where id = $1`,
    [rows[0]!.id],
  )
  await running.getByText('1 min 5 s').waitFor()
})

test('an import is left to a worker, with the reason for it', async () => {
  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
  ] as const) {
    const page = await stage.open('/dcim/regions/import/', { user: 'admin', theme, width })
    await field(page, 'Data').fill(`name,slug\n${theme}${width},${theme}${width}`)
    await field(page, 'Reason').fill('From the old list')
    await page.getByRole('checkbox', { name: 'In the background' }).check()
    assert.deepEqual(await barriers(page), [])
    await picture(page, `import-background-${theme}-${width}`)
    await button(page, 'Import').click()
    await notice(page, 'A job does it in the background.')
  }
  const page = await stage.open('/core/jobs/', { user: 'admin' })
  await link(page, 'Bulk import 1 region').first().click()
  await page.locator('article > header').getByText('Completed', { exact: true }).first().waitFor()
  const { rows } = await stage.db.pool.query<{ message: string }>(
    `select message from core_objectchange where object_repr = 'light1440'`,
  )
  assert.deepEqual(rows, [{ message: 'From the old list' }])
})

test('what a job logged is a table, its error stands above it', async () => {
  const entries = ['debug', 'info', 'warning', 'error'].map((level, at) => ({
    level,
    message: `Line of ${level}`,
    timestamp: `2026-01-02T03:04:0${at}.120Z`,
  }))
  const { rows } = await stage.db.pool.query<{ id: string }>(
    `insert into core_job (name, status, created, started, completed, data, error, job_id, queue_name, notifications, log_entries)
      values ('Count doors', 'failed', now(), now(), now(), '{"doors": 7}', 'There is no door.', gen_random_uuid(), 'default',
        'always', array(select jsonb_array_elements($1::jsonb))) returning id`,
    [JSON.stringify(entries)],
  )
  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
  ] as const) {
    const page = await stage.open(`/core/jobs/${rows[0]!.id}/`, { user: 'admin', theme, width })
    await page.getByRole('alert').getByText('There is no door.').waitFor()
    const lines = page.getByRole('region', { name: 'Log' }).getByRole('row')
    assert.match(
      (await lines.nth(3).getByRole('cell').allInnerTexts()).join(' '),
      /^\d\d:\d\d:02\.120 warning Line of warning$/,
    )
    await button(page, 'Run again').waitFor()
    assert.deepEqual(await barriers(page), [])
    await picture(page, `job-failed-${theme}-${width}`)
  }
})

test('superusers see the queues and their workers; others are told why not', async () => {
  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
  ] as const) {
    const page = await stage.open('/core/background-queues/', { user: 'admin', theme, width })
    await heading(page, 'Background tasks')
    const queues = page.getByRole('region', { name: 'Queues', exact: true }).getByRole('row')
    await queues.filter({ hasText: 'default' }).waitFor()
    await page.getByRole('region', { name: 'Workers' }).getByText('idle').waitFor()
    await page.getByRole('link', { name: 'System housekeeping' }).waitFor()
    assert.deepEqual(await barriers(page), [])
    await picture(page, `queues-${theme}-${width}`)
  }
  const other = await stage.open('/core/background-queues/', { user: 'reader' })
  await other.getByText('Only superusers may see the queues').waitFor()
  await other.goto('/core/jobs/')
  await heading(other, /Jobs/)
  assert.equal(await other.getByRole('link', { name: 'Background tasks' }).count(), 0)
})
