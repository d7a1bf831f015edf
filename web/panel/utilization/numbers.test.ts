import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addresses } from './numbers.ts'

test('numbers of addresses are told by their digits, as far as those tell anything', () => {
  for (const [count, text] of [
    [254, '254'],
    [2 ** 24, '16,777,216'],
    [2 ** 64, '2⁶⁴'],
    [2 ** 80 - 2 ** 64, '≈ 2⁸⁰'],
    [2 ** 128, '2¹²⁸'],
  ] as const)
    assert.equal(addresses(count), text)
})
