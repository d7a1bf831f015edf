import type { Looks } from './look.ts'
import { nodeText, type Node } from './node.ts'
import type { Segment } from './segment.ts'

/** How long a path is. */
export interface Length {
  /** The sum of what is known, in metres. */
  readonly metres: number
  /** Nothing on the path is of unknown length. */
  readonly definitive: boolean
}

const circuit = 'circuits.circuittermination'

/** The length of a path: of each step its longest cable, and of the circuits it crosses the longest. */
export function lengthOf(segments: readonly Segment[], looks: Looks): Length {
  const look = (node: Node) => looks.get(nodeText(...node))
  const cables = segments.map(({ links }) =>
    links.filter(([model]) => model === 'dcim.cable').map(node => look(node)?.metres ?? null),
  )
  const circuits = segments.slice(1).map(({ near }, at) => {
    const from = segments[at]!.far
    const crossed = from[0]?.[0] === circuit && near[0]?.[0] === circuit
    return crossed ? near.map(node => look(look(node)?.parent ?? node)?.metres ?? null) : []
  })
  const steps = [...cables, ...circuits]
  const known = steps.map(step => Math.max(0, ...step.map(Number)))
  return {
    metres: Math.round(known.reduce((sum, each) => sum + each, 0) * 10_000) / 10_000,
    definitive: !steps.flat().includes(null),
  }
}
