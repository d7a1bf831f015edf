import { ref } from '@demarc/engine/field'
import { flag, type Derived, type FilterSpec, type Load } from '@demarc/engine/model'
import { sql } from 'kysely'
import { cabled, cabledFilters, cabledKeys, cableOf } from './cabled.ts'
import { parseNode, type Node } from './node.ts'

/** What an object holds at which cable paths begin and end. */
export const endpoint = {
  ...cabled,
  _path: ref('dcim.cablepath', { nullable: true, hidden: true, onDelete: 'set null', inverse: '+', filter: false }),
} as const

/** Where the path of an endpoint leads. */
export interface Way {
  /** The last step of a complete path. */
  readonly ends: readonly string[] | null
  readonly reachable: boolean
}

/** The reads behind the keys of the endpoints in a table. */
export const endpointLoads = (table: string): Readonly<Record<string, Load>> => ({
  cable: cableOf(table),
  way: ids => sql`
    select near.id, json_build_object(
      'ends', case when path.is_complete then path.path -> -1 end,
      'reachable', path.is_complete and path.is_active
    ) as value
    from ${sql.table(table)} as near
    join dcim_cablepath as path on path.id = near._path_id
    where near.id = any(${ids})`,
})

/** The objects at the far end of a path; null where it leads nowhere. */
export function endsOf(way: Way | undefined): Node[] | null {
  return way?.ends?.length ? way.ends.map(parseNode) : null
}

/** Keys of every endpoint; they use the loads `cable` and `way`. */
export const endpointKeys: Readonly<Record<string, Derived<any>>> = {
  ...cabledKeys,
  connected_endpoints: {
    label: 'Connection',
    loads: ['way'],
    to: 'any',
    many: true,
    as: (_row, { way }: { way?: Way }) => endsOf(way),
  },
  connected_endpoints_type: {
    loads: ['way'],
    as: (_row, { way }: { way?: Way }) => endsOf(way)?.[0]?.[0] ?? null,
  },
  connected_endpoints_reachable: {
    label: 'Reachable',
    loads: ['way'],
    as: (_row, { way }: { way?: Way }) => way?.reachable ?? false,
  },
}

/** Endpoints are found by their cable, and by whether their path leads to its end. */
export const endpointFilters: Readonly<Record<string, FilterSpec>> = {
  ...cabledFilters,
  connected: flag(row => sql`${row['_path_id']} in (select id from dcim_cablepath where is_active and is_complete)`),
}
