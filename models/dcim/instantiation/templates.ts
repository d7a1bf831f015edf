import type { Transaction } from '@demarc/engine/database'
import { kinds } from './kinds.ts'

/** The templates of some types: by kind of component, then by type. */
export interface Templates {
  readonly of: (component: string, type: number) => readonly any[]
  readonly mappings: (type: number) => readonly Mapping[]
  /** Types of bay that a template of a module bay passes on. */
  readonly bayTypes: ReadonlyMap<number, readonly number[]>
}

interface Mapping {
  readonly front_port_id: number
  readonly front_port_position: number
  readonly rear_port_id: number
  readonly rear_port_position: number
}

/** Read all templates of types of device, or of module. One statement a kind. */
export async function readTemplates(
  tx: Transaction,
  owner: 'device_type_id' | 'module_type_id',
  types: readonly number[],
): Promise<Templates> {
  const wanted = [...new Set(types)]
  const found = new Map<string, Map<number, any[]>>()
  const isModule = owner === 'module_type_id'
  if (wanted.length)
    for (const { component, template, modular } of kinds) {
      if (isModule && !modular) continue
      const rows = await tx.query<any>(
        `select * from ${template.replace('.', '_')} where ${owner} = any($1::bigint[]) order by name collate natural_sort, id`,
        [wanted],
      )
      found.set(
        component,
        Map.groupBy(rows, row => row[owner] as number),
      )
    }
  const bays = [...(found.get('dcim.modulebay')?.values() ?? [])].flat().map(bay => bay.id as number)
  const types_ = bays.length
    ? await tx.query<{ bay: number; type: number }>(
        'select modulebaytemplate_id as bay, modulebaytype_id as type from dcim_modulebaytemplate_module_bay_types where modulebaytemplate_id = any($1::bigint[])',
        [bays],
      )
    : []
  const mappings = found.get('dcim.frontport')?.size
    ? await tx.query<Mapping & { owner: number }>(
        `select ${owner} as owner, front_port_id, front_port_position, rear_port_id, rear_port_position from dcim_porttemplatemapping where ${owner} = any($1::bigint[]) order by id`,
        [wanted],
      )
    : []
  const byOwner = Map.groupBy(mappings, row => row.owner)
  return {
    of: (component, type) => found.get(component)?.get(type) ?? [],
    mappings: type => byOwner.get(type) ?? [],
    bayTypes: new Map([...Map.groupBy(types_, row => row.bay)].map(([bay, rows]) => [bay, rows.map(row => row.type)])),
  }
}
