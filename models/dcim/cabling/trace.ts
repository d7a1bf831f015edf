import { action, pathOf, uiPathOf, type Action, type Model, type ReadCall } from '@demarc/engine/model'
import { sql } from 'kysely'
import { drawTrace } from './drawing.ts'
import { nodeText, parseNode, type Node } from './node.ts'

/** Three steps of a path: what it leaves, the links it takes, and what it comes to. */
export interface Segment {
  readonly near: readonly Node[]
  readonly links: readonly Node[]
  readonly far: readonly Node[]
}

const linkModels = new Set(['dcim.cable', 'wireless.wirelesslink'])

/**
 * A path's steps in threes. It may end at a port that leads no further, or step without a link from a circuit to the
 * place or the network where that ends: then the missing parts of the last segment are empty.
 */
export function segmentsOf(path: readonly (readonly string[])[]): Segment[] {
  const segments: Segment[] = []
  for (let at = 0; at < path.length; at += 3) {
    const [near = [], second = [], third] = path.slice(at, at + 3).map(step => step.map(parseNode))
    if (near.length === 0) break
    const linked = third !== undefined || linkModels.has(second[0]?.[0] ?? '')
    segments.push(linked ? { near, links: second, far: third ?? [] } : { near, links: [], far: second })
  }
  return segments
}

/** The segments of the path that begins at an endpoint, and of those that a bridge at its end continues with. */
export async function trace({ db, row }: Pick<ReadCall, 'db' | 'row'>): Promise<Segment[]> {
  const segments: Segment[] = []
  const seen = new Set<number>()
  let pathId: number | null = row['_path_id']
  while (pathId !== null && !seen.has(pathId)) {
    seen.add(pathId)
    const [path] = await db.rows<{ path: string[][]; next: number | null }>(sql`
      select path.path, bridge._path_id as next
      from dcim_cablepath as path
      left join dcim_interface as last
        on path.is_complete and jsonb_array_length(path.path -> -1) = 1
        and last.id = substring(path.path -> -1 ->> 0 from '^dcim\\.interface:(\\d+)$')::bigint
      left join dcim_interface as bridge on bridge.id = last.bridge_id
      where path.id = ${pathId}`)
    segments.push(...segmentsOf(path?.path ?? []))
    pathId = path?.next ?? null
  }
  return segments
}

/** `GET …/trace/` of a model at which paths begin. */
export const traceAction = (model: Model<string, any>): Action =>
  action(model, 'GET trace', {
    about: 'The path from here to the far end, segment by segment: what it leaves, the link, and what it comes to.',
    permission: 'view',
    async run(call) {
      const segments = await trace(call)
      if (call.params.get('render') === 'svg') return drawTrace(call, segments)
      const nodes = segments.flatMap(({ near, far }) => [...near, ...far])
      const [objects, links] = await Promise.all([call.brief(nodes), linksOf(call, segments)])
      const next = objects.values()
      const take = (step: readonly Node[]) => step.map(() => next.next().value).filter(object => object !== null)
      return segments.map(({ near, links: [link], far }) => {
        const from = take(near)
        return [from, (link && links.get(nodeText(...link))) ?? [], take(far)]
      })
    },
  })

/** The first link of every segment, in plain values. */
async function linksOf({ db, registry, origin }: ReadCall, segments: readonly Segment[]) {
  const links = segments.flatMap(({ links: [first] }) => (first ? [first] : []))
  const idsOf = (name: string) => links.filter(([model]) => model === name).map(([, id]) => id)
  const read = async (name: string, columns: string) => {
    const ids = idsOf(name)
    if (ids.length === 0) return []
    const model = registry.model(name)
    const rows = await db.rows(
      sql`select id, ${sql.raw(columns)} from ${sql.table(model.table)} where id = any(${ids}::bigint[])`,
    )
    return rows.map(({ id, ...rest }) => [
      nodeText(name, id),
      {
        id,
        url: `${origin}/api/${model.app}/${pathOf(model)}/${id}/`,
        display_url: `${origin}/${model.app}/${uiPathOf(model)}/${id}/`,
        ...rest,
      },
    ])
  }
  const [cables, radio] = await Promise.all([
    read(
      'dcim.cable',
      `nullif(type, '') as type, status, label, color, length, nullif(length_unit, '') as length_unit, description`,
    ),
    read('wireless.wirelesslink', `null as type, status, null as length, null as length_unit, description`),
  ])
  return new Map<string, object>([...cables, ...radio] as [string, object][])
}
