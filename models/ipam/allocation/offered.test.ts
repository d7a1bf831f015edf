import assert from 'node:assert/strict'
import { test } from 'node:test'
import { restOf } from '../../../tests/integrity/app.ts'
import { testDatabase } from '../../../tests/database.ts'

const ask = await restOf(await testDatabase())

async function make(path: string, body: object): Promise<number> {
  const { status, body: made } = await ask('POST', `ipam/${path}/`, body)
  assert.equal(status, 201, JSON.stringify(made))
  return made.id
}

const free = async (path: string, query = ''): Promise<any[]> => (await ask('GET', `ipam/${path}/${query}`)).body

/** A prefix, what lies in it, and the last parts of the addresses that are free there. */
const plans: [what: string, prefix: object, addresses: string[], ranges: object[], expected: string][] = [
  ['an empty /29', { prefix: '192.0.2.0/29' }, [], [], '1 2 3 4 5 6'],
  ['a pool', { prefix: '192.0.3.0/30', is_pool: true }, [], [], '0 1 2 3'],
  ['network and broadcast', { prefix: '192.0.4.0/30' }, ['192.0.4.0/30', '192.0.4.3/30'], [], '1 2'],
  ['a /31', { prefix: '192.0.5.0/31' }, [], [], '0 1'],
  [
    'addresses of another mask, ranges populated and not',
    { prefix: '10.0.0.0/28' },
    [1, 3, 5, 7].map(host => `10.0.0.${host}/26`),
    [
      { start_address: '10.0.0.9/28', end_address: '10.0.0.10/28' },
      { start_address: '10.0.0.12/28', end_address: '10.0.0.13/28', mark_populated: true },
    ],
    '2 4 6 8 9 10 11 14',
  ],
  ['IPv6', { prefix: '2001:db8::/126' }, [], [], '1 2 3'],
  ['a /127', { prefix: '2001:db8:1::/127' }, [], [], '0 1'],
]

for (const [what, prefix, addresses, ranges, expected] of plans)
  test(`what is free in a prefix: ${what}`, async () => {
    const id = await make('prefixes', prefix)
    for (const range of ranges) await make('ip-ranges', range)
    for (const address of addresses) await make('ip-addresses', { address })
    const hosts = (await free(`prefixes/${id}/available-ips`)).map(
      ({ address }) => /(\w*)\/\d+$/.exec(address)![1] || '0',
    )
    assert.equal(hosts.join(' '), expected)
  })

test('as much is offered as is asked for, as pages go', async () => {
  const id = await make('prefixes', { prefix: '10.8.0.0/21' })
  const count = async (query: string) => (await free(`prefixes/${id}/available-ips`, query)).length
  for (const [query, expected] of [
    ['', 50],
    ['?limit=3', 3],
    ['?limit=many', 50],
    ['?limit=-1', 50],
    ['?limit=0', 1000],
    ['?limit=5000', 1000],
  ] as const)
    assert.equal(await count(query), expected, query)
  assert.deepEqual(await free(`prefixes/${id}/available-ips`, '?limit=1'), [
    { family: 4, address: '10.8.0.1/21', vrf: null },
  ])
})

test('free prefixes are the fewest blocks, all of them', async () => {
  const id = await make('prefixes', { prefix: '192.0.8.0/24' })
  for (const prefix of ['192.0.8.64/26', '192.0.8.192/27']) await make('prefixes', { prefix })
  assert.deepEqual(
    (await free(`prefixes/${id}/available-prefixes`, '?limit=1')).map(({ prefix }) => prefix),
    ['192.0.8.0/26', '192.0.8.128/26', '192.0.8.224/27'],
  )
})

test('a group of VLANs offers what it has left, and tells how much it has given', async () => {
  const id = await make('vlan-groups', { name: 'G', slug: 'g', vid_ranges: [[100, 199]] })
  for (const vid of [100, 101, 102, 103]) await make('vlans', { vid, name: `v${vid}`, group: id })
  const [first] = await free(`vlan-groups/${id}/available-vlans`, '?limit=1')
  assert.deepEqual([first.vid, first.group.slug], [104, 'g'])
  const told = async (change: object) => {
    const { body } = await ask('PATCH', `ipam/vlan-groups/${id}/`, change)
    return [body.total_vlan_ids, body.vlan_count, body.utilization]
  }
  assert.deepEqual(await told({}), [100, 4, '4.0'])
  assert.deepEqual(await told({ vid_ranges: [[1, 164]] }), [164, 4, '2.44'])
  assert.deepEqual(await told({ vid_ranges: [[1, 2]] }), [2, 4, '200.0'], 'VLANs outside count, too')
})

test('prefixes are read strictly', async t => {
  for (const [text, stored] of [
    ['10.1.0.0/255.255.255.0', '10.1.0.0/24'],
    ['10.2.0.0/0.0.0.255', '10.2.0.0/24'],
    ['10.3.0.5', '10.3.0.5/32'],
    ['2001:DB8:7::/48', '2001:db8:7::/48'],
    ['10.0.0.1/24'],
    ['10/8'],
    ['010.0.0.1/8'],
    ['fe80::1%eth0'],
    ['10.0.0.0/33'],
    ['0.0.0.0/0'],
    [' 10.0.0.0/24'],
    [''],
  ] as const)
    await t.test(JSON.stringify(text), async () => {
      const { status, body } = await ask('POST', 'ipam/prefixes/', { prefix: text })
      assert.deepEqual(
        stored ? [status, body.prefix] : [status, Object.keys(body)],
        stored ? [201, stored] : [400, ['prefix']],
      )
    })
})
