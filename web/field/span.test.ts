import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spanOf } from './span.ts'

test('a length of time is told by the two parts that count', () => {
  const told = {
    '00:00:00.085300': '85 ms',
    '00:00:00.000100': '1 ms',
    '00:00:00': '0 s',
    '00:00:12.380000': '12.3 s',
    '00:01:05.900000': '1 min 5 s',
    '01:05:23': '1 h 5 min',
    '02:00:23': '2 h',
    '3 04:05:06': '3 d 4 h',
    soon: 'soon',
  }
  for (const [text, span] of Object.entries(told)) assert.equal(spanOf(text), span)
})
