import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { startServer, stopServer, superuserToken, type Server } from './server.ts'

const rounds = Number(process.env['DEMARC_KILLS'] ?? 3)
const writers = 4
const size = 12

const dir = mkdtempSync(join(tmpdir(), 'demarc-kill-'))
chmodSync(dir, 0o711)
let server: Server | undefined
after(async () => {
  if (server) await stopServer(server)
  rmSync(dir, { recursive: true, force: true })
})

interface Row {
  readonly id: number
  readonly name: string
  readonly description: string
}

/** Rows that were written in one request and stay together: what is known of them, and what may be. */
interface Group {
  /** What their descriptions were when the server last answered; null once they were deleted, or before they were there. */
  sure: string | null
  /** What a request that was cut short would have made of them, until a look at the server tells. */
  maybe?: string | null
  ids: readonly number[]
}

const groups = new Map<string, Group>()

async function send(method: string, path: string, body?: unknown): Promise<any> {
  const answer = await fetch(`${server!.url}/api/${path}`, {
    method,
    headers: { authorization: `Token ${superuserToken}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  // PostgreSQL went first, and the server had a moment left to say so.
  if (answer.status === 500 && /connect/i.test(text)) throw new TypeError(text)
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
  return text ? JSON.parse(text) : undefined
}

/** Thrown when the server, or its database, goes away under a request. */
const isCut = (error: unknown) => error instanceof TypeError

/** Writes until the server is gone. */
async function write(round: number, writer: number, written: () => void): Promise<void> {
  for (let n = 0; ; n++) {
    const own = [...groups].filter(([name, group]) => name.startsWith(`w${writer}-`) && group.sure !== null)
    const turn = own.length < 2 ? 0 : randomInt(4)
    const [name, group]: [string, Group] =
      turn < 2 ? [`w${writer}-r${round}-n${n}`, { sure: null, ids: [] }] : own[randomInt(own.length)]!
    groups.set(name, group)
    const text = turn === 3 ? null : `of round ${round}, ${n}`
    group.maybe = text
    try {
      if (turn < 2) {
        const bodies = Array.from({ length: size }, (_, at) => ({
          name: `${name}-${at}`,
          slug: `${name}-${at}`,
          description: text,
        }))
        group.ids = (await send('POST', 'dcim/regions/', bodies)).map(({ id }: Row) => id)
      } else if (turn === 2)
        await send(
          'PATCH',
          'dcim/regions/',
          group.ids.map(id => ({ id, description: text })),
        )
      else
        await send(
          'DELETE',
          'dcim/regions/',
          group.ids.map(id => ({ id })),
        )
    } catch (error) {
      if (isCut(error)) return
      throw error
    }
    group.sure = text
    delete group.maybe
    written()
  }
}

/** Reads everything, settles what was unsure, and compares with what was acknowledged and with the change log. */
async function examine(): Promise<void> {
  const results: Row[] = await everyPage('dcim/regions/')
  const byGroup = Map.groupBy(results, row => row.name.slice(0, row.name.lastIndexOf('-')))
  for (const name of byGroup.keys()) assert.ok(groups.has(name), `${name} was never asked for`)
  for (const [name, group] of groups) {
    const rows = byGroup.get(name) ?? []
    const texts = new Set(rows.map(row => row.description))
    assert.ok(rows.length === 0 || rows.length === size, `${name} has ${rows.length} of ${size} rows`)
    assert.ok(texts.size < 2, `${name} is half changed`)
    const is = rows[0]?.description ?? null
    const could = 'maybe' in group ? [group.sure, group.maybe] : [group.sure]
    assert.ok(could.includes(is), `${name} is ${is}, but ${could.join(' or ')} was written`)
    group.sure = is
    group.ids = rows.map(row => row.id)
    delete group.maybe
  }
  const log = await everyPage('core/object-changes/')
  const last = new Map(log.map(change => [change.changed_object_id, change]))
  for (const row of results) {
    const change = last.get(row.id)
    assert.equal(change?.postchange_data?.description, row.description, `${row.name} is not as the change log says`)
    last.delete(row.id)
  }
  for (const change of last.values()) assert.equal(change.action.value, 'delete', `${change.object_repr} is gone`)
  for (const [request, of] of Map.groupBy(log, change => change.request_id))
    assert.equal(of.length, size, `request ${request} is recorded in part`)
}

/** All rows of a list, by id: one page holds no more than a thousand. */
async function everyPage(path: string): Promise<any[]> {
  const all: any[] = []
  for (let start = 0; ;) {
    const { results } = await send('GET', `${path}?start=${start}&limit=1000`)
    if (results.length === 0) return all
    all.push(...results)
    start = results.at(-1).id + 1
  }
}

test(`a server killed ${rounds} times while it writes leaves nothing half written and loses nothing`, async () => {
  server = await startServer(dir)
  for (let round = 0; round < rounds; round++) {
    const { child, gone, postgres } = server
    let left = randomInt(3, 25)
    const enough = Promise.withResolvers<void>()
    const written = () => void (--left === 0 && enough.resolve())
    const work = Array.from({ length: writers }, (_, writer) => write(round, writer, written))
    await Promise.race([enough.promise, ...work])
    // A moment anywhere in the requests that are under way.
    await wait(randomInt(30))
    // By turns the server alone, PostgreSQL alone, and both at once.
    if (round % 3 !== 0) process.kill(postgres, 'SIGKILL')
    if (round % 3 !== 1) child.kill('SIGKILL')
    await gone
    const ends = await Promise.allSettled(work)
    const failed = round % 3 === 1 ? [] : ends.filter(end => end.status === 'rejected')
    assert.deepEqual(failed, [])
    server = await startServer(dir)
    await examine()
  }
})
