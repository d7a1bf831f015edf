import type { ReadCall } from '@demarc/engine/model'
import { sql } from 'kysely'
import { nodeText, type Node } from './node.ts'

/** A cable path as it is kept: from where it begins to where it ends, step by step. */
export interface StoredPath {
  readonly id: number
  readonly path: readonly (readonly string[])[]
  readonly is_active: boolean
  readonly is_complete: boolean
  readonly is_split: boolean
}

type Reading = Pick<ReadCall, 'db'>

/** Every path that leads through, from or to an object. */
export const pathsThrough = ({ db }: Reading, [model, id]: Node): Promise<StoredPath[]> =>
  db.rows<StoredPath>(sql`
    select id, path, is_active, is_complete, is_split from dcim_cablepath
    where _nodes @> array[${nodeText(model, id)}]
    order by id`)

/** The paths that begin at the channels of an interface. */
export const pathsOfChannels = ({ db }: Reading, [, id]: Node): Promise<StoredPath[]> =>
  db.rows<StoredPath>(sql`
    select path.id, path.path, path.is_active, path.is_complete, path.is_split
    from dcim_interface as channel join dcim_cablepath as path on path.id = channel._path_id
    where channel.parent_id = ${id} and channel.channel_id is not null
    order by channel.channel_id`)

/** A link in plain values, without its addresses. */
interface PlainLink {
  readonly id: number
  readonly type: string | null
  readonly status: string
  readonly label?: string
  readonly color?: string
  readonly length: number | null
  readonly length_unit: string | null
  readonly description: string
}

/** A stored path, and its links by the texts of their nodes. */
export interface LinkedPath extends StoredPath {
  readonly links: Readonly<Record<string, PlainLink>>
}

/**
 * A path, and what it continues with where it ends at an interface that is bridged to another: that one's path, and so
 * on, until there is none or one that has been there before. One statement, however many there are.
 */
export const chainFrom = ({ db }: Reading, pathId: number | null): Promise<LinkedPath[]> | LinkedPath[] =>
  pathId === null
    ? []
    : db.rows<LinkedPath>(sql`
        with recursive chain as (
          select id, 1 as place, array[id] as seen from dcim_cablepath where id = ${pathId}
          union all
          select bridge._path_id, chain.place + 1, chain.seen || bridge._path_id
          from chain
          join dcim_cablepath as path on path.id = chain.id
          join dcim_interface as last
            on path.is_complete and jsonb_array_length(path.path -> -1) = 1
            and last.id = substring(path.path -> -1 ->> 0 from '^dcim\\.interface:(\\d+)$')::bigint
          join dcim_interface as bridge on bridge.id = last.bridge_id
          where bridge._path_id <> all(chain.seen)
        )
        select path.id, path.path, path.is_active, path.is_complete, path.is_split, (
          select coalesce(jsonb_object_agg(link.node, link.value), '{}') from (
            select 'dcim.cable:' || cable.id as node, jsonb_build_object(
              'id', cable.id, 'type', nullif(cable.type, ''), 'status', cable.status, 'label', cable.label,
              'color', cable.color, 'length', cable.length, 'length_unit', nullif(cable.length_unit, ''),
              'description', cable.description
            ) as value
            from dcim_cable as cable where cable.id = any(${idsOn('dcim.cable')})
            union all
            select 'wireless.wirelesslink:' || radio.id, jsonb_build_object(
              'id', radio.id, 'type', null, 'status', radio.status, 'length', null, 'length_unit', null,
              'description', radio.description
            )
            from wireless_wirelesslink as radio where radio.id = any(${idsOn('wireless.wirelesslink')})
          ) as link
        ) as links
        from chain join dcim_cablepath as path on path.id = chain.id
        order by chain.place`)

/** The ids of those nodes of a path that are of a model. */
const idsOn = (model: string) => sql`array(
  select split_part(node, ':', 2)::bigint from unnest(path._nodes) as node where node like ${`${model}:%`}
)`
