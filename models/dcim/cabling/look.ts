import type { ReadCall } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'
import { CableType } from '../cable-type.ts'
import { nodeText, parseNode, type Node } from './node.ts'
import type { Segment } from './segment.ts'

/** How something on a path is shown. */
export interface Look {
  readonly node: Node
  /** What it is called; null where the caller may not view it, and then nothing else is told of it. */
  readonly display: string | null
  /** What holds it, as a device its ports and a circuit its terminations; itself where nothing does. */
  readonly parent: Node
  /** Its own colour as six hexadecimal digits; empty where it has none. */
  readonly color: string
  /** More about it, what tells most first. */
  readonly lines: readonly string[]
  /** The cable or the radio link that is plugged into it. */
  readonly link: Node | null
  /** The status of a link. */
  readonly status: string | null
  /** The length of a cable or the distance of a circuit; null where it is not known. */
  readonly metres: number | null
}

/** Everything on some paths and what holds it, by the texts of nodes. */
export type Looks = ReadonlyMap<string, Look>

/** How all that is on some paths is shown: two statements and those that names take, however long the paths are. */
export async function readLooks(
  call: Pick<ReadCall, 'db' | 'brief' | 'visible'>,
  segments: readonly Segment[],
  more: readonly Node[] = [],
): Promise<Looks> {
  const onPaths = [...segments.flatMap(({ near, links, far }) => [...near, ...links, ...far]), ...more]
  const rows = new Map((await readRows(call, onPaths)).map(row => [nodeText(row.model, row.id), row]))
  const nodes = [...new Set([...onPaths.map(node => nodeText(...node)), ...rows.keys()])].map(parseNode)
  const [names, visible] = await Promise.all([call.brief(nodes), viewable(call, nodes)])
  return new Map(
    nodes.map((node, at) => {
      const text = nodeText(...node)
      const row = rows.get(text)
      const { display } = (names[at] ?? { display: '' }) as { display: string }
      const parent: Node = row?.parent ? [row.parent, row.parent_id!] : node
      const place = { node, parent, link: row?.link ? parseNode(row.link) : null }
      const known = visible.has(text)
        ? {
            display: row?.title || display,
            color: row?.color ?? '',
            lines: (row?.lines ?? []).filter((line): line is string => Boolean(line)),
            status: row?.status ?? null,
            metres: row?.metres ?? null,
          }
        : { display: null, color: '', lines: [], status: null, metres: null }
      return [text, { ...place, ...known }]
    }),
  )
}

async function viewable({ visible }: Pick<ReadCall, 'visible'>, nodes: readonly Node[]): Promise<ReadonlySet<string>> {
  const byModel = Map.groupBy(nodes, ([model]) => model)
  const all = await Promise.all(
    [...byModel].map(async ([model, some]) => {
      const ids = await visible(
        model,
        some.map(([, id]) => id),
      )
      return [...ids].map(id => nodeText(model, id))
    }),
  )
  return new Set(all.flat())
}

interface LookRow {
  readonly model: string
  readonly id: number
  /** What it is called where its full name would repeat that of its parent. */
  readonly title: string | null
  readonly parent: string | null
  readonly parent_id: number | null
  readonly color: string
  readonly lines: readonly (string | null)[]
  readonly link: string | null
  readonly status: string | null
  readonly metres: number | null
}

/** The rows of nodes, and of what holds them, in one statement. */
async function readRows({ db }: Pick<ReadCall, 'db'>, nodes: readonly Node[]): Promise<LookRow[]> {
  const of = (model: string, ids: RawBuilder<unknown>) =>
    sql`select ${sql.lit(model)} as model, t.id, ${sources[model]!} where t.id = any(${ids})`
  const asked = [...Map.groupBy(nodes, ([model]) => model)].filter(([model]) => sources[model])
  if (asked.length === 0) return []
  const own = asked.map(([model, some]) => of(model, sql`${some.map(([, id]) => id)}::bigint[]`))
  const held = holders.map(model =>
    of(model, sql`array(select parent_id from held where parent = ${sql.lit(model)})::bigint[]`),
  )
  const rows = await db.rows<LookRow>(
    sql`with held as (${sql.join(own, sql` union all `)})
      select * from held union ${sql.join(held, sql` union `)}`,
  )
  return rows.map(row => (row.model === 'dcim.cable' ? { ...row, lines: row.lines.map(typeLabel) } : row))
}

/** The first line of a cable is its type. */
const typeLabel = (line: string | null, at: number) =>
  at === 0 && line !== null ? (CableType.values.get(line as never)?.label ?? line) : line

/** Whatever holds something else that is on a path. */
const holders = ['circuits.circuit', 'dcim.device', 'dcim.powerpanel']

const nothing = sql`null::text`
const noNumber = sql`null::numeric`

/** Columns of a row that is held, and from where. */
const part = (holder: string, column: string, own: { title?: string; color?: string; lines?: string; link?: string }) =>
  sql`${sql.raw(own.title ?? 'null::text')} as title, ${sql.lit(holder)}::text as parent, ${sql.raw(column)} as parent_id,
    ${sql.raw(own.color ?? `''`)} as color, ${sql.raw(own.lines ?? `'{}'::text[]`)} as lines,
    ${sql.raw(own.link ?? `'dcim.cable:' || t.cable_id`)} as link, ${nothing} as status, ${noNumber} as metres`

/** Columns of a row that stands for itself, and from where. */
const whole = (own: { color?: string; lines: string; status?: string; metres?: string }) =>
  sql`null::text as title, null::text as parent, null::bigint as parent_id,
    ${sql.raw(own.color ?? `''`)} as color, array[${sql.raw(own.lines)}]::text[] as lines,
    ${nothing} as link, ${sql.raw(own.status ?? 'null::text')} as status, ${sql.raw(own.metres ?? 'null::numeric')} as metres`

const component = (table: string, own: { color?: string; lines?: string; link?: string } = {}) =>
  sql`${part('dcim.device', 't.device_id', own)} from ${sql.table(table)} as t`

/** Where the looks of each kind of node come from; what is not named here has a name and nothing else. */
const sources: Readonly<Record<string, RawBuilder<unknown>>> = {
  'dcim.consoleport': component('dcim_consoleport'),
  'dcim.consoleserverport': component('dcim_consoleserverport'),
  'dcim.frontport': component('dcim_frontport', { color: 't.color' }),
  'dcim.interface': component('dcim_interface', {
    link: `coalesce('dcim.cable:' || t.cable_id, 'wireless.wirelesslink:' || t.wireless_link_id)`,
  }),
  'dcim.poweroutlet': component('dcim_poweroutlet', { color: 't.color' }),
  'dcim.powerport': component('dcim_powerport'),
  'dcim.rearport': component('dcim_rearport', { color: 't.color' }),
  'dcim.powerfeed': sql`${part('dcim.powerpanel', 't.power_panel_id', {})} from dcim_powerfeed as t`,
  'circuits.circuittermination': sql`
    ${part('circuits.circuit', 't.circuit_id', {
      title: `'Termination ' || t.term_side`,
      lines: `array[nullif(t.xconnect_id, '')]`,
    })}
    from circuits_circuittermination as t`,
  'dcim.device': sql`
    ${whole({
      color: 'role.color',
      lines: `manufacturer.name || ' ' || type.model,
        concat_ws(' / ', site.name, location.name, rack.name, initcap(nullif(t.face, '')), 'U' || trim_scale(t.position))`,
    })}
    from dcim_device as t
    join dcim_devicerole as role on role.id = t.role_id
    join dcim_devicetype as type on type.id = t.device_type_id
    join dcim_manufacturer as manufacturer on manufacturer.id = type.manufacturer_id
    join dcim_site as site on site.id = t.site_id
    left join dcim_location as location on location.id = t.location_id
    left join dcim_rack as rack on rack.id = t.rack_id`,
  'dcim.powerpanel': sql`
    ${whole({ lines: `concat_ws(' / ', site.name, location.name)` })}
    from dcim_powerpanel as t
    join dcim_site as site on site.id = t.site_id
    left join dcim_location as location on location.id = t.location_id`,
  'circuits.circuit': sql`
    ${whole({
      color: 'type.color',
      lines: `type.name, provider.name, nullif(t.description, '')`,
      metres: 't._abs_distance',
    })}
    from circuits_circuit as t
    join circuits_circuittype as type on type.id = t.type_id
    join circuits_provider as provider on provider.id = t.provider_id`,
  'circuits.providernetwork': sql`
    ${whole({ lines: 'provider.name' })}
    from circuits_providernetwork as t join circuits_provider as provider on provider.id = t.provider_id`,
  'circuits.virtualcircuit': sql`
    ${whole({ color: 'type.color', lines: `network.name, nullif(t.description, '')` })}
    from circuits_virtualcircuit as t
    join circuits_virtualcircuittype as type on type.id = t.type_id
    join circuits_providernetwork as network on network.id = t.provider_network_id`,
  'dcim.cable': sql`
    ${whole({
      color: 't.color',
      lines: `nullif(t.type, ''), trim_scale(t.length) || ' ' || t.length_unit, nullif(t.description, '')`,
      status: 't.status',
      metres: 't._abs_length',
    })}
    from dcim_cable as t`,
  'wireless.wirelesslink': sql`
    ${whole({
      lines: `trim_scale(t.distance) || ' ' || t.distance_unit, nullif(t.description, '')`,
      status: 't.status',
    })}
    from wireless_wirelesslink as t`,
}
