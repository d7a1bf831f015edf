import assert from 'node:assert/strict'
import { test } from 'node:test'
import { button, field, heading } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

test('headings of another tool are mapped, errors stand with their rows, and what would happen is told', async () => {
  const page = await stage.open('/dcim/sites/import/', { user: 'admin' })
  await heading(page, 'Import sites')
  const data = field(page, 'Data')
  await data.fill('Name\tSlug\tRegon\tStatus\nOdense\todense\tEurope\tactive\nAarhus\taar hus\tAtlantis\tbuilt')
  const columns = page.getByRole('region', { name: 'Columns of the data' })
  await columns.getByText('4 headings are not known').waitFor()
  await button(columns, 'Take “Name” for name, “Slug” for slug, “Regon” for region, “Status” for status').click()
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
