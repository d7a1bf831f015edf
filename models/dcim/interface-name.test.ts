import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interfaceSortKey } from './interface-name.ts'

const sorted = [
  ['GigabitEthernet0/10', 'TenGigabitEthernet0/20', 'GigabitEthernet1/1', 'FastEthernet1'],
  ['xe-0/0/9', 'xe-0/0/10', 'xe-0/1/0', 'ae1'],
  ['0', '0.1', '0.10', '0:1', '0:1.10', '1'],
  ['et-0/0/1', 'et-0/0/1.5', 'et-0/0/1:2', 'et-0/0/1:10', 'et-0/0/2'],
]

for (const names of sorted)
  test(`interfaces sort as ${names.join(', ')}`, () => {
    const keys = [...names].reverse().map(name => [interfaceSortKey(name), name] as const)
    assert.deepEqual(
      keys.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name),
      names,
    )
  })
