import type { Transaction } from '@demarc/engine/database'
import { sql } from 'kysely'
import { cableNode, follow, isEndpoint, originsAt, originsOf, Untraceable, type Trail } from './follow.ts'
import { parseNode } from './node.ts'
import { idsIn, modelOf, Plant } from './plant.ts'

/** What changed, so that paths may lead elsewhere. */
export interface Touched {
  /** Objects whose paths are to be followed again. */
  readonly nodes: ReadonlySet<string>
  /** Cables at which paths may begin anew. */
  readonly cables: ReadonlySet<number>
  /** Circuits that gained, changed or lost an end. */
  readonly circuits: ReadonlySet<number>
}

interface Stored extends Trail {
  readonly id: number
}

/** Models whose rows point to the path that begins there. */
const pathOwners = [
  'dcim.consoleport',
  'dcim.consoleserverport',
  'dcim.interface',
  'dcim.powerfeed',
  'dcim.poweroutlet',
  'dcim.powerport',
] as const

const isOwner = (node: string) => pathOwners.some(model => model === modelOf(node))

/** Follow again every path that a change may have led elsewhere. Throws {@link Untraceable}, having stored nothing. */
export async function retrace(tx: Transaction, touched: Touched): Promise<void> {
  const plant = new Plant(tx)
  await plant.load([...touched.cables])
  const around = await neighboursOf(tx, touched)
  const old = await pathsThrough(tx, [...touched.nodes, ...around, ...[...touched.cables].map(cableNode)])
  const begun = new Set([...old.flatMap(({ path }) => path[0] ?? []), ...[...touched.nodes].filter(isOwner)])
  const cables = await plant.loadAround([...begun])
  const groups = [
    ...[...touched.cables].filter(id => plant.cables.has(id)).flatMap(id => originsOfCable(plant, id)),
    ...[...cables.flatMap(id => originsOfCable(plant, id)), ...radioOrigins(plant)].filter(group =>
      group.some(node => begun.has(node)),
    ),
    ...uncommonOrigins(
      old.map(({ path }) => path[0] ?? []),
      plant,
    ),
  ]
  const origins = [...new Map(groups.map(group => [group.join(), group])).values()]
  // A path that began at one of these under other company goes, too.
  const known = new Set(old.map(({ id }) => id))
  const nodes = new Set(origins.flat())
  const replaced = (await pathsThrough(tx, [...nodes])).filter(
    ({ id, path }) => !known.has(id) && path[0]!.some(node => nodes.has(node)),
  )
  const trails = await followAll(plant, origins, error => {
    throw error
  })
  await store(tx, [...old, ...replaced], trails)
}

/** How far tracing everything has come, and what could not be traced. */
export interface Progress {
  readonly onProgress?: (done: number, total: number) => void
  readonly onFault?: (origins: readonly string[], message: string) => void
}

const atOnce = 5000

/** Forget every path, and follow all of them anew. */
export async function retraceAll(tx: Transaction, { onProgress, onFault }: Progress = {}): Promise<number> {
  const plant = new Plant(tx)
  await plant.load('all')
  await plant.loadRadios('all')
  const begun = await tx.rows<{ origins: string[] }>(sql`select path -> 0 as origins from dcim_cablepath order by id`)
  const origins = [
    ...[...plant.cables.keys()].flatMap(id => originsOfCable(plant, id)),
    ...radioOrigins(plant),
    ...uncommonOrigins(
      begun.map(row => row.origins),
      plant,
    ),
  ]
  for (const model of pathOwners)
    await tx.query(`update ${tableOf(model)} set _path_id = null where _path_id is not null`, [])
  await tx.query('delete from dcim_cablepath', [])
  let stored = 0
  for (let at = 0; at < origins.length; at += atOnce) {
    const trails = await followAll(plant, origins.slice(at, at + atOnce), (error, group) =>
      onFault?.(group, error.message),
    )
    await store(tx, [], trails)
    stored += trails.length
    onProgress?.(Math.min(at + atOnce, origins.length), origins.length)
  }
  return stored
}

const originsOfCable = (plant: Plant, id: number) => [...originsAt(plant, id, 'A'), ...originsAt(plant, id, 'B')]

const radioOrigins = (plant: Plant) => [...plant.radios.keys()].flatMap(radio => originsOf(plant, radio))

/** Paths of a NetBox may begin at the end of a circuit. None is begun there anew, but those that are stay. */
const uncommonOrigins = (begun: readonly (readonly string[])[], plant: Plant) =>
  begun.filter(([first]) => first && !isEndpoint(first)).map(group => group.filter(node => plant.linkOf(node)))

/** Follow all at the same pace, so that what they need to know next is loaded for all at once. */
async function followAll(
  plant: Plant,
  origins: readonly (readonly string[])[],
  onFault: (error: Untraceable, group: readonly string[]) => void,
): Promise<Trail[]> {
  const trails: Trail[] = []
  let walks = origins.map(group => ({ group, walk: follow(plant, group) }))
  while (walks.length) {
    const needed = new Set<number>()
    walks = walks.filter(({ group, walk }) => {
      try {
        const { done, value } = walk.next()
        if (!done) for (const cable of value) needed.add(cable)
        else if (value) trails.push(value)
        return !done
      } catch (error) {
        if (!(error instanceof Untraceable)) throw error
        onFault(error, group)
        return false
      }
    })
    await plant.load([...needed])
  }
  return trails
}

/** Ports behind the ports that changed, and the ends of circuits: a path may have stopped short of what changed. */
async function neighboursOf(tx: Transaction, { nodes, circuits }: Touched): Promise<string[]> {
  const [fronts, rears] = [idsIn(nodes, 'dcim.frontport'), idsIn(nodes, 'dcim.rearport')]
  const ends = idsIn(nodes, 'circuits.circuittermination')
  if (fronts.length + rears.length + ends.length + circuits.size === 0) return []
  const rows = await tx.rows<{ node: string }>(sql`
    select 'dcim.rearport:' || rear_port_id as node from dcim_portmapping where front_port_id = any(${fronts}::bigint[])
    union
    select 'dcim.frontport:' || front_port_id from dcim_portmapping where rear_port_id = any(${rears}::bigint[])
    union
    select 'circuits.circuittermination:' || id from circuits_circuittermination
    where circuit_id = any(${[...circuits]}::bigint[])
      or circuit_id in (select circuit_id from circuits_circuittermination where id = any(${ends}::bigint[]))`)
  return rows.map(({ node }) => node)
}

/** Looked up node by node: asked for many at once, PostgreSQL would rather read all paths than their index. */
const pathsThrough = async (tx: Transaction, nodes: readonly string[]) =>
  nodes.length === 0
    ? []
    : tx.rows<Stored>(sql`
        select id, path, is_active, is_complete, is_split from dcim_cablepath
        where id in (
          select through.id from unnest(${[...new Set(nodes)]}::text[]) as n(node)
          join dcim_cablepath as through on through._nodes @> array[n.node])
        order by id`)

const beginning = (path: Trail['path']) => (path[0] ?? []).toSorted().join()

/** Put paths in place of others. One that begins where another did takes its row. */
async function store(tx: Transaction, old: readonly Stored[], trails: readonly Trail[]): Promise<void> {
  if (old.length + trails.length === 0) return
  const free = new Map(old.map(stored => [beginning(stored.path), stored]))
  const [kept, made] = [[] as Stored[], [] as Trail[]]
  for (const trail of trails) {
    const stored = free.get(beginning(trail.path))
    free.delete(beginning(trail.path))
    if (stored) kept.push({ ...trail, id: stored.id })
    else made.push(trail)
  }
  const before = new Map(old.map(stored => [stored.id, textOf(stored)]))
  const changed = kept.filter(trail => before.get(trail.id) !== textOf(trail))
  const gone = [...before.keys()].filter(id => !kept.some(trail => trail.id === id))
  const flags = (list: readonly Trail[]) =>
    sql`${list.map(({ path }) => JSON.stringify(path))}::jsonb[], ${list.map(trail => trail.is_active)}::boolean[],
      ${list.map(trail => trail.is_complete)}::boolean[], ${list.map(trail => trail.is_split)}::boolean[]`
  const nodesOf = sql`array(select jsonb_array_elements_text(step) from jsonb_array_elements(v.path) as step)`
  if (changed.length)
    await tx.rows(sql`
      update dcim_cablepath as t
      set path = v.path, is_active = v.is_active, is_complete = v.is_complete, is_split = v.is_split, _nodes = ${nodesOf}
      from unnest(${changed.map(({ id }) => id)}::bigint[], ${flags(changed)})
        as v(id, path, is_active, is_complete, is_split)
      where t.id = v.id`)
  const added = made.length
    ? await tx.rows<{ id: number; origins: string[] }>(sql`
        insert into dcim_cablepath (path, is_active, is_complete, is_split, _nodes)
        select v.path, v.is_active, v.is_complete, v.is_split, ${nodesOf}
        from unnest(${flags(made)}) as v(path, is_active, is_complete, is_split)
        returning id, path -> 0 as origins`)
    : []
  const pointers = new Map<string, number | null>(old.flatMap(({ path }) => path[0] ?? []).map(node => [node, null]))
  for (const { id, path } of kept) for (const node of path[0]!) pointers.set(node, id)
  for (const { id, origins } of added) for (const node of origins) pointers.set(node, id)
  for (const [model, nodes] of Map.groupBy(pointers.keys(), modelOf)) {
    if (!isOwner(nodes[0]!)) continue
    const moved = await tx.rows(sql`
      update ${sql.table(tableOf(model))} as t set _path_id = v.path
      from unnest(${nodes.map(node => parseNode(node)[1])}::bigint[], ${nodes.map(node => pointers.get(node)!)}::bigint[])
        as v(id, path)
      where t.id = v.id and t._path_id is distinct from v.path
      returning t.id`)
    if (moved.length) tx.touch(tableOf(model))
  }
  if (gone.length) await tx.query('delete from dcim_cablepath where id = any($1::bigint[])', [gone])
  tx.touch('dcim_cablepath')
}

const tableOf = (model: string) => model.replace('.', '_')

const textOf = ({ path, is_active, is_complete, is_split }: Trail) =>
  JSON.stringify([path, is_active, is_complete, is_split])

/** Paths as they are stored. */
export const storedPaths = (tx: Pick<Transaction, 'rows'>) =>
  tx.rows<Trail>(sql`select path, is_active, is_complete, is_split from dcim_cablepath order by id`)
