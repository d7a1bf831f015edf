import type { Transaction } from '@demarc/engine/database'
import type { Change } from '@demarc/engine/model'

/**
 * Keep `_depth` and `_children` around prefixes that came, went or moved: those above count what is in them, those below
 * and the prefixes themselves are measured anew. Three statements, none of them recorded.
 */
export async function followNesting(tx: Transaction, changes: readonly Change[]): Promise<void> {
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

/** Measure every prefix anew, whatever it holds: how deep it lies, and how many prefixes are in it. Returns how many were wrong. */
export async function rebuildNesting(tx: Transaction): Promise<number> {
  const wrong = await tx.query<{ id: number }>(
    `update ipam_prefix as t set _depth = v.depth, _children = v.children
     from (
       select own.id,
         (select count(distinct outer_.prefix) from ipam_prefix as outer_ where outer_.prefix >> own.prefix and outer_.vrf_id is not distinct from own.vrf_id) as depth,
         (select count(*) from ipam_prefix as inner_ where inner_.prefix << own.prefix and inner_.vrf_id is not distinct from own.vrf_id) as children
       from ipam_prefix as own
     ) as v where v.id = t.id and (t._depth <> v.depth or t._children <> v.children) returning t.id`,
    [],
  )
  tx.touch('ipam_prefix')
  return wrong.length
}
