import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { button, heading } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()
const sights = [
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
] as const

async function insert(table: string, values: Readonly<Record<string, unknown>>): Promise<number> {
  const columns = Object.keys(values)
  const { rows } = await stage.db.pool.query<{ id: string }>(
    `insert into ${table} (${columns.join()}) values (${columns.map((_, at) => `$${at + 1}`).join()}) returning id`,
    Object.values(values),
  )
  return Number(rows[0]!.id)
}

const context = (name: string, weight: number, data: object) =>
  insert('extras_configcontext', {
    name,
    weight,
    data: JSON.stringify(data),
    is_active: true,
    description: '',
    data_path: '',
    auto_sync_enabled: false,
  })

test('the config context of a device is shown with the contexts it is made of, in their order', async () => {
  await context('Servers of all', 2000, { ntp: { servers: ['10.0.0.2'] }, syslog: '10.0.0.9' })
  await context('Base', 1000, { ntp: { servers: ['10.0.0.1'], burst: true }, banner: 'Keep out' })
  await stage.db.pool.query(
    `update dcim_device set local_context_data = '{"banner": "Welcome"}', _config_context_data = null where id = 1`,
  )
  for (const [theme, width] of sights) {
    const page = await stage.open('/dcim/devices/1/config-context/', { user: 'admin', theme, width })
    const merged = page.getByRole('region', { name: 'Merged config context' })
    await merged.getByText('"Welcome"').waitFor()
    assert.deepEqual(JSON.parse((await merged.locator('pre').last().textContent())!), {
      ntp: { servers: ['10.0.0.2'], burst: true },
      banner: 'Welcome',
      syslog: '10.0.0.9',
    })
    const sources = await page.getByRole('complementary', { name: 'Sources' }).getByRole('listitem').allInnerTexts()
    assert.deepEqual(
      sources.map(text => /Base|Servers of all|Own data/.exec(text)?.[0]),
      ['Base', 'Servers of all', 'Own data'],
    )
    assert.deepEqual(await barriers(page), [])
    await picture(page, `config-context-${theme}-${width}`)
  }
  const page = await stage.open('/dcim/devices/1/config-context/', { user: 'admin' })
  await page.getByRole('radio', { name: 'YAML' }).check({ force: true })
  await page.getByRole('region', { name: 'Merged config context' }).getByText('banner: Welcome').waitFor()
  await page.waitForTimeout(300)
  await page.reload()
  await page.getByRole('region', { name: 'Merged config context' }).getByText('banner: Welcome').waitFor()
})

test('the configuration of a device is rendered, downloaded, and the line at fault is shown', async () => {
  const template = await insert('extras_configtemplate', {
    name: 'Switch',
    description: '',
    environment_params: '{"trim_blocks": true}',
    template_code: 'hostname {{ device.name }}\n{% for one in ntp.servers %}\nntp server {{ one }}\n{% endfor %}\n',
    mime_type: '',
    file_name: '',
    file_extension: '',
    as_attachment: true,
    debug: false,
    data_path: '',
    auto_sync_enabled: false,
  })
  const bare = await stage.open('/dcim/devices/1/render-config/', { user: 'admin' })
  await bare.getByText('There is no config template').waitFor()
  await stage.db.pool.query('update dcim_device set config_template_id = $1 where id = 1', [template])
  for (const [theme, width] of sights) {
    const page = await stage.open('/dcim/devices/1/render-config/', { user: 'admin', theme, width })
    await heading(page, 'leaf-1')
    await page.getByRole('region', { name: 'Rendered configuration' }).getByText('ntp server 10.0.0.2').waitFor()
    await button(page, 'Copy').waitFor()
    assert.deepEqual(await barriers(page), [])
    await picture(page, `rendered-${theme}-${width}`)
  }
  const page = await stage.open('/dcim/devices/1/render-config/', { user: 'admin' })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'device-1.txt')
  assert.equal(readFileSync(await download.path(), 'utf8').trim(), 'hostname leaf-1\nntp server 10.0.0.2')

  await stage.db.pool.query(
    `update extras_configtemplate set template_code = 'hostname {{ device.name }}' || chr(10) || 'vlan {{ vlan.id.x }}' || chr(10) || 'end'`,
  )
  for (const [theme, width] of sights) {
    const page = await stage.open('/dcim/devices/1/render-config/', { user: 'admin', theme, width })
    await page.getByRole('alert').getByText("'vlan' is undefined").waitFor()
    await page.getByRole('alert').getByText('Line 2 of the template').waitFor()
    await page
      .getByRole('region', { name: 'The template around the fault' })
      .getByText('vlan {{ vlan.id.x }}')
      .waitFor()
    assert.deepEqual(await barriers(page), [])
    await picture(page, `rendered-fault-${theme}-${width}`)
  }
})

test('a virtual machine has the same tabs', async () => {
  const page = await stage.open('/', { user: 'admin' })
  const machine = await page.evaluate<{ id: number }>(
    `fetch('/api/virtualization/virtual-machines/', { method: 'POST', body: '{"name": "vm-1", "site": 1}',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'demarc' } }).then(answer => answer.json())`,
  )
  await page.goto(`/virtualization/virtual-machines/${machine.id}/config-context/`)
  await heading(page, 'vm-1')
  await page.getByRole('region', { name: 'Merged config context' }).getByText('Keep out').waitFor()
  await page.getByRole('link', { name: 'Rendered config' }).click()
  await page.getByText('There is no config template').waitFor()
})

test('who may not render has no such tab', async () => {
  const page = await stage.open('/dcim/devices/1/', { user: 'reader' })
  await page.getByRole('link', { name: 'Config context' }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Rendered config' }).count(), 0)
})
