import type { Batch } from '@demarc/engine/model'
import { resolve, type Host } from './instantiation/instantiate.ts'
import { kinds } from './instantiation/kinds.ts'
import { Misplaced } from './instantiation/placeholders.ts'
import { readTemplates, type Templates } from './instantiation/templates.ts'
import { chainsOf } from './module-chain.ts'
import { obstaclesAbroad } from './module-obstacles.ts'

/** Modules that move to another bay, by id. */
export type Moves = ReadonlyMap<number, Move>

interface Move {
  /** What stands in the way. */
  readonly obstacles: readonly string[]
  /** The bay that the module moves to. */
  readonly bay: number
  readonly device: number
  /** Modules inside the one that moves. */
  readonly nested: readonly number[]
  /** Components of all of them, by kind, as they will be. */
  readonly parts: ReadonlyMap<string, readonly (Readonly<Record<string, unknown>> & { readonly id: number })[]>
}

const movable = kinds.filter(kind => kind.modular)
const longest = { name: 64, label: 64, position: 30 } as const
type Text = keyof typeof longest

/** Plan what follows when modules move, and find what stands in the way. Statements do not grow with the modules. */
export async function planMoves(batch: Batch): Promise<Moves> {
  const { changes, tx, rowsOf } = batch
  const moving = changes.filter(change => change.kind === 'update' && change.changed('module_bay_id'))
  if (moving.length === 0) return new Map()
  const bays = await rowsOf(
    'dcim.modulebay',
    moving.flatMap(change => [change.row['module_bay_id'], change.before!['module_bay_id']]),
  )
  const devices = await rowsOf(
    'dcim.device',
    [...bays.values()].map(bay => bay.device_id),
  )
  const inside = await tx.query<{ root: number; id: number; bay: number; type: number }>(
    `select v.root, m.id, m.module_bay_id as bay, m.module_type_id as type
     from unnest($1::bigint[], $2::bigint[]) as v(root, bay)
     join dcim_modulebay as old on old.id = v.bay
     join dcim_modulebay as below on below.path <@ old.path and below.id <> old.id
     join dcim_module as m on m.module_bay_id = below.id
     order by nlevel(below.path), m.id for update of m`,
    [moving.map(change => change.id), moving.map(change => change.before!['module_bay_id'])],
  )
  const modules = [...moving.map(change => change.id), ...inside.map(row => row.id)]
  const parts = new Map<string, any[]>()
  for (const { component } of movable)
    parts.set(
      component,
      await tx.query<any>(
        `select * from ${component.replace('.', '_')} where module_id = any($1::bigint[]) order by id for update`,
        [modules],
      ),
    )
  const templates = await readTemplates(tx, 'module_type_id', [
    ...moving.map(change => change.before!['module_type_id'] as number),
    ...inside.map(row => row.type),
  ])
  const chains = await chainsOf(tx, [...bays.keys()])
  const abroad = await obstaclesAbroad(
    batch,
    moving
      .filter(change => bays.get(change.row['module_bay_id'])?.device_id !== change.before!['device_id'])
      .map(change => ({
        root: change.id,
        modules: [change.id, ...inside.filter(row => row.root === change.id).map(row => row.id)],
      })),
    parts,
  )
  const plans = moving.map(change => {
    const bay = bays.get(change.row['module_bay_id'])
    const nested = inside.filter(row => row.root === change.id)
    const own = new Set([change.id, ...nested.map(row => row.id)])
    const planned = bay
      ? renamed({
          root: { id: change.id, type: change.before!['module_type_id'] },
          nested,
          parts,
          templates,
          from: {
            device: devices.get(change.before!['device_id']),
            chain: chains.get(change.before!['module_bay_id']) ?? [],
          },
          to: { device: devices.get(bay.device_id), chain: chains.get(bay.id) ?? [] },
          bay: bay.id,
        })
      : { parts: new Map(), obstacles: [] }
    const obstacles = [...planned.obstacles, ...(abroad.get(change.id) ?? [])]
    if (parts.get('dcim.modulebay')!.some(one => one.id === bay?.id && own.has(one.module_id)))
      obstacles.push('A module cannot be moved into a bay of its own.')
    return [
      change.id,
      {
        obstacles,
        bay: bay?.id ?? 0,
        device: bay?.device_id ?? 0,
        nested: nested.map(row => row.id),
        parts: planned.parts,
      },
    ] as const
  })
  await findClashes(batch, plans)
  return new Map(plans)
}

interface Renaming {
  readonly root: { readonly id: number; readonly type: number }
  readonly nested: readonly { readonly id: number; readonly bay: number; readonly type: number }[]
  readonly parts: ReadonlyMap<string, readonly any[]>
  readonly templates: Templates
  readonly from: { readonly device: Host['device']; readonly chain: readonly string[] }
  readonly to: { readonly device: Host['device']; readonly chain: readonly string[] }
  readonly bay: number
}

/** What components are called at the new place, from the root down: a bay's new position is part of the names below it. */
function renamed({ root, nested, parts, templates, from, to, bay }: Renaming) {
  const obstacles: string[] = []
  const planned = new Map<string, { id: number; [column: string]: unknown }[]>()
  const places = new Map([[root.id, { type: root.type, old: from.chain, next: to.chain }]])
  const positions = new Map<number, { owner: number; old: string; next: string }>()
  for (const module of [{ ...root, bay: 0 }, ...nested]) {
    const above = positions.get(module.bay)
    if (above) {
      const { old, next } = places.get(above.owner)!
      places.set(module.id, { type: module.type, old: [...old, above.old], next: [...next, above.next] })
    }
    const place = places.get(module.id)!
    const old = { device: from.device, module: { id: module.id, chain: place.old } }
    const next = { device: to.device, module: { id: module.id, chain: place.next } }
    for (const { component } of movable)
      for (const part of parts.get(component)!) {
        if (part.module_id !== module.id) continue
        const row: { id: number; [column: string]: unknown } = { id: part.id, device_id: to.device.id }
        const matches = templates.of(component, place.type).filter(template => textAt(template.name, old) === part.name)
        if (matches.length === 1) {
          const texts: Text[] = ['label', ...(component === 'dcim.modulebay' ? (['position'] as const) : [])]
          for (const key of ['name' as Text, ...texts.filter(text => textAt(matches[0][text], old) === part[text])]) {
            const text = textAt(matches[0][key], next)
            if (text === null) obstacles.push(`The ${key} of ${part.name} has no meaning at the depth of the new bay.`)
            else if (text.length > longest[key]) obstacles.push(`The ${key} ${text} is too long.`)
            else row[key] = text
          }
        }
        if (component === 'dcim.modulebay') {
          positions.set(part.id, {
            owner: module.id,
            old: part.position,
            next: (row['position'] as string | undefined) ?? part.position,
          })
          if (module.id === root.id) row['parent_id'] = bay
        }
        const list = planned.get(component) ?? []
        planned.set(component, list)
        list.push({ ...row, name: row['name'] ?? part.name, module_id: module.id, was: part.name })
      }
  }
  return { parts: planned, obstacles }
}

function textAt(text: string, host: Pick<Host, 'device' | 'module'>): string | null {
  try {
    return resolve(text, host)
  } catch (error) {
    if (error instanceof Misplaced) return null
    throw error
  }
}

type Plans = readonly (readonly [number, Move])[]

/** Names that would be there twice. One statement a kind. */
async function findClashes({ tx }: Batch, plans: Plans): Promise<void> {
  for (const { component } of movable) {
    const isBay = component === 'dcim.modulebay'
    const all = plans.flatMap(([, move]) => move.parts.get(component) ?? [])
    if (all.length === 0) continue
    const taken = isBay
      ? []
      : await tx.query<{ device_id: number; name: string }>(
          `select c.device_id, c.name from ${component.replace('.', '_')} as c
           join unnest($1::bigint[], $2::text[]) as v(device, name) on c.device_id = v.device and c.name = v.name
           where c.id <> all($3::bigint[])`,
          [all.map(part => part['device_id']), all.map(part => part['name']), all.map(part => part.id)],
        )
    const there = new Set(taken.map(row => `${row.device_id} ${row.name}`))
    for (const [, move] of plans) {
      const obstacles = move.obstacles as string[]
      const own = move.parts.get(component) ?? []
      const scope = (part: any) => (isBay ? `${part.module_id} ` : '')
      const seen = new Set<string>()
      for (const part of own) {
        const key = scope(part) + part['name']
        if (seen.has(key)) obstacles.push(`More than one component would be called ${part['name']}.`)
        seen.add(key)
        if (there.has(`${part['device_id']} ${part['name']}`))
          obstacles.push(`A component called ${part['name']} already exists.`)
        else if (
          part['name'] !== part['was'] &&
          own.some(other => other.id !== part.id && scope(other) === scope(part) && other['was'] === part['name'])
        )
          obstacles.push(`Another component that moves is called ${part['name']}.`)
      }
    }
  }
}

/** Take along what modules hold. */
export async function followMoves({ update, tx }: Batch, moves: Moves): Promise<void> {
  if (moves.size === 0) return
  const all = [...moves.values()]
  await update(
    'dcim.module',
    all.flatMap(({ nested, device }) => nested.map(id => ({ id, device_id: device }))),
  )
  for (const { component } of movable)
    await update(
      component,
      all.flatMap(move => (move.parts.get(component) ?? []).map(({ was: _was, ...row }) => row as { id: number })),
    )
  const ports = all.flatMap(move => (move.parts.get('dcim.frontport') ?? []).map(part => part.id))
  if (ports.length === 0) return
  await tx.query(
    `update dcim_portmapping as m set device_id = p.device_id from dcim_frontport as p
     where p.id = m.front_port_id and p.id = any($1::bigint[]) and m.device_id <> p.device_id`,
    [ports],
  )
  tx.touch('dcim_portmapping')
}
