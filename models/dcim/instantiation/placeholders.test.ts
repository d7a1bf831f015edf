import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Misplaced, withChassis, withModule } from './placeholders.ts'

const inStack = { virtual_chassis_id: 1, vc_position: 8 }
const alone = { virtual_chassis_id: null, vc_position: 8 }

test('{vc_position} is the place in the chassis, or the fallback, or 0', () => {
  for (const [text, member, outside] of [
    ['ge-{vc_position}/0', 'ge-8/0', 'ge-0/0'],
    ['ge-{vc_position:18}/0', 'ge-8/0', 'ge-18/0'],
    ['ge{vc_position:}', 'ge8', 'ge'],
    ['{vc_position}{vc_position:x}', '88', '0x'],
    ['{vc_position', '{vc_position', '{vc_position'],
  ] as const) {
    assert.equal(withChassis(text, inStack), member)
    assert.equal(withChassis(text, alone), outside)
    assert.equal(withChassis(text, { virtual_chassis_id: 1, vc_position: null }), outside)
  }
})

test('{module} is the bay that a module is in; as many as there are bays are all of them', () => {
  for (const [text, chain, name] of [
    ['eth0', ['1', '2'], 'eth0'],
    ['eth{module}', ['1'], 'eth1'],
    ['eth{module}', ['1', '2'], 'eth2'],
    ['Gi{module}/{module}', ['1', '2'], 'Gi1/2'],
    ['{module}.{module}.{module}', ['a', '', 'c'], 'a..c'],
    ['x{module}', ['1', '1-1'], 'x1-1'],
    ['{module}/{module}', ['{module}-a', 'b'], 'b-a/b'],
  ] as const)
    assert.equal(withModule(text, chain), name)
  for (const [text, chain] of [
    ['{module}/{module}', ['1']],
    ['{module}/{module}', ['1', '2', '3']],
  ] as const)
    assert.throws(() => withModule(text, chain), Misplaced)
})
