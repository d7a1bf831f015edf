import type { Locator, Page } from 'playwright-core'

/** Waits for the page with this title. */
export const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' }).waitFor()

/** The link of a list's row. */
export const link = (page: Page, name: string): Locator =>
  page.getByRole('table').getByRole('link', { name, exact: true })

/** Waits until the page says that something was done. */
export const notice = (page: Page, text: string | RegExp): Promise<void> =>
  page.locator('[data-notices]').getByText(text).waitFor()

/** An input by its label. */
export const field = (within: Page | Locator, name: string): Locator =>
  within.getByRole('textbox', { name, exact: true }).or(within.getByRole('combobox', { name, exact: true }))

/** A button by its label. */
export const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true })

/** Picks in a picker by typing. */
export async function pick(page: Page, name: string, text: string, within: Page | Locator = page): Promise<void> {
  await field(within, name).click()
  await page.keyboard.type(text)
  await page.getByRole('option', { name: text }).filter({ hasNotText: 'New ' }).first().click()
}

/** Chooses in a selection. */
export async function choose(page: Page, name: string, option: string, within: Page | Locator = page): Promise<void> {
  await field(within, name).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
