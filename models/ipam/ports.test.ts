import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portKeys, readPortMapping } from './ports.ts'

test('a pair of protocol and port is read in any case, with zeros and spaces, and within bounds', () => {
  assert.equal(readPortMapping('TCP/080'), 'tcp/80')
  assert.equal(readPortMapping(' udp / 53 '), 'udp/53')
  for (const text of ['80', 'tcp', 'tcp/0', 'tcp/65536', 'icmp/1', 'tcp/8-9', ''])
    assert.equal(readPortMapping(text), undefined)
})

test('protocol and ports are those of all pairs, or neither is', () => {
  const keysOf = (...port_mappings: string[]) =>
    [portKeys['protocol']!, portKeys['ports']!].map(key => key.as({ port_mappings }, undefined, {}))
  assert.deepEqual(keysOf('tcp/443', 'tcp/80'), [{ value: 'tcp', label: 'TCP' }, [80, 443]])
  assert.deepEqual(keysOf('tcp/53', 'udp/53'), [null, null])
  assert.deepEqual(keysOf('what/ever'), [null, null])
  assert.deepEqual(keysOf(), [null, []])
})
