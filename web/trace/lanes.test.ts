import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf, strandsOf } from './lanes.ts'
import type { Look, Node, Route } from './route.ts'

/** Objects in the words of the test: `a1` sits in box `a`, plugged into the cable named, if any. */
const objects = (plugs: Readonly<Record<Node, Node | null>>) =>
  Object.fromEntries(
    Object.entries(plugs).map(([node, link]) => [node, { parent: node[0], link, display: node } as unknown as Look]),
  )
const route = (...segments: Route['segments']): Route => ({
  id: 1,
  is_active: true,
  is_complete: true,
  is_split: false,
  metres: 0,
  definitive: true,
  segments,
  onward: [],
})

test('strands that take one cable stay together, and others apart', () => {
  const known = objects({ a1: 'x', a2: 'y', b1: 'x', b2: 'y', b3: 'y' })
  assert.deepEqual(strandsOf({ near: ['a1', 'a2'], links: ['x', 'y'], far: ['b1', 'b2', 'b3'] }, known), [
    { near: ['a1'], link: 'x', far: ['b1'] },
    { near: ['a2'], link: 'y', far: ['b2', 'b3'] },
  ])
})

test('a strand that lost its cable ends beside those that go on', () => {
  const known = objects({ a1: 'x', a2: null, b1: 'x' })
  assert.deepEqual(strandsOf({ near: ['a2', 'a1'], links: ['x'], far: ['b1'] }, known), [
    { near: ['a2'], link: null, far: [] },
    { near: ['a1'], link: 'x', far: ['b1'] },
  ])
})

test('a port that leads no further ends a path', () =>
  assert.deepEqual(strandsOf({ near: ['a1'], links: [], far: [] }, objects({ a1: null })), [
    { near: ['a1'], link: null, far: [] },
  ]))

test('a box holds what a path arrives at and what it leaves by', () => {
  const known = objects({ a1: 'x', p1: 'x', p2: 'y', b1: 'y' })
  const columns = columnsOf(
    route({ near: ['a1'], links: ['x'], far: ['p1'] }, { near: ['p2'], links: ['y'], far: ['b1'] }),
    known,
  )
  assert.deepEqual(
    columns.map(column =>
      column.kind === 'links'
        ? column.strands.map(({ link }) => link)
        : column.boxes.map(({ holder, arrives, leaves }) => [holder, arrives.length, leaves.length]),
    ),
    [[['a', 0, 1]], ['x'], [['p', 1, 1]], ['y'], [['b', 1, 0]]],
  )
})

test('a port from which a breakout fans out is as high as all of its lanes', () => {
  const known = objects({ a1: 'x', b1: 'x', c1: 'x', d1: 'x', e1: 'x' })
  const [first, , last] = columnsOf(route({ near: ['a1'], links: ['x'], far: ['b1', 'c1', 'd1', 'e1'] }), known)
  assert.ok(first?.kind === 'stop' && last?.kind === 'stop')
  assert.deepEqual(first.boxes[0]!.leaves, [{ node: 'a1', lanes: 4 }])
  assert.deepEqual(
    last.boxes.map(box => [box.holder, box.lanes]),
    [
      ['b', 1],
      ['c', 1],
      ['d', 1],
      ['e', 1],
    ],
  )
})
