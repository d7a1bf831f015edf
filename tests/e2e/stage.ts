import fs from 'node:fs'
import path from 'node:path'
import { after, afterEach } from 'node:test'
import type { Database } from '@demarc/engine/database'
import { createApp } from '@demarc/engine/http'
import { openQueue } from '@demarc/engine/job'
import { registry } from '@demarc/models'
import axe from 'axe-core'
import { pino } from 'pino'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { readConfig } from '../../server/config.ts'
import { routesOf } from '../../server/routes.ts'
import { work } from '../../server/work.ts'
import { testDatabase } from '../database.ts'
import { seed, users } from './seed.ts'

const pictures = path.join(import.meta.dirname, 'pictures')
const guides = path.join(import.meta.dirname, '../../docs/guides/pictures')
const programs = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Stage {
  readonly db: Database
  /** A new browser window; of nobody, where no user is named. */
  readonly open: (address: string, options?: OpenOptions) => Promise<Page>
}

interface OpenOptions {
  readonly user?: keyof typeof users | undefined
  readonly theme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

/** A seeded server and a browser before it, both gone when the tests are over; with a worker where `works` says so. */
export async function setStage({ works = false } = {}): Promise<Stage> {
  const closers: (() => Promise<unknown>)[] = []
  // Before the database says what it wants to be done afterwards, for it must close last.
  after(async () => {
    for (const close of closers.toReversed()) await close()
  })
  const db = await testDatabase()
  await seed(db)
  const config = { ...readConfig({}), ALLOWED_HOSTS: ['*'] }
  const log = pino({ level: 'error' })
  const queue = works ? await hire() : undefined
  const app = createApp({
    config,
    logger: log,
    routes: routesOf({ config, db, registry, ...(queue && { queue }) }),
    web: path.join(import.meta.dirname, '../../web/dist'),
  })
  closers.push(() => app.close())
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const browser = await launch()
  closers.push(() => browser.close())
  const windows = new Set<BrowserContext>()
  afterEach(async () => {
    for (const context of windows) await context.close()
    windows.clear()
  })
  const cookies = new Map<string, ReturnType<BrowserContext['storageState']>>()

  async function hire() {
    const { connectionString: url } = db.pool.options as { connectionString: string }
    const queue = await openQueue({ url, log, timeout: 60, served: true })
    closers.push(() => queue.close())
    closers.push(await work(db, queue, config, log))
    return queue
  }

  async function logIn(user: keyof typeof users) {
    const context = await browser.newContext({ baseURL: origin })
    const { username, password } = users[user]
    const answer = await context.request.post('/ui/login', { data: { username, password } })
    if (!answer.ok()) throw new Error(`${username} cannot log in: ${answer.status()} ${await answer.text()}`)
    const state = await context.storageState()
    await context.close()
    return state
  }

  async function open(address: string, { user, theme = 'light', width = 1440, height = 900 }: OpenOptions = {}) {
    if (user && !cookies.has(user)) cookies.set(user, logIn(user))
    const context = await browser.newContext({
      baseURL: origin,
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
      ...(user && { storageState: await cookies.get(user)! }),
    })
    context.setDefaultTimeout(15_000)
    windows.add(context)
    const page = await context.newPage()
    await page.goto(address)
    return page
  }
  return { db, open }
}

async function launch(): Promise<Browser> {
  const program = [process.env['CHROMIUM'] ?? '', ...programs].find(file => file && fs.existsSync(file))
  if (!program) throw new Error('These tests need Chromium: install it, or name it in CHROMIUM.')
  fs.mkdirSync(pictures, { recursive: true })
  return chromium.launch({ executablePath: program, args: quiet })
}

/** Keeps how the page looks now, for people to see. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(pictures, `${name}.png`) })
}

/** Keeps how a part of a page looks as a picture of the guides; only where DEMARC_WRITE_PICTURES=1 asks for new ones. */
export async function guidePicture(part: Locator, name: string): Promise<void> {
  if (!process.env['DEMARC_WRITE_PICTURES']) return
  fs.mkdirSync(guides, { recursive: true })
  await part.screenshot({ path: path.join(guides, `${name}.png`) })
}

/** What stands in the way of people who cannot see, hear or point well: rule and place of each serious fault. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)) as axe.AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`))
}
