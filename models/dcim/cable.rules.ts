import { rules, type Batch, type Change } from '@demarc/engine/model'
import { mayConnect } from './cabling/compatible.ts'
import { cableNode } from './cabling/follow.ts'
import { nodeText, type Node } from './cabling/node.ts'
import { arrange } from './cabling/order.ts'
import { wiringOf } from './cabling/profile.ts'
import { unstamp, type Stamped } from './cabling/stamp.ts'
import { readTerminations } from './cabling/terminations-input.ts'
import { touch } from './cabling/touch.ts'
import { Cable } from './cable.ts'
import { unconnectableTypes } from './interface-class.ts'

type End = 'A' | 'B'

const keys = { A: 'a_terminations', B: 'b_terminations' } as const
const ends = ['A', 'B'] as const

interface Stored extends Stamped {
  readonly id: number
}

interface Loaded {
  /** What was sent for an end of a cable, by the id of the cable. */
  readonly sent: ReadonlyMap<number, Readonly<Partial<Record<End, readonly Node[]>>>>
  readonly faults: ReadonlyMap<number, Readonly<Partial<Record<End, string | Record<string, unknown>>>>>
  readonly stored: ReadonlyMap<number, readonly Stored[]>
  /** The objects that were sent. */
  readonly objects: ReadonlyMap<string, any>
  /** The cable of each of them; kept up to date as one cable after another is checked. */
  readonly holders: Map<string, number>
}

const metres: Readonly<Record<string, number>> = { km: 1000, m: 1, cm: 0.01, mi: 1609.344, ft: 0.3048, in: 0.0254 }
const unconnectable = new Set<string>(unconnectableTypes)

export default rules(Cable, {
  load,
  prepare: {
    'a profile that was given is kept': ({ input, fail }) => {
      if (input['profile'] === '') fail('profile', '"" is not a valid choice.')
      else if (input['profile'] === null) fail('profile', 'This field may not be null.')
    },
    'terminations are objects that take cables': ({ id, fail }, { faults }: Loaded) => {
      for (const end of ends) {
        const fault = faults.get(id)?.[end]
        if (fault) fail(keys[end], fault)
      }
    },
  },
  check: {
    'a length has a unit': ({ row, fail }) => {
      if (row['length'] !== null && !row['length_unit']) fail(null, 'Must specify a unit when setting a cable length')
    },
    'a length is not negative': ({ row, fail }) => {
      if (Number(row['length'] ?? 0) < 0) fail('length', 'Ensure this value is greater than or equal to 0.')
    },
    'a new cable has two ends': (change, loaded: Loaded) => {
      if (change.kind === 'create' && ends.some(end => nodesAt(change, loaded, end).length === 0))
        change.fail(null, 'Must define A and B terminations when creating a new cable.')
    },
    'an end has no more terminations than connectors': (change, loaded: Loaded) => {
      const wiring = wiringOf(change.row['profile'])
      for (const end of wiring ? ends : []) {
        const most = wiring![end].connectors
        if (nodesAt(change, loaded, end).length > most)
          change.fail(keys[end], `The selected profile allows at most ${most} terminations at this end.`)
      }
    },
    'what terminates it goes together': (change, loaded: Loaded) => {
      if (!loaded.sent.has(change.id)) return
      const [a, b] = [nodesAt(change, loaded, 'A'), nodesAt(change, loaded, 'B')]
      for (const nodes of [a, b])
        if (new Set(nodes.map(([model]) => model)).size > 1)
          return change.fail(null, 'All terminations of one end must be of the same type.')
      const [[one], [other]] = [a[0] ?? [], b[0] ?? []]
      if (one && other && !mayConnect(one, other))
        return change.fail(null, `Incompatible termination types: ${one} and ${other}.`)
      const texts = [...a, ...b].map(node => nodeText(...node))
      if (new Set(texts).size < texts.length)
        return change.fail(null, 'An object cannot terminate a cable more than once.')
    },
    'what terminates it is free to': (change, loaded: Loaded) => {
      if (!loaded.sent.has(change.id)) return
      for (const node of ends.flatMap(end => nodesAt(change, loaded, end))) {
        const fault = obstacle(change.id, node, loaded)
        if (fault) return change.fail(null, fault)
      }
      for (const [node, cable] of loaded.holders) if (cable === change.id) loaded.holders.delete(node)
      for (const end of ends)
        for (const node of nodesAt(change, loaded, end)) loaded.holders.set(nodeText(...node), change.id)
    },
  },
  store: {
    'a length is kept in metres, too': ({ row }) => {
      if (row['length'] === null) row['length_unit'] = null
      const unit = metres[row['length_unit']]
      row['_abs_length'] = unit === undefined ? null : (Number(row['length']) * unit).toFixed(4)
    },
  },
  after: {
    'terminations become those that were sent': async (batch, loaded: Loaded) => {
      const plans = batch.changes.map(change => planOf(change, loaded))
      const gone = plans.flatMap(plan => plan.gone)
      await unstamp(batch, gone)
      await batch.remove(
        'dcim.cabletermination',
        gone.map(termination => termination.id),
      )
      await batch.create(
        'dcim.cabletermination',
        plans.flatMap(plan => plan.made),
      )
    },
    'paths over it are followed again': async (batch, { sent }: Loaded) => {
      const rewired = batch.changes.filter(change => sent.has(change.id) || change.changed('profile'))
      touch(batch, {
        nodes: batch.changes.filter(change => change.changed('status', 'profile')).map(change => cableNode(change.id)),
        cables: rewired.map(change => change.id),
        places: batch.changes.map(({ id, kind }, index) => [cableNode(id), kind === 'create' ? { index } : { id }]),
      })
      batch.last('tell cables in order', arrange)
    },
  },
  parts: {
    model: 'dcim.cabletermination',
    field: 'cable',
    item: (parts, models) =>
      Object.fromEntries(
        ends.map(end => [
          keys[end],
          parts
            .filter(part => part['cable_end'] === end)
            .toSorted((a, b) => a['connector'] - b['connector'])
            .map(part => ({ object_type: models.get(part['termination_type']), object_id: part['termination_id'] })),
        ]),
      ),
  },
  beforeDelete: {
    'what terminated it is free again': async batch => {
      const stored = await storedOf(batch)
      await unstamp(batch, [...stored.values()].flat().toReversed())
      batch.last('tell cables in order', arrange)
    },
  },
})

/** The terminations that a cable will have at an end, in order. */
function nodesAt({ id }: Change, { sent, stored }: Loaded, end: End): readonly Node[] {
  return (
    sent.get(id)?.[end] ??
    (stored.get(id) ?? [])
      .filter(row => row.cable_end === end)
      .map((row): Node => [row.termination_type, row.termination_id])
  )
}

/** Why an object cannot terminate a cable. */
function obstacle(cable: number, node: Node, { objects, holders }: Loaded): string | undefined {
  const [model] = node
  const object = objects.get(nodeText(...node))
  const holder = holders.get(nodeText(...node))
  if (object?.mark_connected) return 'Cannot connect a cable to an object that is marked as connected.'
  if (holder !== undefined && holder !== cable) return `Duplicate termination: it has cable #${holder} already.`
  if (model === 'dcim.interface' && object && (object.channel_id !== null || unconnectable.has(object.type)))
    return 'Cables cannot be terminated to channels, nor to interfaces of this type.'
  if (model === 'circuits.circuittermination' && object?.termination_type === 'circuits.providernetwork')
    return 'Circuit terminations attached to a provider network may not be cabled.'
  return undefined
}

/** Which terminations of a cable go, and which come. Where connectors would no longer count from one, all do. */
function planOf(change: Change, loaded: Loaded): { gone: Stored[]; made: Record<string, unknown>[] } {
  const { id, row, kind } = change
  const wiring = wiringOf(row['profile'])
  const reshaped = kind === 'update' && change.changed('profile')
  const [gone, made] = [[] as Stored[], [] as Record<string, unknown>[]]
  for (const end of ends) {
    if (!reshaped && !loaded.sent.get(id)?.[end]) continue
    const old = (loaded.stored.get(id) ?? []).filter(stored => stored.cable_end === end)
    const wanted = nodesAt(change, loaded, end)
    const placeOf = (stored: Stored) =>
      wanted.findIndex(([model, object]) => model === stored.termination_type && object === stored.termination_id)
    const isMoved = (stored: Stored) => placeOf(stored) >= 0 && stored.connector !== placeOf(stored) + 1
    const anew = reshaped || (wiring !== undefined && old.some(isMoved))
    const leaving = old.filter(stored => anew || placeOf(stored) < 0)
    const kept = old.filter(stored => !leaving.includes(stored))
    gone.push(...leaving)
    for (const [at, [termination_type, termination_id]] of wanted.entries()) {
      if (kept.some(one => one.termination_type === termination_type && one.termination_id === termination_id)) continue
      const connector = wiring ? at + 1 : null
      const positions = wiring ? Array.from({ length: wiring[end].positions }, (_, place) => place + 1) : null
      made.push({ cable_id: id, cable_end: end, termination_type, termination_id, connector, positions })
    }
  }
  return { gone, made }
}

async function storedOf({ changes, tx }: Batch): Promise<Map<number, Stored[]>> {
  const ids = changes.filter(change => change.kind !== 'create').map(change => change.id)
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Stored>(
    `select id, cable_id, cable_end, termination_type, termination_id, connector, positions from dcim_cabletermination
     where cable_id = any($1::bigint[]) order by cable_id, cable_end, connector, id for update`,
    [ids],
  )
  return Map.groupBy(rows, row => row.cable_id)
}

/** What was sent, what is there, and what stands in the way of it. */
async function load(batch: Batch): Promise<Loaded> {
  const stored = await storedOf(batch)
  const { sent, faults, objects } = await readTerminations(batch, keys, stored)
  const nodes = [...objects.keys()]
  const holders = nodes.length
    ? await batch.tx.query<{ node: string; cable: number }>(
        `select termination_type || ':' || termination_id as node, cable_id as cable from dcim_cabletermination
         where (termination_type, termination_id) in (
           select left(node, -strpos(reverse(node), ':')), substring(node from '[0-9]+$')::bigint from unnest($1::text[]) as node
         )`,
        [nodes],
      )
    : []
  return { sent, faults, stored, objects, holders: new Map(holders.map(({ node, cable }) => [node, cable])) }
}
