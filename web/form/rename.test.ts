import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unfit } from '../field/input/view.ts'
import { renamer } from './rename.ts'

test('text is replaced everywhere, and dots are dots', () => {
  assert.equal(renamer('.', '-', false)('a.b.c'), 'a-b-c')
  assert.equal(renamer('ge', 'xe$&', false)('ge-ge'), 'xe$&-xe$&')
  assert.equal(renamer('', 'x', false)('abc'), 'abc')
})

test('groups of a regular expression are put in, numbered and named', () => {
  assert.equal(renamer(String.raw`^Ethernet(\d+)/(\d+)$`, String.raw`et-\2/\1`, true)('Ethernet1/2'), 'et-2/1')
  assert.equal(renamer(String.raw`(?P<slot>\d)`, String.raw`[\g<slot>]`, true)('p1q2'), 'p[1]q[2]')
  assert.equal(renamer(String.raw`(\w)\1`, String.raw`\g<1>`, true)('aabb'), 'ab')
  assert.equal(renamer('a', String.raw`\\1`, true)('a'), String.raw`\1`)
  assert.equal(renamer('a(b)?', String.raw`x\1`, true)('a'), 'x')
})

test('a group that there is not leaves the text', () => {
  assert.equal(renamer('(a)', String.raw`\2`, true)('abc'), 'abc')
})

test('what is no regular expression is refused', () => {
  assert.throws(() => renamer('(', '', true), Unfit)
})
