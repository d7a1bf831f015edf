import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HttpError } from '@demarc/engine/http'
import type { Answer, ReadCall } from '@demarc/engine/model'
import { registry } from '@demarc/models'
import { testDatabase } from '../../../tests/database.ts'
import { testWriter } from '../../../tests/writer.ts'

const db = await testDatabase()
const { call: write, create, row } = await testWriter(db)

/** `POST <parent>/<id>/available-…/` with a body: the status and what is created, or told. */
async function post(model: string, id: number, path: string, body: unknown): Promise<[number, any]> {
  const action = registry.actions(model).find(one => one.method === 'POST' && one.path === path)
  const call: Partial<ReadCall> = {
    db,
    registry,
    write,
    row: await row(model, id),
    body: async () => body,
    written: (name, ids) => Promise.all(ids.map(one => row(name, one))),
  }
  try {
    const { status, value } = (await action!.run(call as ReadCall)) as Answer
    return [status, value]
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return [error.statusCode, error.body]
  }
}

/** What clients know the end of what is free by. */
const exhausted = [409, { detail: 'Insufficient resources are available to satisfy the request' }]

const addresses = async (body: unknown, id: number): Promise<unknown> => {
  const [status, value] = await post('ipam.prefix', id, 'available-ips', body)
  if (status !== 201) return [status, value]
  return Array.isArray(value) ? value.map(one => one.address) : value.address
}

test('eight clients that draw a hundred addresses each, in ones and in handfuls, never get one twice', async () => {
  const [prefix] = await create('ipam.prefix', { prefix: '10.0.0.0/22' })
  const client = async (n: number) => {
    const drawn: string[] = []
    for (let count = 0; drawn.length < 100; count++) {
      const want = Math.min(100 - drawn.length, (n + count) % 3 === 0 ? 7 : 1)
      const got = await addresses(want === 1 ? {} : Array.from({ length: want }, () => ({})), prefix)
      drawn.push(...([got].flat() as string[]))
    }
    return drawn
  }
  const drawn = (await Promise.all(Array.from({ length: 8 }, (_, n) => client(n)))).flat()
  assert.equal(drawn.length, 800)
  assert.equal(new Set(drawn).size, 800, 'no address twice')
  const [{ count, highest }] = (await db.query<{ count: number; highest: string }>(
    'select count(*)::int as count, host(max(address)) as highest from ipam_ipaddress',
    [],
  )) as [{ count: number; highest: string }]
  assert.deepEqual([count, highest], [800, '10.0.3.32'], 'and none is skipped')
})

test('whoever draws an address does not get one that another client takes at the same time', async () => {
  const [prefix] = await create('ipam.prefix', { prefix: '10.9.0.0/24' })
  const hosts = Array.from({ length: 10 }, (_, n) => `10.9.0.${n + 1}/24`)
  const [drawn, taken] = await Promise.all([
    Promise.all(hosts.map(() => addresses({}, prefix))),
    Promise.all(
      hosts.map(address =>
        create('ipam.ipaddress', { address }).then(
          () => address,
          () => null,
        ),
      ),
    ),
  ])
  const all = [...drawn, ...taken.filter(Boolean)]
  assert.equal(new Set(all).size, all.length)
})

test('prefixes of mixed lengths are taken in the order asked for, each from the first block that holds it', async () => {
  const [parent] = await create(
    'ipam.prefix',
    ...['10.1.0.0/24', '10.1.0.16/28', '10.1.0.64/26'].map(prefix => ({ prefix })),
  )
  const lengths = (...all: unknown[]) => all.map(prefix_length => ({ prefix_length }))
  const ask = (body: unknown) => post('ipam.prefix', parent!, 'available-prefixes', body)
  assert.deepEqual(await ask(lengths(27, 64)), [400, [{}, { prefix_length: 'A prefix here is no longer than 32.' }]])
  assert.equal((await ask({ prefix_length: '27' }))[0], 400)
  assert.deepEqual(await ask(lengths(25, 25)), exhausted, 'nothing is created unless all fit')
  assert.equal((await ask({ prefix_length: -1 }))[0], 409)
  const [status, created] = await ask(lengths(27, 28, 25))
  assert.equal(status, 201)
  assert.deepEqual(
    created.map((one: { prefix: string }) => one.prefix),
    ['10.1.0.32/27', '10.1.0.0/28', '10.1.0.128/25'],
  )
})

test('VLAN ids and AS numbers: what is asked for is judged before, what is made of it after', async () => {
  const [group] = await create('ipam.vlangroup', { name: 'G', slug: 'g', vid_ranges: [[10, 12]] })
  const vlans = (body: unknown) => post('ipam.vlangroup', group, 'available-vlans', body)
  assert.deepEqual(await vlans({}), [400, [{ name: ['This field is required.'] }]])
  assert.equal((await vlans([{ name: 'a' }, { name: 'a' }]))[0], 400, 'two of one name')
  assert.deepEqual(Object.keys((await vlans({ name: 'a', status: 'none' }))[1][0]), ['status'])
  assert.equal((await vlans({ name: 'a', vid: 999 }))[1].vid, 10)
  assert.deepEqual(await vlans([1, 2, 3].map(n => ({ name: `v${n}` }))), exhausted)
  const [rir] = await create('ipam.rir', { name: 'R', slug: 'r' })
  const [range] = await create('ipam.asnrange', { name: 'A', slug: 'a', rir, start: 64512, end: 64514 })
  const numbers = (body: unknown) => post('ipam.asnrange', range, 'available-asns', body)
  assert.deepEqual(await numbers([]), [201, []])
  assert.deepEqual(
    (await numbers([{}, {}]))[1].map((one: { asn: number }) => one.asn),
    [64512, 64513],
  )
  assert.deepEqual(await numbers([{}, {}]), exhausted)
})
