import assert from 'node:assert/strict'
import test from 'node:test'
import { createThrottle } from './throttle.ts'

const allowances = { byName: { free: 3, longest: 60 }, byAddress: { free: 5, longest: 60 } }

function timed() {
  let time = 1_000_000
  return { throttle: createThrottle(allowances, () => time), pass: (seconds: number) => (time += seconds * 1000) }
}

test('beyond the free tries each wait is twice the one before, up to the longest', () => {
  const { throttle, pass } = timed()
  for (let at = 0; at < 3; at++) assert.equal(throttle.take('ada', `192.0.2.${at}`), 0)
  const waits = []
  for (let at = 0; at < 8; at++) {
    const wait = throttle.take('Ada', `198.51.100.${at}`)
    waits.push(wait)
    assert.equal(throttle.take('ada', '203.0.113.1'), wait)
    pass(wait)
    assert.equal(throttle.take('ADA', `198.51.100.${at}`), 0)
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60])
})

test('another name from the same address waits too, another address does not', () => {
  const { throttle } = timed()
  for (let at = 0; at < 5; at++) assert.equal(throttle.take(`user${at}`, '2001:db8:1:2::1'), 0)
  assert.equal(throttle.take('ada', '2001:db8:1:2:ffff::9'), 1)
  assert.equal(throttle.take('ada', '2001:db8:1:3::9'), 0)
})

test('a right password forgets the name, and counts for nothing at the address', () => {
  const { throttle } = timed()
  for (let at = 0; at < 20; at++) {
    assert.equal(throttle.take('ada', '192.0.2.1'), 0)
    throttle.right('ada', '192.0.2.1')
  }
})

test('failures are forgotten after a quarter of an hour', () => {
  const { throttle, pass } = timed()
  for (let at = 0; at < 3; at++) throttle.take('ada', null)
  assert.equal(throttle.take('ada', null), 1)
  pass(15 * 60 + 1)
  for (let at = 0; at < 3; at++) assert.equal(throttle.take('ada', null), 0)
})
