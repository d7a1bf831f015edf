import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  address,
  broadcastOf,
  compareHosts,
  compareInet,
  contains,
  containsStrictly,
  firstOf,
  formatRange,
  formatAddress,
  hasHostBits,
  iterate,
  lastOf,
  mergeRanges,
  networkOf,
  networksOf,
  overlaps,
  rangeBetween,
  rangeOf,
  rangeSize,
  sizeOf,
  subtract,
  summarise,
  takeNetwork,
  usableRange,
  type Address,
  type Range,
} from './index.ts'
import { anyAddress } from './arbitrary.ts'

describe('network', () => {
  test('has bounds', () => {
    assert.equal(networkOf('10.1.2.3/8'), '10.0.0.0/8')
    assert.equal(networkOf('2001:db8::ff/64'), '2001:db8::/64')
    assert.equal(broadcastOf('10.1.2.3/24'), '10.1.2.255')
    assert.equal(broadcastOf('10.1.2.3/30'), '10.1.2.3')
    for (const text of ['10.1.2.3/31', '10.1.2.3', '2001:db8::/64']) assert.equal(broadcastOf(text), null)
    assert.equal(hasHostBits('10.0.0.1/24'), true)
    assert.equal(hasHostBits('10.0.0.1/32'), false)
    assert.equal(sizeOf('::/0'), 1n << 128n)
    fc.assert(fc.property(anyAddress(), net => assert.equal(lastOf(net) - firstOf(net) + 1n, sizeOf(net))))
  })

  test('contains what lies between its bounds', () => {
    assert.equal(contains('10.0.0.0/8', '10.1.0.0/16'), true)
    assert.equal(contains('10.0.0.0/8', '10.0.0.0/8'), true)
    assert.equal(containsStrictly('10.0.0.0/8', '10.0.0.0/8'), false)
    assert.equal(contains('0.0.0.0/0', '::1'), false)
    const pair = fc.tuple(anyAddress(), anyAddress(), fc.boolean()).map(([a, b, near]) => {
      return near
        ? ([a, { ...b, family: a.family, value: a.value, length: Math.min(b.length, a.family * 8) }] as const)
        : ([a, b] as const)
    })
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const inside = a.family === b.family && firstOf(a) <= firstOf(b) && lastOf(a) >= lastOf(b)
        assert.equal(contains(a, b), inside)
        const apart = a.family !== b.family || lastOf(a) < firstOf(b) || lastOf(b) < firstOf(a)
        assert.equal(overlaps(a, b), !apart)
      }),
    )
  })

  test('is ordered as inet, parents first, and by host', () => {
    // The order PostgreSQL 15 gives these rows.
    const byInet =
      `0.0.0.0/0 10.0.0.0/8 10.0.0.1/8 10.0.0.0/9 10.0.0.0/16 10.0.0.0/24 10.0.0.1/24 10.0.0.0/32 10.0.0.1/32
      10.128.0.0/9 ::/0 ::/128 ::1/128 2001:db8::/32 2001:db8::1/32 2001:db8::/64`.split(/\s+/)
    assert.deepEqual(byInet.toReversed().toSorted(compareInet), byInet)
    assert.equal(compareHosts('10.0.0.1/8', '10.0.0.1/24'), 0)
    assert.equal(compareHosts('10.0.0.2/8', '10.0.0.1/24'), 1)
    assert.equal(compareHosts('255.0.0.0', '::'), -1)
    fc.assert(
      fc.property(anyAddress(), anyAddress(), anyAddress(), (a, b, c) => {
        assert.equal(compareInet(a, b) + compareInet(b, a), 0)
        assert.equal(compareInet(a, a), 0)
        if (compareInet(a, b) <= 0 && compareInet(b, c) <= 0) assert.ok(compareInet(a, c) <= 0)
      }),
    )
  })

  test('has usable bounds', () => {
    const usable = (text: string, pool = false) => {
      const { family, first, last } = usableRange(text, { pool })
      return [first, last].map(value => formatAddress({ family, value, length: 0 }).split('/')[0]).join(' ')
    }
    assert.equal(usable('192.0.2.0/24'), '192.0.2.1 192.0.2.254')
    assert.equal(usable('192.0.2.0/24', true), '192.0.2.0 192.0.2.255')
    assert.equal(usable('192.0.2.0/30'), '192.0.2.1 192.0.2.2')
    assert.equal(usable('192.0.2.0/31'), '192.0.2.0 192.0.2.1')
    assert.equal(usable('192.0.2.9/32'), '192.0.2.9 192.0.2.9')
    assert.equal(usable('2001:db8::/126'), '2001:db8::1 2001:db8::3')
    assert.equal(usable('2001:db8::/127'), '2001:db8:: 2001:db8::1')
    assert.equal(usable('2001:db8::9/128'), '2001:db8::9 2001:db8::9')
  })
})

describe('sets of networks', () => {
  test('subtract: golden cases', () => {
    assert.deepEqual(subtract('192.0.2.0/24', ['192.0.2.64/26', '192.0.2.192/27']), [
      '192.0.2.0/26',
      '192.0.2.128/26',
      '192.0.2.224/27',
    ])
    assert.deepEqual(subtract('10.0.0.0/24', ['10.0.0.16/28', '10.0.0.64/26']), [
      '10.0.0.0/28',
      '10.0.0.32/27',
      '10.0.0.128/25',
    ])
    assert.deepEqual(subtract('10.0.0.0/24', []), ['10.0.0.0/24'])
    assert.deepEqual(subtract('10.0.0.0/24', ['10.0.0.0/8']), [])
    assert.deepEqual(subtract('10.0.0.0/24', ['::/0', '11.0.0.0/8', '9.0.0.0/8']), ['10.0.0.0/24'])
    assert.equal(subtract('2001:db8::/32', ['2001:db8::/128']).length, 96)
    assert.deepEqual(subtract('0.0.0.0/0', ['128.0.0.0/1']), ['0.0.0.0/1'])
  })

  test('summarise: golden cases', () => {
    assert.deepEqual(summarise(['10.0.1.0/24', '::/1', '10.0.0.0/24', '8000::/1', '10.0.0.5/32']), [
      '10.0.0.0/23',
      '::/0',
    ])
    assert.deepEqual(networksOf(rangeBetween('192.0.2.1', '192.0.2.6')!), [
      '192.0.2.1/32',
      '192.0.2.2/31',
      '192.0.2.4/31',
      '192.0.2.6/32',
    ])
  })

  const small = fc
    .record({ value: fc.nat(255), length: fc.integer({ min: 24, max: 32 }) })
    .map(({ value, length }): Address => ({ family: 4, value: 0x0a000000n + BigInt(value), length }))

  test('subtract leaves exactly the other addresses, in the fewest ascending aligned blocks', () => {
    fc.assert(
      fc.property(fc.array(small, { maxLength: 12 }), taken => {
        const free = subtract('10.0.0.0/24', taken)
        const expected = [...iterate(rangeOf('10.0.0.0/24'))].filter(host => !taken.some(net => contains(net, host)))
        assert.deepEqual(
          free.flatMap(block => [...iterate(rangeOf(block))]),
          expected,
        )
        assertMinimal(free)
      }),
    )
  })

  test('summarise keeps exactly the addresses given', () => {
    fc.assert(
      fc.property(fc.array(small, { maxLength: 12 }), networks => {
        const expected = [...iterate(rangeOf('10.0.0.0/24'))].filter(host => networks.some(net => contains(net, host)))
        const blocks = summarise(networks)
        assert.deepEqual(
          blocks.flatMap(block => [...iterate(rangeOf(block))]),
          expected,
        )
        assertMinimal(blocks)
      }),
    )
  })

  test('networks and their complement make the whole, in both families', () => {
    fc.assert(
      fc.property(fc.array(anyAddress(), { maxLength: 6 }), networks => {
        const free = ['0.0.0.0/0', '::/0'].flatMap(whole => subtract(whole, networks))
        assert.deepEqual(summarise([...free, ...networks]), ['0.0.0.0/0', '::/0'])
        for (const block of free) for (const network of networks) assert.equal(overlaps(block, network), false)
      }),
    )
  })

  test('merged ranges neither touch nor overlap', () => {
    fc.assert(
      fc.property(fc.array(anyAddress(), { maxLength: 8 }), networks => {
        const merged = mergeRanges(networks.map(network => rangeOf(network)))
        for (const [index, range] of merged.entries()) {
          const next: Range | undefined = merged[index + 1]
          if (next?.family === range.family) assert.ok(range.last + 1n < next.first)
        }
      }),
    )
  })

  test('the first fitting block is taken, lowest end first', () => {
    let free = subtract('10.0.0.0/24', ['10.0.0.16/28', '10.0.0.64/26'])
    const got = [27, 28, 25].map(length => {
      const taken = takeNetwork(free, length)!
      free = taken.free
      return taken.network
    })
    assert.deepEqual(got, ['10.0.0.32/27', '10.0.0.0/28', '10.0.0.128/25'])
    assert.equal(takeNetwork(free, 28), null)
    assert.deepEqual(takeNetwork(['10.0.0.0/30'], 31), { network: '10.0.0.0/31', free: ['10.0.0.2/31'] })
    assert.equal(takeNetwork(['10.0.0.0/30'], 33), null)
  })
})

describe('range', () => {
  test('lies between two hosts of a family', () => {
    assert.equal(rangeSize(rangeBetween('10.0.0.1/24', '10.0.0.9/24')!), 9n)
    assert.equal(rangeSize(rangeBetween('10.0.0.1/24', '10.0.0.1/24')!), 1n)
    assert.equal(rangeBetween('10.0.0.9', '10.0.0.1'), null)
    assert.equal(rangeBetween('10.0.0.9', '::1'), null)
    assert.deepEqual([...iterate(rangeBetween('10.0.0.1', '10.0.0.3')!, 24)].map(formatAddress), [
      '10.0.0.1/24',
      '10.0.0.2/24',
      '10.0.0.3/24',
    ])
    assert.equal(iterate(rangeOf('::/0')).next().value?.length, 128)
  })

  test('is displayed as NetBox displays it', () => {
    const cases = [
      ['192.0.2.10/24', '192.0.2.20/24', '192.0.2.10-20/24'],
      ['192.0.2.10/24', '192.0.2.10/24', '192.0.2.10-192.0.2.10/24'],
      ['10.0.1.5/16', '10.0.2.9/16', '10.0.1.5-2.9/16'],
      ['10.0.1.5/16', '10.0.2.5/16', '10.0.5.5-5/16'],
      ['10.1.0.1/8', '11.2.3.4/8', '.10.1.0.1-11.2.3.4/8'],
      ['2001:db8::1/64', '2001:db8::ff/64', '2001:db8::1-ff/64'],
    ] as const
    for (const [start, end, display] of cases) assert.equal(formatRange(start, end), display)
  })
})

function assertMinimal(blocks: string[]): void {
  for (const [index, block] of blocks.entries()) {
    assert.equal(hasHostBits(block), false)
    const next = blocks[index + 1]
    if (next === undefined) continue
    assert.ok(lastOf(block) < firstOf(next))
    const { family, value, length } = address(block)
    const parent = { family, value, length: length - 1 }
    assert.equal(length === address(next).length && contains(parent, next), false, `${block} and ${next} are one block`)
  }
}
