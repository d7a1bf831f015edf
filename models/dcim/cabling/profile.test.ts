import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CableProfile } from '../cable-profile.ts'
import { wiringOf, type Place } from './profile.ts'

const placesOf = ({ connectors, positions }: { connectors: number; positions: number }): Place[] =>
  Array.from({ length: connectors * positions }, (_, at) => [Math.floor(at / positions) + 1, (at % positions) + 1])

for (const profile of CableProfile.values.keys()) {
  test(`${profile}: every place at one end leads to one at the other, and back`, () => {
    const wiring = wiringOf(profile)!
    const far = placesOf(wiring.A).map(place => wiring.across('A', place)!)
    assert.deepEqual(far.toSorted(), placesOf(wiring.B).toSorted())
    assert.deepEqual(
      far.map(place => wiring.across('B', place)),
      placesOf(wiring.A),
    )
  })
}

test('a breakout gives each position a connector of its own', () =>
  assert.deepEqual(wiringOf('breakout-1c4p-4c1p')!.across('A', [1, 3]), [3, 1]))

test('a shuffle of four by four turns connectors into positions', () =>
  assert.deepEqual(wiringOf('trunk-4c4p-shuffle')!.across('B', [2, 3]), [3, 2]))

test('a place that the cable does not have leads nowhere', () => {
  assert.equal(wiringOf('single-1c2p')!.across('A', [1, 3]), undefined)
  assert.equal(wiringOf('breakout-1c4p-4c1p')!.across('B', [1, 2]), undefined)
})

test('no profile, no wiring', () => assert.equal(wiringOf(''), undefined))
