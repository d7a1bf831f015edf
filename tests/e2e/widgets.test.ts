import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { button, field, heading, notice, pick } from './hands.ts'
import { barriers, picture, setStage } from './stage.ts'

const stage = await setStage()

async function post(page: Page, path: string, data: object): Promise<{ id: number }> {
  const answer = await page.request.post(path, { data, headers: { 'Sec-Fetch-Site': 'same-origin' } })
  assert.equal(answer.status(), 201, await answer.text())
  return (await answer.json()) as { id: number }
}

test('the attributes of a module type are asked for as its profile says', async () => {
  const page = await stage.open('/', { user: 'admin' })
  const properties = {
    size: { type: 'integer', title: 'Size (GB)', description: 'Of one module' },
    class: { type: 'string', enum: ['DDR4', 'DDR5'], default: 'DDR5' },
    ecc: { type: 'boolean', title: 'ECC' },
  }
  await post(page, '/api/dcim/module-type-profiles/', {
    name: 'Memory bar',
    schema: { properties, required: ['size'] },
  })
  await post(page, '/api/dcim/module-type-profiles/', {
    name: 'Cooler',
    schema: { properties: { rpm: { type: 'number', title: 'RPM' } }, additionalProperties: false },
  })
  await page.goto('/dcim/module-types/add/')
  await pick(page, 'Manufacturer', 'Arista')
  await field(page, 'Model').fill('M64')
  await page.getByText('Choose a profile first').waitFor()
  await pick(page, 'Profile', 'Memory bar')
  assert.equal(await field(page, 'Class').inputValue(), 'DDR5')
  await button(page, 'Create').click()
  await page.getByText('Size (GB): This is required.').first().waitFor()
  await field(page, 'Size (GB)').fill('64')
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'attributes')
  const sent = page.waitForRequest(request => request.method() === 'POST')
  await button(page, 'Create').click()
  assert.deepEqual((await sent).postDataJSON().attributes, { size: 64, class: 'DDR5', ecc: null })
  await heading(page, 'M64')
  await page.getByText('Size (GB)').waitFor()

  // Another profile knows nothing of sizes.
  await page.keyboard.press('e')
  await pick(page, 'Profile', 'Cooler')
  await field(page, 'RPM').fill('4500.5')
  await button(page, 'Save').click()
  await notice(page, 'Module type M64 was saved.')
  await page.getByText('4500.5').waitFor()
  assert.equal(await page.getByText('Size (GB)').count(), 0)
})

test('front ports are mapped to rear ports line by line, several at once', async () => {
  const page = await stage.open('/', { user: 'admin' })
  await post(page, '/api/dcim/rear-ports/', { device: 1, name: 'Trunk', type: 'mpo', positions: 4 })
  await page.goto('/dcim/front-ports/add/?device=1&type=lc')
  await field(page, 'Name').fill('F[1-4]')
  await button(page, 'Add to rear ports').click()
  await page.getByLabel('Port in line 1', { exact: true }).click()
  await page.getByRole('option', { name: 'Trunk' }).click()
  await button(page, 'Create').click()
  await page.getByText('4 ports of 1 positions take 4 lines, but there are 1.').first().waitFor()
  await page.getByLabel('Continue up to position').fill('4')
  await button(page, 'Fill').click()
  assert.equal(await page.getByLabel('Position there in line 4').inputValue(), '4')
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'port-mapping')
  await button(page, 'Create').click()
  await notice(page, '4 front ports were created.')

  const answer = await page.request.get('/api/dcim/front-ports/?device_id=1&name=F3')
  const { results } = (await answer.json()) as { results: { id: number; rear_ports: object[] }[] }
  const [third] = results
  assert.deepEqual(
    third!.rear_ports.map(each => Object(each).rear_port_position),
    [3],
  )
  await page.goto(`/dcim/front-ports/${third!.id}/`)
  await page.getByRole('listitem').getByRole('link', { name: 'Trunk' }).waitFor()
  await page.keyboard.press('e')
  await page.getByLabel('Port in line 1', { exact: true }).waitFor()
  await button(page, 'Remove line 1').click()
  await button(page, 'Save').click()
  await notice(page, 'Front port F3 was saved.')
  assert.equal(await page.getByRole('listitem').getByRole('link', { name: 'Trunk' }).count(), 0)
})

test('only models that can have it are offered, and what was picked lately comes first', async () => {
  const page = await stage.open('/extras/custom-fields/add/', { user: 'admin' })
  await field(page, 'Object types').click()
  await page.getByRole('option', { name: 'Site', exact: true }).waitFor()
  assert.equal(await page.getByRole('option', { name: 'Console port template', exact: true }).count(), 0)

  await page.goto('/dcim/interfaces/add/')
  const first = page.getByRole('option').first()
  await pick(page, 'Device', 'leaf-77')
  await page.goto('/dcim/console-ports/add/')
  await field(page, 'Device').click()
  await first.getByText('lately').waitFor()
  assert.match(await first.innerText(), /leaf-77/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.equal(await field(page, 'Device').inputValue(), 'leaf-77')
})

test('airports and countries come along as choices, found while one types', async () => {
  const page = await stage.open('/', { user: 'admin' })
  const set = (base_choices: string, more = {}) => ({ name: base_choices, base_choices, extra_choices: [], ...more })
  const air = await post(
    page,
    '/api/extras/custom-field-choice-sets/',
    set('IATA', { extra_choices: [['QQQ', 'Ours']] }),
  )
  const land = await post(page, '/api/extras/custom-field-choice-sets/', set('ISO_3166'))
  for (const [name, type, { id }] of [
    ['airport', 'select', air],
    ['countries', 'multiselect', land],
  ] as const)
    await post(page, '/api/extras/custom-fields/', { name, type, object_types: ['dcim.site'], choice_set: id })
  const found = await page.request.get(`/api/extras/custom-field-choice-sets/${air.id}/choices/?q=gardermoen`)
  assert.deepEqual(((await found.json()) as { results: object[] }).results, [
    { id: 'OSL', display: 'Oslo Airport, Gardermoen' },
  ])
  await page.goto('/dcim/sites/1/edit/')
  await field(page, 'Airport').click()
  await page.keyboard.type('gardermoen')
  await page.getByRole('option', { name: 'OSL · Oslo Airport, Gardermoen' }).click()
  await field(page, 'Countries').click()
  await page.keyboard.type('norw')
  await page.getByRole('option', { name: 'Norway' }).click()
  const sent = page.waitForRequest(request => request.method() === 'PATCH')
  await button(page, 'Save').click()
  assert.deepEqual((await sent).postDataJSON(), { custom_fields: { airport: 'OSL', countries: ['NO'] } })
  await page.getByText('Norway', { exact: true }).waitFor()
  await page.goto('/dcim/sites/1/edit/')
  await page.waitForFunction(`document.querySelector('[data-field=cf_airport] input')?.value.startsWith('OSL')`)
})

test('what is hard to find by typing is found in the list with its filters', async () => {
  const page = await stage.open('/dcim/devices/?name=leaf-1', { user: 'admin' })
  await page.getByLabel('Select leaf-1', { exact: true }).check()
  await button(page.getByRole('region', { name: 'Selection' }), 'Edit…').click()
  const drawer = page.getByRole('dialog', { name: 'Edit device leaf-1' })
  await drawer.getByPlaceholder('Add a field to change…').click()
  await page.getByRole('option', { name: 'Out-of-band IP' }).click()
  await field(drawer, 'Out-of-band IP').click()
  await page.getByRole('option', { name: 'More, with filters…' }).click()
  const selector = page.getByRole('dialog', { name: 'IP addresses' })
  await selector.getByRole('link', { name: '10.1.0.3/24' }).waitFor()
  assert.deepEqual(await barriers(page), [])
  await picture(page, 'selector')

  // Escape closes the upper window alone.
  await page.keyboard.press('Escape')
  await selector.waitFor({ state: 'detached' })
  await drawer.waitFor()
  await field(drawer, 'Out-of-band IP').click()
  await page.getByRole('option', { name: 'More, with filters…' }).click()
  await selector
    .getByRole('searchbox')
    .or(selector.getByRole('textbox', { name: /Search/ }))
    .fill('leaf-13.example')
  await selector.getByText('1 IP address', { exact: true }).waitFor()
  await selector.getByRole('link', { name: '10.1.0.13/24' }).press('Enter')
  assert.equal(await field(drawer, 'Out-of-band IP').inputValue(), '10.1.0.13/24')
})
