import type { Batch } from '@demarc/engine/model'
import { Refused } from '@demarc/engine/write'
import { Untraceable } from './follow.ts'
import { nodeText } from './node.ts'
import { retrace } from './retrace.ts'

/** A row of a request: its place in it, or its id. */
type Place = { readonly index: number } | { readonly id: number }

interface Marks {
  readonly nodes: Set<string>
  readonly cables: Set<number>
  readonly circuits: Set<number>
  /** The rows of the request by the nodes they are. */
  readonly places: Map<string, Place>
}

/** What was touched in each transaction that is under way. */
const marksOf = new WeakMap<Batch['tx'], Marks>()

/**
 * Say that the paths through some nodes may lead elsewhere now, and that paths may begin anew at some cables. They are
 * followed once, when the whole request is written; if there is no telling where they lead, all of it is refused.
 */
export function touch(
  { tx, last }: Pick<Batch, 'tx' | 'last'>,
  {
    nodes = [],
    cables = [],
    circuits = [],
    places = [],
  }: {
    nodes?: Iterable<string>
    cables?: Iterable<number>
    circuits?: Iterable<number>
    places?: Iterable<readonly [string, Place]>
  },
): void {
  let marks = marksOf.get(tx)
  if (!marks) marksOf.set(tx, (marks = { nodes: new Set(), cables: new Set(), circuits: new Set(), places: new Map() }))
  for (const node of nodes) marks.nodes.add(node)
  for (const cable of cables) marks.cables.add(cable)
  for (const circuit of circuits) marks.circuits.add(circuit)
  for (const [node, place] of places) marks.places.set(node, place)
  const touched = marks
  last('follow cable paths', async () => {
    try {
      await retrace(tx, touched)
    } catch (error) {
      if (!(error instanceof Untraceable)) throw error
      const rows = new Set(error.path.flat().flatMap(node => touched.places.get(node) ?? []))
      const { message } = error
      const blamed = rows.size ? [...rows] : [...touched.places.values()]
      throw new Refused(
        (blamed.length ? blamed : [{}]).map(row => ({
          ...row,
          status: 400 as const,
          faults: { __all__: [message] },
          detail: message,
        })),
      )
    }
  })
}

/** Ports that have more positions, or fewer, tell strands apart in another way. */
export async function followPorts(batch: Batch): Promise<void> {
  const resized = batch.changes.filter(change => change.kind === 'update' && change.changed('positions'))
  touch(batch, { nodes: resized.map(change => nodeText(change.model.name, change.id)) })
}
