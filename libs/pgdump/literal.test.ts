import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { DumpError, parseArray, parseRange, type ArrayItem } from './index.ts'

describe('array', () => {
  test('golden cases', () => {
    const cases: [string, ArrayItem[]][] = [
      ['{}', []],
      ['{1,2,3}', ['1', '2', '3']],
      ['{NULL,"NULL",null,""}', [null, 'NULL', null, '']],
      ['{"a b","c,d","{e}","f\\"g\\\\h"}', ['a b', 'c,d', '{e}', 'f"g\\h']],
      [
        '{{a,b},{c,NULL}}',
        [
          ['a', 'b'],
          ['c', null],
        ],
      ],
      ['[0:1][2:2]={{1},{2}}', [['1'], ['2']]],
      [' { a b , "c" } ', ['a b', 'c']],
      ['{"[1,4095)"}', ['[1,4095)']],
      ['{{},{}}', [[], []]],
    ]
    for (const [text, expected] of cases) assert.deepEqual(parseArray(text), expected, text)
  })

  test('refuses other text', () => {
    for (const text of ['', 'a', '{', '{a', '{a,}', '{,a}', '{a}b', '{"a}', '{"a"b}', '{{a}', '[1,2]']) {
      assert.throws(() => parseArray(text), isMalformed, text)
    }
  })

  test('gives back what was quoted', () => {
    const { items } = fc.letrec<{ items: ArrayItem[]; item: ArrayItem }>(tie => ({
      items: fc.array(tie('item'), { maxLength: 4 }),
      item: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.string({ unit: 'binary' }), tie('items')),
    }))
    const print = (item: ArrayItem): string =>
      item === null ? 'NULL' : typeof item === 'string' ? `"${item.replace(/[\\"]/g, '\\$&')}"` : `{${item.map(print)}}`
    fc.assert(fc.property(items, list => assert.deepEqual(parseArray(print(list)), list)))
  })
})

describe('range', () => {
  test('golden cases', () => {
    const cases: [string, string | null, string | null, boolean, boolean][] = [
      ['[1,100)', '1', '100', true, false],
      ['(,5]', null, '5', false, true],
      ['[,]', null, null, false, false],
      ['["2024-01-01 00:00:00+00",)', '2024-01-01 00:00:00+00', null, true, false],
      ['("","a""b\\"\\\\")', '', 'a"b"\\', false, false],
      ['[a\\,b,c]', 'a,b', 'c', true, true],
    ]
    for (const [text, lower, upper, lowerInclusive, upperInclusive] of cases) {
      assert.deepEqual(parseRange(text), { empty: false, lower, upper, lowerInclusive, upperInclusive }, text)
    }
    assert.equal(parseRange('empty').empty, true)
  })

  test('refuses other text', () => {
    for (const text of ['', '1,2', '[1,2', '[1)', '[1,2,3]', '[1,2]x'])
      assert.throws(() => parseRange(text), isMalformed, text)
  })
})

const isMalformed = (error: unknown) => error instanceof DumpError && error.code === 'malformed'
