import type { Batch } from '@demarc/engine/model'
import { kinds, type Kind } from './kinds.ts'
import { withChassis, withModule, type Member } from './placeholders.ts'
import type { Templates } from './templates.ts'

/** What gets components: a device, or a module in one. */
export interface Host {
  readonly device: Member & { readonly id: number }
  readonly type: number
  readonly module: { readonly id: number; readonly chain: readonly string[] } | null
  /** Components that are there already and become the module's: by kind, then name. */
  readonly adopted?: (component: string, name: string) => number | undefined
  /** Whether what is not there is created. */
  readonly replicate: boolean
}

/** A text of a template as it reads at a host. */
export function resolve(text: string, { device, module }: Pick<Host, 'device' | 'module'>, modular = true): string {
  if (!modular) return text
  return withChassis(module ? withModule(text, module.chain) : text, device)
}

/** Names that a host would get twice, kind by kind. */
export function repeatedNames(host: Host, templates: Templates): string[] {
  return kinds.flatMap(kind => {
    if (!kind.modular) return []
    const names = templates.of(kind.component, host.type).map(template => resolve(template.name, host))
    return [...new Set(names.filter((name, at) => names.indexOf(name) < at))]
  })
}

/** Components by the template that they were made from, for each host. */
type Made = ReadonlyMap<string, readonly Map<number, number>[]>

/** Give hosts the components of their types. A handful of statements a kind, however many hosts there are. */
export async function instantiate(batch: Batch, hosts: readonly Host[], templates: Templates): Promise<void> {
  const made = new Map<string, Map<number, number>[]>()
  for (const kind of kinds) {
    const places = hosts.map(() => new Map<number, number>())
    made.set(kind.component, places)
    if (kind.component === 'dcim.inventoryitem') {
      await createItems(batch, hosts, templates, made)
      continue
    }
    const rows: Record<string, unknown>[] = []
    const links: Record<string, number[]>[] = []
    const origins: (readonly [at: number, template: number])[] = []
    const adopted: { id: number; module_id: number }[] = []
    for (const [at, host] of hosts.entries()) {
      if (host.module && !kind.modular) continue
      for (const template of templates.of(kind.component, host.type)) {
        const row = rowOf(kind, template, host)
        const existing = host.adopted?.(kind.component, row['name'] as string)
        if (existing !== undefined && host.module) {
          adopted.push({ id: existing, module_id: host.module.id })
          places[at]!.set(template.id, existing)
          continue
        }
        if (!host.replicate) continue
        for (const [field, to] of Object.entries(kind.links ?? {}))
          row[`${field}_id`] = made.get(to)![at]!.get(template[`${field}_id`]) ?? null
        rows.push(row)
        links.push(
          kind.component === 'dcim.modulebay'
            ? { module_bay_types: [...(templates.bayTypes.get(template.id) ?? [])] }
            : {},
        )
        origins.push([at, template.id])
      }
    }
    if (adopted.length) await batch.update(kind.component, adopted)
    if (rows.length === 0) continue
    const ids = await batch.create(kind.component, rows, kind.component === 'dcim.modulebay' ? links : undefined)
    for (const [index, [at, template]] of origins.entries()) places[at]!.set(template, ids[index]!)
  }
  await mapPorts(batch, hosts, templates, made)
  await relateInterfaces(batch, hosts, templates, made, 'parent_id')
  await relateInterfaces(batch, hosts, templates, made, 'bridge_id')
}

function rowOf({ copied, modular }: Kind, template: any, host: Host): Record<string, unknown> {
  const row: Record<string, unknown> = { device_id: host.device.id }
  for (const column of copied) row[column] = template[column]
  for (const column of ['name', 'label', 'position'] as const)
    if (typeof row[column] === 'string') row[column] = resolve(row[column], host, modular)
  if (modular) row['module_id'] = host.module?.id ?? null
  return row
}

/** Inventory items, level by level: an item is there before those below it. */
async function createItems(batch: Batch, hosts: readonly Host[], templates: Templates, made: Made): Promise<void> {
  const places = made.get('dcim.inventoryitem')!
  const kind = kinds.find(one => one.component === 'dcim.inventoryitem')!
  let left = hosts.flatMap((host, at) =>
    host.module ? [] : templates.of(kind.component, host.type).map(template => ({ host, at, template })),
  )
  while (left.length) {
    const ready = left.filter(({ at, template }) => !template.parent_id || places[at]!.has(template.parent_id))
    if (ready.length === 0) return
    const ids = await batch.create(
      kind.component,
      ready.map(({ host, at, template }) => {
        const component = String(template.component_type ?? '').replace(/template$/, '')
        const id = made.get(component)?.[at]?.get(template.component_id) ?? null
        return {
          ...rowOf(kind, template, host),
          parent_id: template.parent_id ? places[at]!.get(template.parent_id) : null,
          component_type: id === null ? null : component,
          component_id: id,
        }
      }),
    )
    for (const [index, { at, template }] of ready.entries()) places[at]!.set(template.id, ids[index]!)
    const done = new Set(ready)
    left = left.filter(one => !done.has(one))
  }
}

/** Map the ports of hosts as the templates are mapped. The change log tells of ports, not of this. */
async function mapPorts({ tx }: Batch, hosts: readonly Host[], templates: Templates, made: Made): Promise<void> {
  const [fronts, rears] = [made.get('dcim.frontport')!, made.get('dcim.rearport')!]
  const rows = hosts.flatMap((host, at) =>
    templates.mappings(host.type).flatMap(mapping => {
      const front = fronts[at]!.get(mapping.front_port_id)
      const rear = rears[at]!.get(mapping.rear_port_id)
      return front && rear
        ? [[host.device.id, front, mapping.front_port_position, rear, mapping.rear_port_position] as const]
        : []
    }),
  )
  if (rows.length === 0) return
  await tx.query(
    `insert into dcim_portmapping (created, last_updated, device_id, front_port_id, front_port_position, rear_port_id, rear_port_position)
     select now(), now(), v.* from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[], $5::smallint[]) as v
     on conflict do nothing`,
    [0, 1, 2, 3, 4].map(column => rows.map(row => row[column])),
  )
  tx.touch('dcim_portmapping')
}

async function relateInterfaces(
  batch: Batch,
  hosts: readonly Host[],
  templates: Templates,
  made: Made,
  column: 'parent_id' | 'bridge_id',
): Promise<void> {
  const interfaces = made.get('dcim.interface')!
  await batch.update(
    'dcim.interface',
    hosts.flatMap((host, at) =>
      templates.of('dcim.interface', host.type).flatMap(template => {
        const [own, other] = [interfaces[at]!.get(template.id), interfaces[at]!.get(template[column])]
        return own && other ? [{ id: own, [column]: other }] : []
      }),
    ),
  )
}
