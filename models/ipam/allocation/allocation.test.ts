import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contains, formatAddress, formatHost, parseAddress, sizeOf, usableRange } from '@demarc/netaddr'
import fc from 'fast-check'
import { sql } from 'kysely'
import { testDatabase } from '../../../tests/database.ts'
import { freeAddressesOfPrefix, freeAddressesOfRange } from './addresses.ts'
import { freeASNs, freeVLANIds } from './numbers.ts'
import { freePrefixes } from './prefixes.ts'

const db = await testDatabase()

/** Puts rows in a table in place of those it holds. */
async function fill(table: string, rows: readonly Record<string, unknown>[]) {
  await db.rows(sql`delete from ${sql.table(table)}`)
  if (rows.length === 0) return
  const common = { comments: '', description: '', custom_fields: '{}', ...blanks[table] }
  const full = rows.map(row => ({ ...common, ...row }))
  const columns = Object.keys(full[0]!)
  await db.rows(
    sql`insert into ${sql.table(table)} (${sql.join(columns.map(column => sql.ref(column)))}) values ${sql.join(
      full.map(row => sql`(${sql.join(columns.map(column => row[column as keyof typeof row]))})`),
    )}`,
  )
}

/** Columns that the tests do not speak of. */
const blanks: Readonly<Record<string, Record<string, unknown>>> = {
  ipam_ipaddress: { status: 'active', dns_name: '' },
  ipam_iprange: { status: 'active', size: 1, mark_utilized: false },
  ipam_prefix: { status: 'active', is_pool: false, mark_utilized: false, _depth: 0, _children: 0 },
}

const host = (offset: number, length = 32) => formatAddress({ family: 4, value: 0xc0000200n + BigInt(offset), length })
const offsets = fc.uniqueArray(fc.nat(31), { maxLength: 20 })
const limits = fc.option(fc.nat(12))

test('free addresses of a prefix are the usable ones that neither an address nor a populated range inside has', async () => {
  const range = fc.tuple(fc.integer({ min: -4, max: 35 }), fc.nat(6), fc.boolean())
  await fc.assert(
    fc.asyncProperty(
      offsets,
      fc.array(range, { maxLength: 3 }),
      fc.boolean(),
      limits,
      async (taken, ranges, pool, limit) => {
        await fill(
          'ipam_ipaddress',
          // The same host under two masks is taken once.
          taken.flatMap(offset => [24, 32].map(length => ({ address: host(offset, length) }))),
        )
        await fill(
          'ipam_iprange',
          ranges.map(([start, more, populated]) => ({
            start_address: host(start, 24),
            end_address: host(start + more, 24),
            mark_populated: populated,
          })),
        )
        const prefix = { prefix: '192.0.2.0/27', vrf_id: null, status: 'active', is_pool: pool }
        const populated = ranges.filter(([start, more, marked]) => marked && start >= 0 && start + more <= 31)
        const { first, last } = usableRange(prefix.prefix, { pool })
        const free = Array.from({ length: 32 }, (_, offset) => offset).filter(
          offset =>
            0xc0000200n + BigInt(offset) >= first &&
            0xc0000200n + BigInt(offset) <= last &&
            !taken.includes(offset) &&
            !populated.some(([start, more]) => offset >= start && offset <= start + more),
        )
        assert.deepEqual(
          await freeAddressesOfPrefix(db, prefix, limit),
          free.slice(0, limit ?? 32).map(offset => host(offset, 27)),
        )
      },
    ),
    { numRuns: 60 },
  )
})

test('free prefixes cover exactly what no child covers, in the fewest blocks', async () => {
  const child = fc
    .integer({ min: 25, max: 32 })
    .chain(length => fc.nat(255).map(at => [at & ~((1 << (32 - length)) - 1), length] as const))
  await fc.assert(
    fc.asyncProperty(fc.array(child, { maxLength: 8 }), async children => {
      const taken = children.map(([offset, length]) => host(offset, length))
      await fill(
        'ipam_prefix',
        ['192.0.2.0/24', ...taken].map(prefix => ({ prefix })),
      )
      const free = await freePrefixes(db, { prefix: '192.0.2.0/24', vrf_id: null })
      for (let offset = 0; offset < 256; offset++) {
        const inside = (network: string) => contains(network, host(offset))
        assert.equal(free.filter(inside).length, taken.some(inside) ? 0 : 1, host(offset))
      }
      const halves = free.map(block => parseAddress(block)!)
      assert.ok(
        halves.every(
          (block, at) =>
            block.length !== halves[at + 1]?.length ||
            (block.value & sizeOf(block)) !== 0n ||
            block.value + sizeOf(block) !== halves[at + 1]!.value,
        ),
        `neighbours among ${free} make one block`,
      )
    }),
    { numRuns: 60 },
  )
})

test('a container outside of every VRF sees the addresses of all VRFs', async () => {
  await fill(
    'ipam_vrf',
    [1, 2].map(id => ({ id, name: `VRF ${id}`, enforce_unique: true })),
  )
  await fill('ipam_ipaddress', [
    { address: host(1, 24), vrf_id: 1 },
    { address: host(1, 24), vrf_id: 2 },
    { address: host(2, 24), vrf_id: 2 },
  ])
  const prefix = { prefix: '192.0.2.0/29', vrf_id: null, status: 'container', is_pool: false }
  assert.deepEqual(await freeAddressesOfPrefix(db, prefix, 2), [host(3, 29), host(4, 29)])
  assert.deepEqual(await freeAddressesOfPrefix(db, { ...prefix, vrf_id: 1 }, 1), [host(2, 29)])
})

test('the ends of the address space are no gaps too many', async () => {
  await fill('ipam_ipaddress', [
    { address: '0.0.0.0/8' },
    { address: '255.255.255.255/8' },
    { address: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/64' },
  ])
  const free = (prefix: string, limit: number) =>
    freeAddressesOfPrefix(db, { prefix, vrf_id: null, status: 'active', is_pool: true }, limit)
  assert.deepEqual(await free('255.255.255.254/31', 9), ['255.255.255.254/31'])
  assert.deepEqual(await free('0.0.0.0/31', 9), ['0.0.0.1/31'])
  assert.deepEqual(await free('ffff:ffff:ffff:ffff::/64', 1), ['ffff:ffff:ffff:ffff::/64'])
})

test('a range offers every address, network and broadcast included, unless it counts as populated', async () => {
  await fill('ipam_ipaddress', [{ address: host(1, 25) }])
  const range = { start_address: host(0, 30), end_address: host(3, 30), vrf_id: null, mark_populated: false }
  assert.deepEqual(await freeAddressesOfRange(db, range, null), [host(0, 30), host(2, 30), host(3, 30)])
  assert.deepEqual(await freeAddressesOfRange(db, { ...range, mark_populated: true }, null), [])
})

test('the first free address behind 20,000 that are taken is found, in a /8 and in a /64', async () => {
  await db.rows(sql`delete from ipam_ipaddress`)
  for (const start of ['10.0.0.0', '2001:db8::'])
    await db.rows(sql`
      insert into ipam_ipaddress (address, status, dns_name, comments, description, custom_fields)
      select set_masklen(${start}::inet + n, 32), 'active', '', '', '', '{}' from generate_series(0, 20000) as n`)
  await db.rows(sql`analyze ipam_ipaddress`)
  const free = (prefix: string) =>
    freeAddressesOfPrefix(db, { prefix, vrf_id: null, status: 'active', is_pool: false }, 1)
  assert.deepEqual(await free('10.0.0.0/8'), [`${formatHost(4, 0x0a000000n + 20001n)}/8`])
  assert.deepEqual(await free('2001:db8::/64'), ['2001:db8::4e21/64'])
})

test('free VLAN ids and AS numbers are those of the ranges that are not taken', async () => {
  await fill('ipam_rir', [{ id: 1, name: 'RIR', slug: 'rir', is_private: false }])
  await fill(
    'ipam_asn',
    [64512, 64513, 64515].map(asn => ({ asn, rir_id: 1 })),
  )
  assert.deepEqual(await freeASNs(db, 64512, 4294967295, 3), [64514, 64516, 64517])
  await fill('ipam_vlangroup', [
    { id: 1, name: 'group', slug: 'group', vid_ranges: '{"[1,5)","[100,102)"}', total_vlan_ids: 6 },
  ])
  await fill(
    'ipam_vlan',
    [1, 2, 4, 100].map(vid => ({ vid, name: `VLAN ${vid}`, group_id: 1, status: 'active' })),
  )
  assert.deepEqual(
    await freeVLANIds(
      db,
      1,
      [
        [100, 101],
        [1, 4],
      ],
      null,
    ),
    [3, 101],
  )
  await fill('ipam_vlan', [])
})
