import type { Entry } from '@demarc/engine/changelog'
import { rules, type Batch, type Change } from '@demarc/engine/model'
import { nodeText } from '../dcim/cabling/node.ts'
import { touch } from '../dcim/cabling/touch.ts'
import { placeRow, readPlaces, type Places } from '../ipam/scope-places.ts'
import { CircuitTermination } from './circuittermination.ts'

export default rules(CircuitTermination, {
  load: (batch: Batch): Promise<Places> => readPlaces(batch, 'termination'),
  check: {
    'a circuit ends somewhere': ({ row, fail }) => {
      if (!row['termination_type'] && row['termination_id'] === null)
        fail(null, 'A circuit termination must attach to a terminating object.')
    },
    'what has a cable need not be marked connected': ({ row, fail }) => {
      if (row['mark_connected'] && row['cable_id'] !== null)
        fail('mark_connected', 'Cannot mark as connected with a cable attached.')
    },
  },
  store: {
    'a termination is found by all the places it lies in': ({ row }, places: Places) => {
      placeRow(row, places, 'termination')
      row['_provider_network_id'] =
        row['termination_type'] === 'circuits.providernetwork' ? row['termination_id'] : null
    },
  },
  after: {
    'a circuit knows the termination of each side': async batch => {
      for (const round of roundsOf(batch.changes)) {
        await fillSlots(batch, round, 'before')
        await fillSlots(batch, round, 'row')
      }
    },
    'paths through a circuit are followed again': async batch =>
      followPaths(
        batch,
        batch.changes.filter(change =>
          change.changed('circuit_id', 'term_side', 'termination_type', 'termination_id', 'cable_id'),
        ),
      ),
  },
  afterDelete: {
    'paths through a circuit are followed again': async batch => followPaths(batch, batch.changes),
    'a circuit is told to lose its ends before they are told to go': async batch =>
      batch.last('tell circuits in order', tellCircuitsFirst),
  },
})

/** Put what is told of a circuit before what is told of the first of its ends that goes. */
async function tellCircuitsFirst(entries: Entry[]): Promise<void> {
  const endOf = ({ model, action, before }: Entry) =>
    model.name === CircuitTermination.name && action === 'delete' ? (before!['circuit'] as number) : undefined
  const emptied = new Set(entries.map(endOf))
  const told = new Map(
    entries
      .filter(({ model, action, id }) => model.name === 'circuits.circuit' && action === 'update' && emptied.has(id))
      .map(entry => [entry.id, entry]),
  )
  const others = entries.filter(entry => told.get(entry.id) !== entry)
  const arranged = others.flatMap(entry => {
    const circuit = told.get(endOf(entry)!)
    if (!circuit) return [entry]
    told.delete(circuit.id)
    return [circuit, entry]
  })
  entries.splice(0, entries.length, ...arranged)
}

const followPaths = (batch: Batch, changes: readonly Change[]) =>
  touch(batch, {
    nodes: changes.map(change => nodeText('circuits.circuittermination', change.id)),
    circuits: changes.flatMap(({ row, before }) => [row['circuit_id'], ...(before ? [before['circuit_id']] : [])]),
  })

const slotOf = (row: Readonly<Record<string, any>>) =>
  row['term_side'] === 'A' ? 'termination_a_id' : 'termination_z_id'

/** Changes that concern a slot of a circuit, apart where a circuit has several: each is recorded by itself. */
function roundsOf(changes: readonly Change[]): Change[][] {
  const rounds: Change[][] = []
  const seen = new Map<number, number>()
  for (const change of changes) {
    if (!change.changed('circuit_id', 'term_side')) continue
    const circuits = [change.row['circuit_id'], ...(change.before ? [change.before['circuit_id']] : [])] as number[]
    const at = Math.max(...circuits.map(circuit => seen.get(circuit) ?? 0))
    for (const circuit of circuits) seen.set(circuit, at + 1)
    ;(rounds[at] ??= []).push(change)
  }
  return rounds
}

/** Clear the slots that terminations had (`before`), as far as they still point to them, or fill those they have now. */
async function fillSlots(
  { update, rowsOf }: Batch,
  changes: readonly Change[],
  which: 'before' | 'row',
): Promise<void> {
  const concerned = changes.filter(change => change[which])
  const circuits = await rowsOf(
    'circuits.circuit',
    concerned.map(change => change[which]!['circuit_id']),
  )
  await update(
    'circuits.circuit',
    concerned.flatMap(change => {
      const circuit = circuits.get(change[which]!['circuit_id'])
      const slot = slotOf(change[which]!)
      if (which === 'row') return [{ id: circuit.id, [slot]: change.id }]
      return circuit[slot] === change.id ? [{ id: circuit.id, [slot]: null }] : []
    }),
  )
}
