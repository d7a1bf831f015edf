import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breakable, broken } from './rules.ts'

// It comes after the tests of the models, and says nothing where only some of them run.
test('some test breaks each rule', { skip: !process.env['DEMARC_TEST_WHOLE'] }, () => {
  assert.deepEqual(
    breakable.filter(rule => !broken.has(rule)),
    [],
  )
})
