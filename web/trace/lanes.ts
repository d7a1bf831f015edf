import type { Node, Route, Routes, Segment } from './route.ts'

/** Strands that share a link between two stops of a path. */
export interface Strand {
  readonly near: readonly Node[]
  /** The cable or radio link; null where strands go on without one, or end. */
  readonly link: Node | null
  readonly far: readonly Node[]
}

/** A port or the like, and how many lanes it takes. */
export interface Berth {
  readonly node: Node
  readonly lanes: number
}

/** What holds the ports at which a path arrives and those that it leaves by. */
export interface Box {
  readonly holder: Node
  readonly arrives: readonly Berth[]
  readonly leaves: readonly Berth[]
  readonly lanes: number
}

/** The columns of a drawn path in turn: boxes, links, boxes … */
export type Column =
  | { readonly kind: 'stop'; readonly boxes: readonly Box[] }
  | { readonly kind: 'links'; readonly strands: readonly Strand[] }

type Objects = Routes['objects']

/** How many lanes strands need side by side. */
export const lanesOf = ({ near, far }: Strand): number => Math.max(near.length, far.length, 1)

/** The strands of a segment, in the order in which they leave. */
export function strandsOf({ near, links, far }: Segment, objects: Objects): readonly Strand[] {
  if (!links.length)
    return far.length ? [{ near, link: null, far }] : near.map(node => ({ near: [node], link: null, far }))
  const [only] = links.length === 1 ? links : []
  const linkOf = (node: Node) => {
    const link = objects[node]?.link ?? null
    return link && links.includes(link) ? link : null
  }
  const ends = near.filter(node => linkOf(node) === null && !only)
  // Where one link alone leads on, what has another is the channel of what is plugged in.
  const open = only ? near.filter(node => objects[node]?.link === null && near.some(each => linkOf(each))) : ends
  const strands = links.map(link => ({
    near: only ? near.filter(node => !open.includes(node)) : near.filter(node => linkOf(node) === link),
    link,
    far: only ? far : far.filter(node => linkOf(node) === link),
  }))
  const placed = new Set(strands.flatMap(strand => strand.far))
  const stray = far.filter(node => !placed.has(node))
  const all = strands.map((strand, at) =>
    at === strands.length - 1 ? { ...strand, far: [...strand.far, ...stray] } : strand,
  )
  return [...all, ...open.map(node => ({ near: [node], link: null, far: [] }))].toSorted(
    (a, b) => near.indexOf(a.near[0] ?? '') - near.indexOf(b.near[0] ?? ''),
  )
}

/** The columns in which a path is drawn. */
export function columnsOf(route: Route, objects: Objects): readonly Column[] {
  const links = route.segments.map(segment => strandsOf(segment, objects))
  const stops = [...links, []].map((leaving, at) => boxesOf(links[at - 1] ?? [], leaving, objects))
  return stops.flatMap((boxes, at): Column[] => [
    ...(boxes.length ? [{ kind: 'stop' as const, boxes }] : []),
    ...(links[at]?.length ? [{ kind: 'links' as const, strands: links[at] }] : []),
  ])
}

function boxesOf(arriving: readonly Strand[], leaving: readonly Strand[], objects: Objects): readonly Box[] {
  const holderOf = (node: Node) => objects[node]?.parent ?? node
  const berths = (strands: readonly Strand[], side: 'near' | 'far') =>
    strands.flatMap(strand => strand[side].map(node => ({ node, lanes: lanesOf(strand) / strand[side].length })))
  const [arrivals, departures] = [berths(arriving, 'far'), berths(leaving, 'near')]
  const holders = [...new Set([...arrivals, ...departures].map(({ node }) => holderOf(node)))]
  return holders.map(holder => {
    const own = (all: readonly Berth[]) => all.filter(({ node }) => holderOf(node) === holder)
    const [arrives, leaves] = [own(arrivals), own(departures)]
    return { holder, arrives, leaves, lanes: Math.max(sum(arrives), sum(leaves)) }
  })
}

const sum = (berths: readonly Berth[]) => berths.reduce((all, { lanes }) => all + lanes, 0)
