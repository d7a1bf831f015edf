import assert from 'node:assert/strict'
import { test } from 'node:test'
import { restOf } from '../../../tests/integrity/app.ts'
import { testDatabase } from '../../../tests/database.ts'
import { aggregateFigures, childFigures, prefixFigures } from './figures.ts'

const db = await testDatabase()
const ask = await restOf(db)

async function make(path: string, ...bodies: object[]): Promise<number[]> {
  const { status, body } = await ask('POST', `ipam/${path}/`, bodies)
  assert.equal(status, 201, JSON.stringify(body))
  return body.map(({ id }: { id: number }) => id)
}

/** What is taken of how many addresses, and in percent. */
async function taken(path: string, id: number): Promise<[taken: number, size: number, percent: number]> {
  const { status, body } = await ask('GET', `ipam/${path}/${id}/utilization/`)
  assert.equal(status, 200, JSON.stringify(body))
  return [body.taken, body.size, body.percent]
}

const [vrf, other] = (await make('vrfs', { name: 'A', enforce_unique: false }, { name: 'B' })) as [number, number]
const prefix = async (text: string, more: object = {}) => (await make('prefixes', { prefix: text, vrf, ...more }))[0]!
const range = async (start_address: string, end_address: string, more: object = {}) =>
  (await make('ip-ranges', { start_address, end_address, vrf, ...more }))[0]!
const hosts = (network: string, from: number, to: number, more: object = {}) =>
  make(
    'ip-addresses',
    ...Array.from({ length: to - from + 1 }, (_, at) => ({ address: `${network}.${from + at}/24`, vrf, ...more })),
  )

test('addresses, and ranges that are used up, take from what hosts of a prefix can have', async () => {
  const id = await prefix('10.0.0.0/24')
  await hosts('10.0.0', 0, 31)
  assert.deepEqual(await taken('prefixes', id), [32, 254, 12.6])
  await range('10.0.0.100/24', '10.0.0.131/24', { mark_utilized: true })
  assert.deepEqual(await taken('prefixes', id), [64, 254, 25.2])
  await hosts('10.0.0', 120, 140)
  await hosts('10.0.0', 140, 141)
  await hosts('10.0.0', 150, 159, { vrf: other })
  await range('10.0.0.200/24', '10.0.0.209/24')
  await range('10.0.0.250/24', '10.0.1.9/24', { mark_utilized: true })
  assert.deepEqual(await taken('prefixes', id), [74, 254, 29.1], 'each host once, of its own VRF, in no range')
  const [pool, pair] = [await prefix('10.0.0.0/24', { is_pool: true }), await prefix('10.0.0.0/31')]
  assert.deepEqual(await taken('prefixes', pool), [74, 256, 28.9])
  assert.deepEqual(await taken('prefixes', pair), [2, 2, 100])
  await range('2001:db8::1/126', '2001:db8::2/126', { mark_utilized: true })
  assert.deepEqual(await taken('prefixes', await prefix('2001:db8::/126')), [2, 4, 50])
})

test('used up ranges that overlap, as they may where they were taken over, count once', async () => {
  const id = await prefix('192.0.2.0/24')
  await range('192.0.2.10/24', '192.0.2.19/24', { mark_utilized: true })
  const late = await range('192.0.2.50/24', '192.0.2.59/24', { mark_utilized: true })
  await db.query(
    `update ipam_iprange set start_address = '192.0.2.15/24', end_address = '192.0.2.24/24' where id = $1`,
    [late],
  )
  assert.deepEqual((await taken('prefixes', id)).slice(0, 2), [15, 254])
})

test('prefixes take from a container of their VRF, and from an aggregate whatever their VRF', async () => {
  const id = await prefix('172.16.0.0/24', { status: 'container' })
  await prefix('172.16.0.0/26')
  await prefix('172.16.0.0/28')
  await prefix('172.16.0.64/26')
  await prefix('172.16.0.64/26')
  await prefix('172.16.0.128/26', { vrf: other })
  await hosts('172.16.0', 200, 209)
  assert.deepEqual(await taken('prefixes', id), [128, 256, 50])
  const [rir] = await make('rirs', { name: 'R', slug: 'r' })
  const [aggregate, six] = (await make(
    'aggregates',
    { prefix: '11.0.0.0/8', rir },
    { prefix: '2001:db8::/32', rir },
  )) as [number, number]
  for (const [at, of] of [vrf, other, null, vrf].entries()) await prefix(`11.${at * 16}.0.0/12`, { vrf: of })
  assert.deepEqual(await taken('aggregates', aggregate), [4 * 2 ** 20, 2 ** 24, 25])
  await prefix('2001:db8::/33')
  assert.deepEqual(await taken('aggregates', six), [2 ** 95, 2 ** 96, 50])
  assert.deepEqual(
    [await aggregateFigures(db, [aggregate]), await childFigures(db, [aggregate]), await prefixFigures(db, [id])],
    [new Map([[aggregate, '25.0%']]), new Map([[aggregate, '4']]), new Map([[id, '50.0%']])],
    'as files have it',
  )
})

test('what is marked as used up is', async () => {
  assert.deepEqual(await taken('prefixes', await prefix('10.9.0.0/24', { mark_utilized: true })), [254, 254, 100])
  assert.deepEqual(
    await taken('ip-ranges', await range('10.9.0.1/24', '10.9.0.10/24', { mark_utilized: true })),
    [10, 10, 100],
  )
  const id = await range('10.9.1.1/24', '10.9.1.8/24')
  await hosts('10.9.1', 8, 9)
  await make('ip-addresses', { address: '10.9.1.8/32', vrf })
  assert.deepEqual(await taken('ip-ranges', id), [1, 8, 12.5])
})
