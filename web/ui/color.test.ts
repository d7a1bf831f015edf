import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cssColor, inkOn } from './color.ts'

test('a colour is a name or six digits, and nothing else gets into a style', () => {
  assert.equal(cssColor('9e9e9e'), '#9e9e9e')
  assert.match(cssColor('green')!, /^#[0-9a-f]{6}$/)
  assert.equal(cssColor('red;background:url(x)'), undefined)
})

test('ink stands out from its ground', () => {
  assert.equal(inkOn('#ffeb3b'), '#000000')
  assert.equal(inkOn('#3f51b5'), '#ffffff')
})
