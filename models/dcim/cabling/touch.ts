import type { Batch } from '@demarc/engine/model'
import { Refused } from '@demarc/engine/write'
import { Untraceable } from './follow.ts'
import { retrace } from './retrace.ts'

interface Marks {
  readonly nodes: Set<string>
  readonly cables: Set<number>
  readonly circuits: Set<number>
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
  }: { nodes?: Iterable<string>; cables?: Iterable<number>; circuits?: Iterable<number> },
): void {
  let marks = marksOf.get(tx)
  if (!marks) marksOf.set(tx, (marks = { nodes: new Set(), cables: new Set(), circuits: new Set() }))
  for (const node of nodes) marks.nodes.add(node)
  for (const cable of cables) marks.cables.add(cable)
  for (const circuit of circuits) marks.circuits.add(circuit)
  const touched = marks
  last('follow cable paths', async () => {
    try {
      await retrace(tx, touched)
    } catch (error) {
      if (!(error instanceof Untraceable)) throw error
      throw new Refused([{ status: 400, faults: { __all__: [error.message] }, detail: error.message }])
    }
  })
}
