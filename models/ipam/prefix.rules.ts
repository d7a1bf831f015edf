import { rules, type Batch } from '@demarc/engine/model'
import { maskLengthOf } from '@demarc/netaddr'
import { followNesting } from './nesting.ts'
import { placeRow, readPlaces, type Places } from './scope-places.ts'
import { Prefix } from './prefix.ts'

interface Loaded {
  readonly places: Places
  /** Whether prefixes outside of every VRF are unique. */
  readonly globallyUnique: boolean
  /** The rows that have a prefix in a VRF, as they are while the rows of a request are judged one after another. */
  readonly holders: Map<string, Set<number>>
}

const spaceOf = (row: Readonly<Record<string, any>>) => `${row['vrf_id']} ${row['prefix']}`

export default rules(Prefix, {
  refs: ['vrf'],
  load: async (batch: Batch): Promise<Loaded> => {
    const { changes, tx, settings } = batch
    const rows = await tx.query<{ id: number; vrf_id: number | null; prefix: string }>(
      'select id, vrf_id, prefix from ipam_prefix where prefix = any($1::cidr[])',
      [changes.map(change => change.row['prefix'])],
    )
    const holders = new Map<string, Set<number>>()
    for (const row of rows) holders.set(spaceOf(row), (holders.get(spaceOf(row)) ?? new Set()).add(row.id))
    return {
      places: await readPlaces(batch),
      globallyUnique: settings['ENFORCE_GLOBAL_UNIQUE'] !== false,
      holders,
    }
  },
  check: {
    'a prefix is not all there is': ({ row, fail }) => {
      if (maskLengthOf(row['prefix']) === 0) fail('prefix', 'Cannot create prefix with /0 mask.')
    },
    'a prefix exists once in a VRF that says so': ({ id, row, before, ref, fail }, loaded: Loaded) => {
      const { holders, globallyUnique } = loaded
      const vrf = ref('vrf')
      const others = [...(holders.get(spaceOf(row)) ?? [])].filter(other => other !== id)
      if (others.length && (vrf ? vrf.enforce_unique : globallyUnique))
        return fail('prefix', `Duplicate prefix found in ${vrf ? `VRF ${vrf.name}` : 'global table'}: ${row['prefix']}`)
      if (before) holders.get(spaceOf(before))?.delete(id)
      holders.set(spaceOf(row), (holders.get(spaceOf(row)) ?? new Set()).add(id))
    },
  },
  store: {
    'a prefix is found by all the places it lies in': ({ row }, { places }: Loaded) => placeRow(row, places),
  },
  after: {
    'prefixes know how deep they lie and how many they hold': async ({ changes, tx }) => followNesting(tx, changes),
  },
  afterDelete: {
    'prefixes know how deep they lie and how many they hold': async ({ changes, tx }) => followNesting(tx, changes),
  },
})
