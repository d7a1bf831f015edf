import assert from 'node:assert/strict'
import fs from 'node:fs'
import { test } from 'node:test'
import { pathOf, uiPathOf } from '@demarc/engine/model'
import { registry } from '@demarc/models'
import type { Locator, Page } from 'playwright-core'
import { buildPlants, type Plants } from '../plants.ts'
import { barriers, guidePicture, picture, setStage } from './stage.ts'

const stage = await setStage()

/** What is there, built over REST as any client would. */
let plants: Promise<Plants> | undefined
const built = () => (plants ??= build())

async function build(): Promise<Plants> {
  const page = await stage.open('/', { user: 'admin' })
  return buildPlants(async (name, ...items) => {
    const model = registry.model(name)
    const answer = await page.request.post(`/api/${model.app}/${pathOf(model)}/`, {
      data: items,
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    })
    assert.equal(answer.status(), 201, await answer.text())
    return ((await answer.json()) as { id: number }[]).map(row => row.id)
  })
}

async function open(plant: keyof Plants, options: Parameters<typeof stage.open>[1] = {}) {
  const [name, id] = (await built())[plant]
  const model = registry.model(name)
  const page = await stage.open(`/${model.app}/${uiPathOf(model)}/${id}/`, { user: 'admin', ...options })
  await trace(page).waitFor()
  return page
}

const trace = (page: Page) => page.getByRole('region', { name: 'Trace', exact: true })

test('an interface is plugged into a panel by hand, its path drawn, and unplugged again', async () => {
  const page = await open('unplugged')
  await trace(page).getByText('No cable is plugged into this interface.').waitFor()
  await trace(page).getByRole('button', { name: 'Connect', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Connect xe-0/5/2' })
  const other = form.getByRole('region', { name: 'Other side' })
  await other.getByRole('combobox', { name: 'What kind' }).click()
  await page.getByRole('option', { name: 'Front port' }).click()
  await pick(page, other, 'Site', 'Bergen')
  await pick(page, other, 'Device', 'mpo-1')
  await other.getByRole('combobox', { name: 'Front port' }).click()
  await page.getByRole('option', { name: 'Front 4' }).filter({ hasNotText: 'New ' }).waitFor()
  assert.equal(await page.getByRole('option', { name: /Front \d/ }).count(), 1, 'only free ports are offered')
  await page.getByRole('option', { name: 'Front 4' }).filter({ hasNotText: 'New ' }).click()
  await page.keyboard.press('Escape')
  await form.getByRole('textbox', { name: 'Label', exact: true }).fill('H-1')
  await form.getByRole('region', { name: 'The path, scrollable' }).getByText('H-1').waitFor()
  await picture(page, 'connect')
  await guidePicture(form, 'connect')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Close without saving?' }).getByRole('button', { name: 'Stay' }).click()
  await form.getByRole('button', { name: 'Connect', exact: true }).click()
  await trace(page).getByRole('link', { name: 'H-1' }).waitFor()
  await trace(page).getByText('Incomplete').waitFor()
  for (const name of ['core-1', 'mpo-1', 'Front 4', 'MPO-7', 'mpo-2'])
    await trace(page).getByRole('link', { name }).first().waitFor()
  await trace(page).getByRole('button', { name: 'connect', exact: true }).click()
  await page.getByRole('dialog', { name: 'Connect Front 4' }).getByRole('button', { name: 'Cancel' }).click()
  await picture(page, 'trace-incomplete')
  await trace(page).getByRole('button', { name: 'Mark planned' }).click()
  await trace(page).getByText('Planned', { exact: true }).waitFor()
  await trace(page).getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await trace(page).getByRole('button', { name: 'Connect', exact: true }).waitFor()
})

test('the ports of a device tell their cables and where they lead, and a cable is planned or plugged in there', async () => {
  const [, id] = (await built()).panel
  const page = await stage.open(`/dcim/interfaces/?name=xe-0%2F1%2F1&name=xe-0%2F5%2F2&device=core-1&q=xe`, {
    user: 'admin',
  })
  const row = page.getByRole('row').filter({ hasText: 'xe-0/1/1' })
  await row.getByRole('link', { name: 'xe-0/1/1' }).nth(1).waitFor()
  await row.hover()
  await row.getByRole('button', { name: /^Mark planned/ }).click()
  await row.getByRole('button', { name: /^Mark connected/ }).click()
  await row.getByRole('button', { name: /^Mark planned/ }).waitFor()
  await page.getByRole('row').filter({ hasText: 'xe-0/5/2' }).getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('dialog', { name: 'Connect xe-0/5/2' }).getByText('Interface of core-1').waitFor()
  await page.goto(`/dcim/interfaces/${id}/trace/`)
  await trace(page).getByRole('link', { name: 'panel-1' }).waitFor()
})

test('the form of a cable is filled in by its address, as links made for NetBox do it', async () => {
  const [[, near], [, far]] = await built().then(plants => [plants.unplugged, plants.panel] as const)
  const page = await stage.open(
    `/dcim/cables/add/?a_terminations_type=dcim.interface&a_terminations=${near}&b_terminations_type=dcim.frontport&type=cat6`,
    { user: 'admin' },
  )
  await page.getByText('core-1 › xe-0/5/2').waitFor()
  await page.waitForFunction(`document.querySelector('[data-field=type] input')?.value === 'CAT6'`)
  const kind = page.getByRole('combobox', { name: /: what kind/ })
  assert.deepEqual([await kind.nth(0).inputValue(), await kind.nth(1).inputValue()], ['Interface', 'Front port'])
  await page.goto(`/ipam/ip-addresses/add/?interface=${far}`)
  const inputs = `[...document.querySelectorAll('[data-field=assigned_object] input')]`
  await page.waitForFunction(`${inputs}.some(input => input.value === 'xe-0/0/1')`)
})

test('a list of connections shows who reaches whom, and exports it', async () => {
  await built()
  const page = await stage.open('/', { user: 'admin' })
  const menu = page.getByRole('navigation', { name: 'Menu' })
  await menu.getByRole('button', { name: 'Connections' }).click()
  await menu.getByRole('link', { name: 'Interface connections' }).click()
  await page.getByRole('heading', { level: 1, name: 'Interface connections' }).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'W-3' })
  await row.getByRole('link', { name: 'Nordlys Cloud' }).waitFor()
  await picture(page, 'connections')
  assert.deepEqual(await barriers(page), [])
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'All data as CSV' }).click()
  const file = await coming
  assert.equal(file.suggestedFilename(), 'netbox_interface_connections.csv')
  assert.match(fs.readFileSync(await file.path(), 'utf8'), /core-1,xe-0\/4\/1,Nordlys Cloud,True/)
  await row.getByRole('link', { name: 'xe-0/4/1', exact: true }).click()
  await trace(page).getByRole('link', { name: 'Nordlys Cloud' }).waitFor()
})

/** What the guide shows of each plant, by words that its drawing must hold. */
const shown: Readonly<Record<Exclude<keyof Plants, 'unplugged'>, readonly string[]>> = {
  panel: ['Not all connected', 'A-101', 'panel-1', 'panel-2', 'Planned'],
  trunk: ['core-1 xe-0/1/3 → edge-1 xe-0/1/3', 'MPO-7'],
  breakout: ['BRK-3', 'server-4'],
  duplex: ['at least 6 m', 'splice-1', 'Front 2'],
  circuit: ['12.01 km', 'NL-4711', 'Termination Z', 'edge-1'],
  cloud: ['NL-9000', 'Nordlys Cloud'],
  virtual: ['Reachable', 'NL-V1', 'edge-1'],
  wireless: ['Bergen backhaul', '1.2 km'],
  power: ['Feed A1', 'UPS A'],
  split: ['The path is split', 'Front 3'],
  open: ['Incomplete', 'Decommissioning', 'connect'],
}

for (const [plant, words] of Object.entries(shown) as [keyof typeof shown, readonly string[]][])
  test(`the drawing of ${plant} says what there is`, async () => {
    const page = await open(plant)
    for (const text of words) await trace(page).getByText(text, { exact: true }).first().waitFor()
    await guidePicture(trace(page), plant)
  })

test('all paths through a trunk are drawn below each other', async () => {
  const page = await open('trunk')
  await trace(page).getByRole('button', { name: 'All' }).click()
  for (const n of [1, 2, 3])
    await trace(page)
      .getByRole('link', { name: `xe-0/1/${n}` })
      .nth(1)
      .waitFor()
  assert.equal(await trace(page).getByRole('list').count(), 3)
})

for (const plant of ['panel', 'trunk', 'breakout', 'split'] as const)
  for (const [size, options] of Object.entries({
    wide: {},
    phone: { width: 390, height: 844, theme: 'dark' },
  } as const))
    test(`a path (${plant}, ${size}) is drawn without barriers`, async () => {
      const page = await open(plant, options)
      await trace(page).getByRole('list').waitFor()
      assert.deepEqual(await barriers(page), [])
      await picture(page, `trace-${plant}-${size}`)
    })

/** Picks in a picker by typing. */
async function pick(page: Page, within: Locator, name: string, text: string) {
  await within.getByRole('combobox', { name, exact: true }).click()
  await page.keyboard.type(text)
  await page.getByRole('option', { name: text }).filter({ hasNotText: 'New ' }).first().click()
}
