import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  address,
  AddressError,
  familyOf,
  formatAddress,
  formatHost,
  hostOf,
  maskLengthOf,
  parseAddress,
  parseMac,
  parseWwn,
} from './index.ts'
import { anyAddress } from './arbitrary.ts'

// Both columns are PostgreSQL 15's `text → text::inet`.
const printedByPostgres = {
  '::': '::',
  '::1': '::1',
  '::1:0': '::0.1.0.0',
  '::0:ffff': '::ffff',
  '::1:2': '::0.1.0.2',
  '::1:2:3': '::1:2:3',
  '::1.2.3.4': '::1.2.3.4',
  '::ffff:1.2.3.4': '::ffff:1.2.3.4',
  '::ffff:0:0': '::ffff:0.0.0.0',
  '::ffff:0:1': '::ffff:0.0.0.1',
  '::fffe:1.2.3.4': '::fffe:102:304',
  '::ffff:0:1:2': '::ffff:0:1:2',
  '0:0:0:0:0:1:0:0': '::1:0:0',
  '1:0:0:2:0:0:0:3': '1:0:0:2::3',
  '1:0:0:2:3:0:0:4': '1::2:3:0:0:4',
  '1:2:3:4:5:6:7::': '1:2:3:4:5:6:7:0',
  '::2:3:4:5:6:7:8': '0:2:3:4:5:6:7:8',
  '64:ff9b::1.2.3.4': '64:ff9b::102:304',
  '2001:DB8:0:1:1:1:1:1': '2001:db8:0:1:1:1:1:1',
  'ffff::': 'ffff::',
  '0:0:1::': '0:0:1::',
  '10.0.0.1': '10.0.0.1',
}

describe('address text', () => {
  test('is printed as PostgreSQL prints inet', () => {
    for (const [text, printed] of Object.entries(printedByPostgres)) assert.equal(hostOf(text), printed)
  })

  test('takes a prefix length, a netmask or a hostmask', () => {
    const cases = {
      '10.0.0.0/8': '10.0.0.0/8',
      '10.0.0.1': '10.0.0.1/32',
      '2001:db8::1': '2001:db8::1/128',
      '10.0.0.0/255.255.255.0': '10.0.0.0/24',
      '10.0.0.0/0.0.0.255': '10.0.0.0/24',
      '10.0.0.0/0.0.0.0': '10.0.0.0/0',
      '10.0.0.0/255.255.255.255': '10.0.0.0/32',
      '10.0.0.0/127.255.255.255': '10.0.0.0/1',
      '2001:db8::/ffff:ffff::': '2001:db8::/32',
      '2001:db8::/::ffff': '2001:db8::/112',
      '::ffff:10.0.0.0/104': '::ffff:10.0.0.0/104',
      '::/0': '::/0',
    }
    for (const [text, expected] of Object.entries(cases)) assert.equal(formatAddress(text), expected)
  })

  test('is refused where it is not strict', () => {
    const refused = `10/8|10.1|10.0.0|010.0.0.1|10.0.0.01|256.0.0.1|1.2.3.4.5|0x7f.0.0.1|1.2.3.4/33|1.2.3.4/-1|1.2.3.4/
      |1.2.3.4/024|1.2.3.4/+8|1.2.3.4/8/8|1.2.3.4/255.0.255.0|1.2.3.4/ffff::|::/255.0.0.0|fe80::1%eth0|fe80::1%25eth0/64
      |1::2::3|:::|1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|1:2:3:4:5:6:7:8::|1:2:3:4::5:6:7:8|:1|1:|12345::|g::|::1.2.3|::01.2.3.4
      |1.2.3.4::|::1.2.3.4:5|1:2:3:4:5:6:7:1.2.3.4|::/129|/24|a.b.c.d|١.2.3.4`
    for (const text of ['', ' 10.0.0.1', '10.0.0.1 ', '10.0.0.1\n', ...refused.split(/\s*\|/)])
      assert.equal(parseAddress(text), null, text)
  })

  test('that is refused makes other functions throw', () => {
    assert.throws(
      () => address('10/8'),
      (error: unknown) => error instanceof AddressError && error.code === 'invalid-address',
    )
  })

  test('survives parsing and printing', () => {
    fc.assert(fc.property(anyAddress(), value => assert.deepEqual(parseAddress(formatAddress(value)), value)))
  })

  test('means the same in full and in capitals', () => {
    fc.assert(
      fc.property(anyAddress(6), ({ value }) => {
        const full = value.toString(16).padStart(32, '0').match(/.{4}/g)!.join(':')
        assert.equal(hostOf(full), formatHost(6, value))
        assert.equal(hostOf(full.toUpperCase()), formatHost(6, value))
      }),
    )
  })

  test('is never misread: whatever parses as IPv6 is what the URL standard reads', () => {
    const part = fc.constantFrom(':', '::', '0', '1', 'ab', 'ffff', '1.2.3.4', '12345')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 15 }), parts => {
        const text = parts.join('')
        if (!text.includes(':')) return
        const url = URL.canParse(`http://[${text}]/`) ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : null
        assert.equal(parseAddress(text)?.value, url === null ? undefined : address(url).value, text)
      }),
      { numRuns: 3000 },
    )
  })

  test('tells family and mask length', () => {
    assert.equal(familyOf('10.0.0.1/24'), 4)
    assert.equal(familyOf('::1'), 6)
    assert.equal(maskLengthOf('10.0.0.1/24'), 24)
    assert.equal(maskLengthOf('::1'), 128)
  })
})

describe('MAC and WWN', () => {
  test('are read in any common notation', () => {
    const notations = `aa:bb:cc:dd:ee:0f AA-BB-CC-DD-EE-0F aabb.ccdd.ee0f aabb-ccdd-ee0f aabb:ccdd:ee0f aabbcc-ddee0f
      aabbccddee0f aa:bb:cc:dd:ee:f`
    for (const text of notations.split(/\s+/)) assert.equal(parseMac(text), 'AA:BB:CC:DD:EE:0F', text)
    assert.equal(parseMac(' aa bb cc dd ee 0f '), 'AA:BB:CC:DD:EE:0F')
    const names = `50:06:01:60:3b:a0:12:0a 50-06-01-60-3B-A0-12-0A 5006.0160.3ba0.120a 5006:0160:3ba0:120a 500601603ba0120a`
    for (const text of names.split(' ')) assert.equal(parseWwn(text), '50:06:01:60:3B:A0:12:0A', text)
  })

  test('are refused otherwise', () => {
    const refused = `|aa:bb:cc:dd:ee|aa:bb:cc:dd:ee:ff:00|aa.bb.cc.dd.ee.ff|aa:bb-cc:dd:ee:ff|aabbccddeef|aabbccddeeffa
      |gg:bb:cc:dd:ee:ff|aaa:bb:cc:dd:ee:ff|aa:bb:cc:dd:ee:|:::::|not-a-mac|aabbc-ddeeff`
    for (const text of refused.split(/\s*\|/)) assert.equal(parseMac(text), null, text)
    for (const text of ['aa:bb:cc:dd:ee:ff', '500601603ba0120', '50060160-3ba0120a']) assert.equal(parseWwn(text), null)
  })
})
