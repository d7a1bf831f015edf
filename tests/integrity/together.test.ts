import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../database.ts'
import { restOf, type Answer } from './app.ts'

const db = await testDatabase()
const ask = await restOf(db)
const rounds = 6

let count = 0
async function make(path: string, body: Record<string, unknown>): Promise<number> {
  const name = `n${++count}`
  const answer = await ask('POST', `${path}/`, { name, slug: name, ...body })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body.id
}

const region = (parent: number | null = null) => make('dcim/regions', { parent })
const move = (id: number, parent: number) => ask('PATCH', `dcim/regions/${id}/`, { parent })
const told = (answers: readonly Answer[]) =>
  answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`).join('\n')

/** Every region hangs on a root, by the path that it says. */
async function assertSound(): Promise<void> {
  const { rows } = await db.pool.query(
    `with recursive hanging as (
       select id, lpad(id::text, 19, '0')::ltree as path from dcim_region where parent_id is null
       union all select r.id, h.path || lpad(r.id::text, 19, '0')::ltree from dcim_region r join hanging h on h.id = r.parent_id
     ) select r.id, r.path::text, h.path::text as right from dcim_region r left join hanging h on h.id = r.id
     where h.id is null or h.path <> r.path`,
  )
  assert.deepEqual(rows, [])
}

test('regions moved into each other by one request make no circle', async () => {
  const [a, b] = [await region(), await region()]
  const answer = await ask('PATCH', 'dcim/regions/', [
    { id: a, parent: b },
    { id: b, parent: a },
  ])
  assert.equal(answer.status, 400, told([answer]))
  assert.deepEqual(answer.body.errors, [
    { id: b, errors: { parent: ['Cannot assign self or a descendant as parent.'] } },
  ])
  await assertSound()
})

test('regions moved into each other by two requests at once make no circle', async () => {
  for (let round = 0; round < rounds; round++) {
    const [a, b] = [await region(), await region()]
    const answers = await Promise.all([move(a, b), move(b, a)])
    const statuses = answers.map(answer => answer.status).sort()
    assert.ok(statuses[0] === 200 && [400, 409].includes(statuses[1]!), told(answers))
    await assertSound()
  }
})

test('regions moved and added at once hang where they say', async () => {
  for (let round = 0; round < rounds; round++) {
    const [a, b] = [await region(), await region()]
    const c = await region(a)
    const answers = await Promise.all([
      move(a, b),
      ask('POST', 'dcim/regions/', { name: `d${round}`, slug: `d${round}`, parent: c }),
      ask('PATCH', `dcim/regions/${c}/`, { name: `c${round}` }),
    ])
    assert.ok(
      answers.every(({ status }) => status < 300 || status === 409),
      told(answers),
    )
    await assertSound()
  }
})

test('what others come to depend on meanwhile is not deleted from under them', async () => {
  for (let round = 0; round < rounds; round++) {
    const site = await make('dcim/sites', {})
    const answers = await Promise.all([
      ask('POST', 'dcim/racks/', { name: `r${round}`, site }),
      ask('DELETE', `dcim/sites/${site}/`),
    ])
    const [added, removed] = answers.map(answer => answer.status)
    assert.ok((added === 201 && removed === 409) || (added === 400 && removed === 204), told(answers))
    const racks = await ask('GET', `dcim/racks/?site_id=${site}`)
    assert.equal(racks.body.count ?? 0, added === 201 ? 1 : 0)
  }
})

test('of two that take the same name at once one is refused', async () => {
  for (let round = 0; round < rounds; round++) {
    const body = { name: `same ${round}`, slug: `same-${round}` }
    const answers = await Promise.all([ask('POST', 'dcim/sites/', body), ask('POST', 'dcim/sites/', body)])
    assert.deepEqual(answers.map(answer => answer.status).sort(), [201, 400], told(answers))
  }
})

test('rows changed by two requests at once are as one of them left them', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => make('dcim/sites', {})))
  for (let round = 0; round < rounds; round++) {
    const bulk = (description: string, of: readonly number[]) =>
      ask(
        'PATCH',
        'dcim/sites/',
        of.map(id => ({ id, description })),
      )
    const answers = await Promise.all([bulk('one', ids), bulk('other', ids.toReversed())])
    assert.deepEqual(
      answers.map(answer => answer.status),
      [200, 200],
      told(answers),
    )
    const { body } = await ask('GET', `dcim/sites/?${ids.map(id => `id=${id}`).join('&')}`)
    assert.equal(new Set(body.results.map(({ description }: { description: string }) => description)).size, 1)
  }
})

test('a request that PostgreSQL breaks off, as it and another wait for each other, is done after all', async () => {
  const [first, second] = [await make('dcim/sites', {}), await make('dcim/sites', {})]
  const other = await db.pool.connect()
  const lock = (id: number) => other.query('select from dcim_site where id = $1 for update', [id])
  try {
    // The other one is patient, so it is the request that is broken off.
    await other.query(`begin; set local deadlock_timeout = '1min'`)
    await lock(second)
    const asked = ask('PATCH', 'dcim/sites/', [
      { id: first, description: 'done' },
      { id: second, description: 'done' },
    ])
    await untilOneWaits()
    await lock(first)
    await other.query('rollback')
    const answer = await asked
    assert.equal(answer.status, 200, told([answer]))
  } finally {
    other.release()
  }
})

/** Resolves when somebody waits for the row of a site. */
async function untilOneWaits(): Promise<void> {
  for (;;) {
    const { rows } = await db.pool.query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%dcim_site%' and datname = current_database()`,
    )
    if (rows.length) return
  }
}
