import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headingsOf, recordsOf, reheaded, sortOf } from './records.ts'

test('the kind of a text is told from its beginning', () => {
  assert.deepEqual(['{"a":1}', '- a: 1', '---\na: 1', 'a;b\n1;2', 'a\n1'].map(sortOf), [
    'json',
    'yaml',
    'yaml',
    'csv',
    undefined,
  ])
})

test('records stand as they are written, quoted line breaks within them', () => {
  assert.deepEqual(recordsOf('a,b\r\n1,"x\ny"\r\n\r\n2,z', 'csv'), ['1,"x\ny"', '2,z'])
  assert.deepEqual(recordsOf('[{"a": 1}, {"a": 2}]', 'json'), ['{"a":1}', '{"a":2}'])
  assert.deepEqual(recordsOf('[', 'json'), [])
  assert.deepEqual(recordsOf('- a: 1\n  b: 2\n- a: 3', 'yaml'), ['- a: 1\n  b: 2', '- a: 3'])
  assert.deepEqual(recordsOf('---\na: 1\n---\na: 2', 'yaml'), ['a: 1', 'a: 2'])
})

test('headings are found and replaced, whatever parts them', () => {
  const text = 'Name\t"Device Type"\tsite.slug\na\tb\tc'
  const headings = headingsOf(text)
  assert.deepEqual(
    headings.map(each => each.text),
    ['Name', 'Device Type', 'site.slug'],
  )
  assert.equal(reheaded(text, headings[1]!, 'device_type'), 'Name\tdevice_type\tsite.slug\na\tb\tc')
  assert.deepEqual(
    headingsOf('a|b,c', '|').map(each => each.text),
    ['a', 'b,c'],
  )
  assert.deepEqual(headingsOf('  \n'), [])
})
