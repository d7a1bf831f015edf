import type { Meta, ModelMeta } from '@demarc/engine/meta'
import type { Row } from '../api/meta.ts'
import type { Params } from '../api/query.ts'
import { countsOf } from '../api/related.ts'

/** A list of what belongs to an object. */
export interface OwnList {
  readonly model: ModelMeta
  /** The filters that narrow the list to what belongs to the object. */
  readonly params: Params
  /** How long it is, where the object itself says so. */
  readonly count?: number
}

/** The lists of what belongs to an object: those that its counts count, and those that no count counts. */
export function listsOf(meta: Meta, model: ModelMeta, row: Row): readonly OwnList[] {
  const counted = countsOf(meta, model).flatMap(({ key, relation }): OwnList[] =>
    relation
      ? [
          {
            model: relation.model,
            params: [[relation.filter, String(row[relation.key])]],
            count: Number(row[key]) || 0,
          },
        ]
      : [],
  )
  const uncounted = Object.entries(further[model.name] ?? {}).flatMap(([name, paramsOf]): OwnList[] => {
    const target = meta.models[name]
    return target ? [{ model: target, params: paramsOf(row) }] : []
  })
  return [...counted, ...uncounted]
}

const by =
  (filter: string) =>
  (row: Row): Params => [[filter, String(row.id)]]

/** What lies in a prefix is what lies in its VRF; a container outside VRFs holds the prefixes of all. */
const inPrefix =
  (filter: string) =>
  (row: Row): Params => {
    const vrf = (row.vrf as Row | null)?.id
    const isShared = !vrf && filter === 'within' && (row.status as { value?: string } | null)?.value === 'container'
    return [[filter, String(row.prefix)], ...(isShared ? [] : [['vrf_id', String(vrf ?? null)] as const])]
  }

/** Lists that no count counts, by the model of the object and that of the list. */
const further: Readonly<Record<string, Readonly<Record<string, (row: Row) => Params>>>> = {
  'ipam.prefix': {
    'ipam.prefix': inPrefix('within'),
    'ipam.ipaddress': inPrefix('parent'),
    'ipam.iprange': inPrefix('parent'),
  },
  'ipam.aggregate': { 'ipam.prefix': row => [['within_include', String(row.prefix)]] },
  'ipam.vlan': { 'dcim.interface': by('vlan_id'), 'virtualization.vminterface': by('vlan_id') },
  'dcim.device': {
    'ipam.ipaddress': by('device_id'),
    'dcim.cable': by('device_id'),
    'ipam.service': by('device_id'),
  },
  'virtualization.virtualmachine': {
    'ipam.ipaddress': by('virtual_machine_id'),
    'ipam.service': by('virtual_machine_id'),
  },
}
