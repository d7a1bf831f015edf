import { uiPathOf, type ReadCall } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'
import { element, inkOn, link, picture, text } from '../drawing/svg.ts'
import { nodeText, parseNode, type Node } from './node.ts'
import type { Segment } from './trace.ts'

const padding = 10
const line = 20
const linkHeight = 150
/** How far a line runs straight down before it turns aside. */
const bend = (top: number, bottom: number) => Math.min(35, (bottom - top) / 2)

const style = `
svg { font: 13px system-ui, sans-serif; background: #ffffff }
text { text-anchor: middle; dominant-baseline: central }
.parent { stroke: #495057 }
.title { font-weight: bold }
.termination { stroke: #adb5bd }
.link, .attachment { fill: none; stroke-width: 5 }
.shadow { fill: none; stroke: #303030; stroke-width: 7 }
.attachment { stroke: #c0c0c0; stroke-dasharray: 5 5 }
.label { paint-order: stroke; stroke: #ffffff; stroke-width: 4px }
.radio { stroke-dasharray: 4 6 }
`

/** How something on a path is drawn. */
interface Look {
  readonly node: Node
  readonly color: string
  readonly parent: Node
  readonly lines: readonly string[]
}

/** Where the middle of a drawn box is. */
interface Placed {
  readonly look: Look
  readonly x: number
}

/** A path from the top down: what holds each termination, the termination, and the links between them. */
export async function drawTrace(call: ReadCall, segments: readonly Segment[]): Promise<Blob> {
  const asked = Number(call.params.get('width'))
  const width = Number.isInteger(asked) && asked > 0 ? asked : 400
  const looks = await readLooks(call, segments)
  const look = (node: Node) => looks.get(nodeText(...node))!
  const hrefOf = ([model, id]: Node) =>
    `${call.origin}/${call.registry.model(model).app}/${uiPathOf(call.registry.model(model))}/${id}/`
  const drawn: string[] = []
  let y = padding
  let above = ''

  /** A row of boxes that share the width; below ends where the row does. */
  const row = (nodes: readonly Node[], kind: 'parent' | 'termination'): Placed[] => {
    const each = (width - padding * 2) / Math.max(nodes.length, 1)
    const shown = nodes.map(look)
    const most = Math.max(1, ...shown.map(({ lines }) => lines.length))
    const height = most * line + padding
    shown.forEach(({ node, lines, color }, at) => {
      const x = padding + at * each
      drawn.push(
        link(
          hrefOf(node),
          element('rect', {
            class: kind,
            x,
            y,
            width: each,
            height,
            rx: kind === 'parent' ? 10 : 5,
            fill: `#${color}`,
          }),
          ...lines.map((words, index) =>
            element(
              'text',
              {
                class: index === 0 ? 'title' : null,
                x: x + each / 2,
                y: y + padding / 2 + (index + 0.5) * line,
                fill: inkOn(color),
              },
              text(words),
            ),
          ),
        ),
      )
    })
    y += height
    return shown.map((one, at) => ({ look: one, x: padding + (at + 0.5) * each }))
  }
  const parentsOf = (nodes: readonly Node[]) => {
    const parents = new Map(nodes.map(node => [nodeText(...look(node).parent), look(node).parent]))
    return [...parents.values()].toSorted((a, b) => look(a).lines[0]!.localeCompare(look(b).lines[0]!))
  }
  const hold = (nodes: readonly Node[]) => {
    const parents = parentsOf(nodes)
    const name = parents.map(parent => nodeText(...parent)).join()
    if (name !== above) row(parents, 'parent')
    above = name
  }
  const isOwnParent = (node: Node) => nodeText(...look(node).parent) === nodeText(...node)
  const curve = (from: number, to: number, top: number, bottom: number) =>
    `${from},${top} ${from},${top + bend(top, bottom)} ${to},${bottom - bend(top, bottom)} ${to},${bottom}`

  for (const { near, links, far } of segments) {
    hold(near)
    const starts = row(
      near.filter(node => !isOwnParent(node)),
      'termination',
    )
    const top = y
    if (links.length === 0 && far.length === 0) break
    y += links.length ? linkHeight : linkHeight / 2
    const bottom = y
    above = ''
    const [ends, ownParents] = [far.filter(node => !isOwnParent(node)), far.filter(isOwnParent)]
    const before = drawn.length
    const stops = ends.length ? row(ends, 'termination') : []
    if (ends.length) hold(ends)
    if (ownParents.length) stops.push(...row(ownParents, 'parent'))
    const middle = width / 2
    const wires = links.length ? links.map(look) : [undefined]
    const lines = wires.flatMap((wire, at) => {
      const x = (width / (wires.length + 1)) * (at + 1)
      const classes = wire ? (wire.node[0] === 'dcim.cable' ? 'link' : 'link radio') : 'attachment'
      const points = [
        ...starts.map(start => curve(start.x, x, top, (top + bottom) / 2)),
        ...stops.map(stop => curve(x, stop.x, (top + bottom) / 2, bottom)),
      ]
      const strokes = points.map(run =>
        element('polyline', { class: classes, points: run, ...(wire && { stroke: `#${wire.color}` }) }),
      )
      if (!wire) return strokes
      const shown = links.length > 2 ? wire.lines.slice(0, 1) : wire.lines.slice(0, 2)
      return [
        link(
          hrefOf(wire.node),
          element('title', {}, text(wire.lines.join('\n'))),
          ...points.map(run => element('polyline', { class: 'shadow', points: run })),
          ...strokes,
          ...shown.map((words, index) =>
            element(
              'text',
              { class: 'label', x: wires.length === 1 ? middle : x, y: (top + bottom) / 2 + index * line },
              text(words),
            ),
          ),
        ),
      ]
    })
    drawn.splice(before, 0, ...lines)
  }
  return picture(width, y + padding, style, ...drawn)
}

/** The parts of a device that a path leads through: the column of their colour, where they have one. */
const components: Readonly<Record<string, string>> = {
  'dcim.consoleport': `''`,
  'dcim.consoleserverport': `''`,
  'dcim.frontport': 'color',
  'dcim.interface': `''`,
  'dcim.poweroutlet': 'color',
  'dcim.powerport': `''`,
  'dcim.rearport': 'color',
}

/** What holds each kind of node, with its colour; what is not named here stands for itself. */
const holderOf = (model: string): RawBuilder<unknown> | undefined => {
  const color = components[model]
  if (color !== undefined)
    return sql`'dcim.device' as parent, device_id as parent_id, ${sql.raw(color)} as color, '{}'::text[] as lines from ${sql.table(model.replace('.', '_'))} as t`
  switch (model) {
    case 'dcim.powerfeed':
      return sql`'dcim.powerpanel' as parent, power_panel_id as parent_id, '' as color, '{}'::text[] as lines from dcim_powerfeed as t`
    case 'circuits.circuittermination':
      return sql`'circuits.circuit' as parent, circuit_id as parent_id, '' as color, array[nullif(xconnect_id, '')] as lines from circuits_circuittermination as t`
    case 'dcim.device':
      return sql`null as parent, null::bigint as parent_id, role.color, array[
          manufacturer.name || ' ' || type.model,
          concat_ws(' / ', site.name, location.name, rack.name, nullif(t.face, ''), 'U' || trim_scale(t.position))
        ] as lines
        from dcim_device as t
        join dcim_devicerole as role on role.id = t.role_id
        join dcim_devicetype as type on type.id = t.device_type_id
        join dcim_manufacturer as manufacturer on manufacturer.id = type.manufacturer_id
        join dcim_site as site on site.id = t.site_id
        left join dcim_location as location on location.id = t.location_id
        left join dcim_rack as rack on rack.id = t.rack_id`
    case 'circuits.circuit':
      return sql`null as parent, null::bigint as parent_id, type.color, array[type.name, provider.name, nullif(t.description, '')] as lines
        from circuits_circuit as t
        join circuits_circuittype as type on type.id = t.type_id
        join circuits_provider as provider on provider.id = t.provider_id`
    case 'circuits.providernetwork':
      return sql`null as parent, null::bigint as parent_id, '' as color, array[provider.name] as lines
        from circuits_providernetwork as t join circuits_provider as provider on provider.id = t.provider_id`
    case 'dcim.cable':
      return sql`null as parent, null::bigint as parent_id, coalesce(nullif(color, ''), '000000') as color, array[
          initcap(status), nullif(description, ''), nullif(type, ''), length || ' ' || length_unit
        ] as lines from dcim_cable as t`
    case 'wireless.wirelesslink':
      return sql`null as parent, null::bigint as parent_id, '606060' as color, array[initcap(status), nullif(description, '')] as lines
        from wireless_wirelesslink as t`
  }
  return undefined
}

interface Holder {
  readonly model: string
  readonly id: number
  readonly parent: string | null
  readonly parent_id: number | null
  readonly color: string
  readonly lines: readonly (string | null)[]
}

/** How everything on a path is drawn, and what holds it: two reads of looks, one of names. */
async function readLooks(call: ReadCall, segments: readonly Segment[]): Promise<Map<string, Look>> {
  const onPath = segments.flatMap(({ near, links, far }) => [...near, ...links, ...far])
  const held = await readHolders(call, onPath)
  const parents = held.flatMap(({ parent, parent_id }): Node[] => (parent ? [[parent, parent_id!]] : []))
  const holders = new Map(
    [...held, ...(await readHolders(call, parents))].map(one => [nodeText(one.model, one.id), one]),
  )
  const nodes = [...new Set([...onPath, ...parents].map(node => nodeText(...node)))].map(parseNode)
  const names = await call.brief(nodes)
  return new Map(
    nodes.map((node, at) => {
      const holder = holders.get(nodeText(...node))
      const display = (names[at] as { display: string } | null)?.display ?? ''
      const prefix = { 'dcim.cable': 'Cable ', 'circuits.circuit': 'Circuit ' }[node[0]] ?? ''
      const parent: Node = holder?.parent ? [holder.parent, holder.parent_id!] : node
      const fallback = parent === node ? 'e0e0e0' : 'f0f0f0'
      const lines = [prefix + display, ...(holder?.lines ?? []).filter((words): words is string => Boolean(words))]
      return [nodeText(...node), { node, parent, color: holder?.color || fallback, lines }]
    }),
  )
}

async function readHolders({ db }: ReadCall, nodes: readonly Node[]): Promise<Holder[]> {
  const parts = [...Map.groupBy(nodes, ([model]) => model)].flatMap(([model, some]) => {
    const source = holderOf(model)
    const ids = some.map(([, id]) => id)
    return source ? [sql`select ${sql.lit(model)} as model, t.id, ${source} where t.id = any(${ids}::bigint[])`] : []
  })
  return parts.length ? db.rows<Holder>(sql`${sql.join(parts, sql` union all `)}`) : []
}
