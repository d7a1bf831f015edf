import type { Batch } from '@demarc/engine/model'
import { nodeText, type Node } from './node.ts'
import type { Stamped } from './stamp.ts'
import { cableable } from './termination.ts'

type End = 'A' | 'B'

interface Read {
  readonly sent: Map<number, Partial<Record<End, readonly Node[]>>>
  readonly faults: Map<number, Partial<Record<End, string | Record<string, unknown>>>>
  /** All objects that were sent, and those that stay at the other end of the same cables. */
  readonly objects: Map<string, any>
}

/** Read the lists of terminations that were sent with cables: `[{ object_type, object_id }]` for either end. */
export async function readTerminations(
  { changes, rowsOf }: Pick<Batch, 'changes' | 'rowsOf'>,
  keys: Readonly<Record<End, string>>,
  stored: ReadonlyMap<number, readonly Stamped[]>,
): Promise<Read> {
  const read: Read = { sent: new Map(), faults: new Map(), objects: new Map() }
  const asked: { id: number; end: End; items: readonly (Node | Record<string, unknown>)[] }[] = []
  for (const { id, input } of changes) {
    for (const end of ['A', 'B'] as const) {
      if (!(keys[end] in input)) continue
      const list = input[keys[end]]
      if (Array.isArray(list)) asked.push({ id, end, items: list.map(nodeOrFault) })
      else
        read.faults.set(id, {
          ...read.faults.get(id),
          [end]: list === null ? 'This field may not be null.' : 'Expected a list of items.',
        })
    }
  }
  const stay = new Set(asked.map(({ id }) => id))
  const nodes = [
    ...asked.flatMap(({ items }) => items.filter(isNode)),
    ...[...stay].flatMap(id => (stored.get(id) ?? []).map((row): Node => [row.termination_type, row.termination_id])),
  ]
  for (const [model, some] of Map.groupBy(nodes, node => node[0]))
    for (const [id, row] of await rowsOf(
      model,
      some.map(node => node[1]),
    ))
      read.objects.set(nodeText(model, id), row)
  for (const { id, end, items } of asked) {
    const faults: Record<string, unknown> = {}
    for (const [at, item] of items.entries()) {
      if (!isNode(item)) faults[at] = item
      else if (!read.objects.has(nodeText(...item)))
        faults[at] = { object_id: [`Related object not found using the provided numeric ID: ${item[1]}`] }
    }
    if (Object.keys(faults).length) read.faults.set(id, { ...read.faults.get(id), [end]: faults })
    else read.sent.set(id, { ...read.sent.get(id), [end]: items as readonly Node[] })
  }
  return read
}

const isNode = (item: Node | Record<string, unknown>): item is Node => Array.isArray(item)

function nodeOrFault(item: any): Node | Record<string, unknown> {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return { __all__: ['Invalid data. Expected a dictionary.'] }
  const faults: Record<string, unknown> = {}
  for (const key of ['object_type', 'object_id']) {
    if (!(key in item)) faults[key] = ['This field is required.']
    else if (item[key] === null) faults[key] = ['This field may not be null.']
  }
  const model = String(item.object_type).toLowerCase()
  if (!('object_type' in faults) && !cableable.some(name => name === model))
    faults['object_type'] = [`Invalid content type: ${item.object_type}`]
  if (!('object_id' in faults) && !/^\d{1,15}$/.test(String(item.object_id)))
    faults['object_id'] = ['A valid integer is required.']
  return Object.keys(faults).length ? faults : [model, Number(item.object_id)]
}
