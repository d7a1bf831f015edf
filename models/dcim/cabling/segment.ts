import { parseNode, type Node } from './node.ts'

/** Three steps of a path: what it leaves, the links it takes, and what it comes to. */
export interface Segment {
  readonly near: readonly Node[]
  readonly links: readonly Node[]
  readonly far: readonly Node[]
}

const linkModels = new Set(['dcim.cable', 'wireless.wirelesslink'])

/**
 * A path's steps in threes. It may end at a port that leads no further, or step without a link from a circuit to the
 * place or the network where that ends: then the missing parts of the last segment are empty.
 */
export function segmentsOf(path: readonly (readonly string[])[]): Segment[] {
  const segments: Segment[] = []
  for (let at = 0; at < path.length; at += 3) {
    const [near = [], second = [], third] = path.slice(at, at + 3).map(step => step.map(parseNode))
    if (near.length === 0) break
    const linked = third !== undefined || linkModels.has(second[0]?.[0] ?? '')
    segments.push(linked ? { near, links: second, far: third ?? [] } : { near, links: [], far: second })
  }
  return segments
}
