import type { CableEnd } from '../cabletermination.ts'

type End = Parameters<typeof CableEnd.values.get>[0]

/** A place on one end of a cable: a connector and a position in it, both counted from 1. */
export type Place = readonly [connector: number, position: number]

/** How many connectors an end of a cable has, and how many positions each of them. */
interface EndShape {
  readonly connectors: number
  readonly positions: number
}

/** What is wired to what inside a cable. */
export interface Wiring {
  readonly A: EndShape
  readonly B: EndShape
  /** The place at the other end; undefined for a place that the cable does not have. */
  readonly across: (end: End, place: Place) => Place | undefined
}

/** Pairs of the second column are reached from those of the first, row by row from (1, 1). */
const shuffles: Readonly<Record<string, readonly Place[]>> = {
  'trunk-2c4p-shuffle': [
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [1, 3],
    [1, 4],
    [2, 3],
    [2, 4],
  ],
  'breakout-2c4p-8c1p-shuffle': [
    [1, 1],
    [2, 1],
    [5, 1],
    [6, 1],
    [3, 1],
    [4, 1],
    [7, 1],
    [8, 1],
  ],
}

/** The wiring that a cable profile's name stands for, as `trunk-4c4p-shuffle`; undefined for a name that is none. */
export function wiringOf(profile: string | null | undefined): Wiring | undefined {
  const match = /^(single|trunk|breakout)-(\d+)c(\d+)p(?:-(\d+)c(\d+)p)?(-shuffle)?$/.exec(profile ?? '')
  if (!match) return undefined
  const [, , connectors, positions, farConnectors = connectors, farPositions = positions, shuffled] = match
  const A = { connectors: Number(connectors), positions: Number(positions) }
  const B = { connectors: Number(farConnectors), positions: Number(farPositions) }
  const table = shuffled ? shuffles[profile!] : undefined
  const place = (shape: EndShape, number: number): Place => [
    Math.floor(number / shape.positions) + 1,
    (number % shape.positions) + 1,
  ]
  return {
    A,
    B,
    across(end, [connector, position]) {
      const [near, far] = end === 'A' ? [A, B] : [B, A]
      if (connector < 1 || connector > near.connectors || position < 1 || position > near.positions) return undefined
      if (shuffled && !table) return [position, connector]
      const number = (connector - 1) * near.positions + position - 1
      if (!table) return place(far, number)
      if (end === 'A') return table[number]
      const from = table.findIndex(([c, p]) => c === connector && p === position)
      return place(A, from)
    },
  }
}
