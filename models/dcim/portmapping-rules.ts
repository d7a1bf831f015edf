import type { Batch, Change } from '@demarc/engine/model'

type Side = 'front_port' | 'rear_port'

/** Where a mapping is kept, and what its two ends have in common. */
interface Place {
  readonly own: Side
  /** The model of the far ports. */
  readonly far: string
  readonly mapping: string
  /** Columns that both ends share with the mapping. */
  readonly shared: readonly string[]
}

interface Stored {
  readonly id: number
  readonly own: number
  readonly own_position: number
  readonly far: number
  readonly far_position: number
}

interface Wanted {
  readonly index: number
  readonly position: number
  readonly far: number
  readonly far_position: number
}

interface Loaded {
  readonly stored: Map<number, readonly Stored[]>
  readonly ports: ReadonlyMap<number, any>
  /** Ports at this side by the position of a far port that they take, as `7:1`. */
  readonly taken: Map<string, number>
  readonly wanted: Map<number, readonly Wanted[]>
}

const placeOf = (far: string, position: number) => `${far}:${position}`

/** The rules of a port, or a template of one, whose positions lead to those of ports at its other side. */
export function mappingRules({ own, far, mapping, shared }: Place) {
  const other: Side = own === 'front_port' ? 'rear_port' : 'front_port'
  const key = `${other}s`
  const table = mapping.replace('.', '_')

  return {
    load: async ({ changes, tx, rowsOf }: Batch): Promise<Loaded> => {
      const sent = changes.flatMap(({ input }) =>
        Array.isArray(input[key]) ? input[key].map((item: any) => wholeOf(item?.[other])) : [],
      )
      const rows = await tx.query<Stored>(
        `select id, ${own}_id as own, ${own}_position as own_position, ${other}_id as far, ${other}_position as far_position
         from ${table} where ${own}_id = any($1::bigint[]) or ${other}_id = any($2::bigint[]) order by id for update`,
        [changes.map(change => change.id), sent.filter(id => id !== null)],
      )
      return {
        stored: new Map(Map.groupBy(rows, row => row.own)),
        ports: await rowsOf(far, sent),
        taken: new Map(rows.map(row => [placeOf(String(row.far), row.far_position), row.own])),
        wanted: new Map(),
      }
    },

    prepare: {
      'mappings name a position here and one there': ({ id, row, input, fail }: Change, { ports, wanted }: Loaded) => {
        if (!(key in input)) return
        const items = input[key]
        if (!Array.isArray(items)) return fail(key, { __all__: ['Expected a list of items.'] })
        const faults: Record<string, unknown> = {}
        const read = items.flatMap((item, index): Wanted[] => {
          const fault = faultOf(item, other)
          if (fault) {
            faults[index] = fault
            return []
          }
          const one = {
            index,
            position: wholeOf(item.position) ?? 1,
            far: wholeOf(item[other])!,
            far_position: wholeOf(item[`${other}_position`]) ?? 1,
          }
          const port = ports.get(one.far)
          if (!port) faults[index] = { [other]: [`Invalid pk "${one.far}" - object does not exist.`] }
          else if (one.position > row['positions'])
            faults[index] = { position: [`The port has only ${row['positions']} positions.`] }
          else if (one.far_position > port.positions)
            faults[index] = { [`${other}_position`]: [`The port has only ${port.positions} positions.`] }
          // A template of a device type may lead to one of a module type: neither says where the other belongs.
          else if (shared.some(column => port[column] && row[column] && port[column] !== row[column]))
            faults[index] = { [other]: [`The port (${port.name}) must belong to the same parent.`] }
          return [one]
        })
        if (Object.keys(faults).length) return fail(key, faults)
        // Of two mappings of one position the later counts.
        wanted.set(id, [...new Map(read.map(one => [one.position, one])).values()])
      },
    },

    check: {
      'positions that lead somewhere remain': ({ id, before, row, fail }: Change, { stored, wanted }: Loaded) => {
        const count = (wanted.get(id) ?? stored.get(id) ?? []).length
        if (before && row['positions'] < count)
          fail('positions', `The number of positions cannot be less than the number of mapped ports (${count}).`)
      },
      'a position over there is mapped once': ({ id, fail }: Change, { wanted, taken }: Loaded) => {
        const list = wanted.get(id)
        if (!list) return
        const faults: Record<string, unknown> = {}
        for (const [place, port] of taken) if (port === id) taken.delete(place)
        for (const { index, far: port, far_position } of list) {
          const place = placeOf(String(port), far_position)
          if (taken.has(place)) faults[index] = { __all__: ['This position of the port is already mapped.'] }
          else taken.set(place, id)
        }
        if (Object.keys(faults).length) fail(key, faults)
      },
    },

    after: {
      'mappings become those that were sent': async (
        { changes, remove, create }: Batch,
        { wanted, stored, ports }: Loaded,
      ) => {
        const isSame = (one: Stored, two: Wanted) =>
          one.own_position === two.position && one.far === two.far && one.far_position === two.far_position
        const sent = changes.filter(change => wanted.has(change.id))
        await remove(
          mapping,
          sent.flatMap(({ id }) =>
            (stored.get(id) ?? []).filter(old => !wanted.get(id)!.some(one => isSame(old, one))).map(old => old.id),
          ),
        )
        await create(
          mapping,
          sent.flatMap(({ id, row }) =>
            wanted
              .get(id)!
              .filter(one => !(stored.get(id) ?? []).some(old => isSame(old, one)))
              .map(one => ({
                // A mapping belongs where its front port does.
                ...Object.fromEntries(
                  shared.map(column => [column, (own === 'front_port' ? row : ports.get(one.far))[column]]),
                ),
                [`${own}_id`]: id,
                [`${own}_position`]: one.position,
                [`${other}_id`]: one.far,
                [`${other}_position`]: one.far_position,
              })),
          ),
        )
      },
    },
  }
}

const wholeOf = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}

/** What is wrong with the form of a mapping that was sent. */
function faultOf(item: any, other: Side): Record<string, string[]> | null {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return { __all__: ['Invalid data. Expected a dictionary.'] }
  const faults: Record<string, string[]> = {}
  if (!(other in item)) faults[other] = ['This field is required.']
  else if (wholeOf(item[other]) === null) faults[other] = ['Incorrect type. Expected pk value.']
  for (const key of ['position', `${other}_position`]) {
    if (!(key in item)) {
      if (key === 'position') faults[key] = ['This field is required.']
      continue
    }
    const value = wholeOf(item[key])
    if (value === null) faults[key] = ['A valid integer is required.']
    else if (value < 1 || value > 1024) faults[key] = ['Ensure this value is between 1 and 1024.']
  }
  return Object.keys(faults).length ? faults : null
}
