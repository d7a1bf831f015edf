import type { Transaction } from '@demarc/engine/database'
import { rules, type Batch, type Change } from '@demarc/engine/model'
import { maskLengthOf } from '@demarc/netaddr'
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
    'a prefix is found by all the places it lies in': (change, { places }: Loaded) => placeRow(change, places),
  },
  after: {
    'prefixes know how deep they lie and how many they hold': async ({ changes, tx }) => followNesting(tx, changes),
  },
  afterDelete: {
    'prefixes know how deep they lie and how many they hold': async ({ changes, tx }) => followNesting(tx, changes),
  },
})

/**
 * Keep `_depth` and `_children` around prefixes that came, went or moved: those above count what is in them, those below
 * and the prefixes themselves are measured anew. Three statements, none of them recorded.
 */
async function followNesting(tx: Transaction, changes: readonly Change[]): Promise<void> {
  const moved = changes.filter(change => change.changed('prefix', 'vrf_id'))
  if (moved.length === 0) return
  const steps = moved.flatMap(({ kind, row, before }) => [
    ...(before ? [{ vrf: before['vrf_id'], prefix: before['prefix'], by: -1 }] : []),
    ...(kind === 'delete' ? [] : [{ vrf: row['vrf_id'], prefix: row['prefix'], by: 1 }]),
  ])
  const vrfs = steps.map(step => step.vrf as number | null)
  const prefixes = steps.map(step => step.prefix as string)
  const ids = moved.map(change => change.id)
  await tx.query(
    `update ipam_prefix as t set _children = t._children + v.by
     from (
       select above.id, sum(step.by)::int as by
       from unnest($1::bigint[], $2::cidr[], $3::int[]) as step(vrf, prefix, by)
       join ipam_prefix as above on above.prefix >> step.prefix and above.vrf_id is not distinct from step.vrf
       where above.id <> all($4::bigint[])
       group by above.id having sum(step.by) <> 0
     ) as v where v.id = t.id`,
    [vrfs, prefixes, steps.map(step => step.by), ids],
  )
  await tx.query(
    `update ipam_prefix as t set _children = v.children
     from (
       select own.id, (select count(*) from ipam_prefix as inner_ where inner_.prefix << own.prefix and inner_.vrf_id is not distinct from own.vrf_id) as children
       from ipam_prefix as own where own.id = any($1::bigint[])
     ) as v where v.id = t.id and t._children <> v.children`,
    [ids],
  )
  await tx.query(
    `update ipam_prefix as t set _depth = v.depth
     from (
       select below.id, (select count(distinct outer_.prefix) from ipam_prefix as outer_ where outer_.prefix >> below.prefix and outer_.vrf_id is not distinct from below.vrf_id) as depth
       from (
         select distinct p.id, p.prefix, p.vrf_id
         from unnest($1::bigint[], $2::cidr[]) as step(vrf, prefix)
         join ipam_prefix as p on p.prefix <<= step.prefix and p.vrf_id is not distinct from step.vrf
       ) as below
     ) as v where v.id = t.id and t._depth <> v.depth`,
    [vrfs, prefixes],
  )
  tx.touch('ipam_prefix')
}
