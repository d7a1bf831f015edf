import assert from 'node:assert/strict'
import { test } from 'node:test'
import { button, field, heading, pick } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

test('headings of another tool are mapped, errors stand with their rows, and what would happen is told', async () => {
  const page = await stage.open('/dcim/sites/import/', { user: 'admin' })
  await heading(page, 'Import sites')
  const data = field(page, 'Data')
  await data.fill('Name\tSlug\tRegon\tStatus\nOdense\todense\tEurope\tactive\nAarhus\taar hus\tAtlantis\tbuilt')
  const columns = page.getByRole('region', { name: 'Columns of the data' })
  await columns.getByText('4 headings are not known').waitFor()
  await button(columns, 'Take all 4 proposals').click()
  assert.match(await data.inputValue(), /^name\tslug\tregion\tstatus\nOdense/)
  await columns.waitFor({ state: 'detached' })
  await button(page, 'Try it out').click()
  const alert = page.getByRole('alert')
  await alert.getByText('Aarhus\taar hus\tAtlantis\tbuilt').waitFor()
  assert.equal(await alert.getByText('Row 1').count(), 0)
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'import-errors-rows')

  // A file is dropped on it: one new, one changed, one as it was.
  const drop = (name: string, text: string) =>
    page.evaluate(
      `(() => { const files = new DataTransfer(); files.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
        document.querySelector('textarea').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true })) })()`,
    )
  await drop('sites.csv', 'id,name,slug,facility\n1,Oslo,oslo,OSL-9\n3,Boston,boston,\n,Odense,odense,')
  await page.waitForFunction(`document.querySelector('textarea').value.startsWith('id,name')`)
  await button(page, 'Try it out').click()
  await page.getByText('It would work: 1 created, 1 updated, 1 unchanged').waitFor()
  const rows = page.getByRole('region', { name: 'Rows' }).getByRole('row')
  assert.deepEqual(await rows.nth(1).getByRole('cell').allInnerTexts(), ['1', 'Oslo', 'updated', 'Facility'])
  assert.deepEqual(await rows.nth(2).getByRole('cell').allInnerTexts(), ['2', 'Boston', 'unchanged', ''])
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'import-trial-rows')
})

test('every column that may be given is told, and can be found', async () => {
  const page = await stage.open('/dcim/devices/import/', { user: 'admin' })
  const reference = page.getByRole('region', { name: 'Columns', exact: true })
  await field(reference, 'Find a column').fill('contract')
  await reference.getByText('cf_contract').waitFor()
  await field(reference, 'Find a column').fill('device_type')
  await reference.getByText('The model of a device type').waitFor()
  await field(page, 'Data').fill('name,site\nx,Oslo')
  await page.getByRole('region', { name: 'Columns of the data' }).getByText('device_type').waitFor()
})

test('a file of a data source is imported', async () => {
  const page = await stage.open('/dcim/regions/import/', { user: 'admin' })
  const { rows } = await stage.db.pool.query<{ id: string }>(
    `insert into core_datasource (name, type, source_url, status, enabled, ignore_rules, description, comments, custom_fields)
      values ('plans', 'local', '/plans', 'new', true, '', '', '', '{}') returning id`,
  )
  await stage.db.pool.query(
    `insert into core_datafile (source_id, path, last_updated, size, hash, created, data) values ($1, 'regions.csv', now(), 1, '', now(), $2)`,
    [rows[0]!.id, Buffer.from('name,slug\nAsia,asia\n')],
  )
  await pick(page, 'Data file', 'regions.csv')
  await page.waitForFunction(`document.querySelector('textarea').value.startsWith('name,slug')`)
  await button(page, 'Import').click()
  await page.getByText('Done: 1 created').waitFor()
})
