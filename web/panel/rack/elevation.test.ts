import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  freeUnits,
  obstacle,
  placeName,
  positionBelow,
  unitsAbove,
  unitsOf,
  type Device,
  type Elevation,
} from './elevation.ts'

const device = (id: number, position: number, more: Partial<Device> = {}) =>
  ({ id, label: `d${id}`, position, face: 'front', height: 1, full_depth: false, ...more }) as Device

const rack = (more: Partial<Elevation> = {}) =>
  ({
    rack: { id: 1, url: '', display: 'R1' },
    name: 'R1',
    u_height: 6,
    starting_unit: 1,
    desc_units: false,
    devices: [],
    hidden: [],
    reservations: [],
    ...more,
  }) as unknown as Elevation

test('units are counted from below or from above', () => {
  assert.deepEqual(unitsOf(rack({ starting_unit: 11 })), [16, 15, 14, 13, 12, 11])
  assert.deepEqual(unitsOf(rack({ desc_units: true })), [1, 2, 3, 4, 5, 6])
})

test('a position says how much is above it, and the other way round', () => {
  for (const numbering of [{}, { desc_units: true }, { starting_unit: 5 }, { starting_unit: 5, desc_units: true }]) {
    const one = rack(numbering)
    for (const height of [0.5, 1, 2.5])
      for (const above of [0, 0.5, 3])
        assert.equal(unitsAbove(one, positionBelow(one, above, height), height), above, JSON.stringify(numbering))
  }
  assert.equal(unitsAbove(rack(), 5, 2), 0)
  assert.equal(unitsAbove(rack({ desc_units: true }), 1, 2), 0)
})

test('free units are those that nothing is seen on', () => {
  const one = rack({
    devices: [device(1, 2, { full_depth: true }), device(2, 4.5), device(3, 6, { height: 0 })],
    hidden: [{ position: 1, height: 1, face: 'rear', full_depth: false }],
  })
  assert.deepEqual(freeUnits(one, 'front'), [6, 3, 1])
  assert.deepEqual(freeUnits(one, 'rear'), [6, 5, 4, 3])
})

test('what stands in the way is named, what is hidden is not', () => {
  const one = rack({
    devices: [device(1, 1, { full_depth: true, height: 2 }), device(2, 4)],
    hidden: [{ position: 6, height: 1, face: 'front', full_depth: true }],
  })
  const at = (position: number, face: 'front' | 'rear' = 'front') =>
    obstacle(one, { id: 9, height: 1, face, full_depth: false }, { position, face, height: 1, full_depth: false })
  assert.equal(at(3), null)
  assert.equal(at(4, 'rear'), null)
  assert.equal(at(2, 'rear'), 'd1 is in the way.')
  assert.equal(at(4.5), 'd2 is in the way.')
  assert.equal(at(6), 'a device that you may not view is in the way.')
  assert.equal(at(0), 'The rack ends there.')
  assert.equal(at(6.5), 'The rack ends there.')
  const moved = one.devices[0] as Device & { position: number }
  assert.equal(obstacle(one, moved, { ...moved, position: 2 }), null)
  assert.equal(obstacle(one, moved, { ...moved, position: 3 }), 'd2 is in the way.')
})

test('places are named', () => {
  assert.equal(placeName(rack(), { rack: 1, position: 12, face: 'front' }, 2), 'U12–U13 of R1, front')
  assert.equal(placeName(rack(), { rack: 1, position: null, face: null }, 1), 'R1, not mounted')
  assert.equal(placeName(undefined, { rack: null, position: null, face: null }, 1), 'out of the rack')
})
