import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { yamlOf } from './yaml.ts'

test('what is written as YAML is read as it was', () =>
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), document => {
      const read = parse(yamlOf(document))
      assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(document)))
    }),
  ))
