import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unfit } from '../field/input/view.ts'
import { expand } from './pattern.ts'

test('ranges and lists stand for their values', () => {
  assert.deepEqual(expand('Ethernet[1-3]'), ['Ethernet1', 'Ethernet2', 'Ethernet3'])
  assert.deepEqual(expand('[a-c]1'), ['a1', 'b1', 'c1'])
  assert.deepEqual(expand('[01-03]'), ['1', '2', '3'])
  assert.deepEqual(expand('p[1-2,7,x]'), ['p1', 'p2', 'p7', 'px'])
  assert.deepEqual(expand('eth[1:3,2]'), ['eth1:3', 'eth2'])
})

test('several groups multiply, the leftmost slowest', () => {
  assert.deepEqual(expand('[ge,xe]-0/0/[0-1]'), ['ge-0/0/0', 'ge-0/0/1', 'xe-0/0/0', 'xe-0/0/1'])
})

test('what is no group is text', () => {
  for (const text of ['Ethernet1', 'Slot [5]', 'a[]b', '[1-', '{module}/[x y]']) assert.deepEqual(expand(text), [text])
})

test('addresses count as their digits do', () => {
  assert.deepEqual(expand('192.0.2.[9-11]/24'), ['192.0.2.9/24', '192.0.2.10/24', '192.0.2.11/24'])
  assert.deepEqual(expand('2001:db8::[9-b]/64', true), ['2001:db8::9/64', '2001:db8::a/64', '2001:db8::b/64'])
})

test('a range that makes no sense is refused', () => {
  for (const text of ['[3-1]', '[2-2]', '[ab-cd]', '[c-a]', '[a-C]', '[1-a]', '[1-2-3]', '[1-9999]', '[1-99][1-99]'])
    assert.throws(() => expand(text), Unfit, text)
})
