import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { get } from '../api/client.ts'
import { type Row, titleCase } from '../api/meta.ts'
import { plain } from '../field/plain.ts'

/** What can be added to an object. */
export interface Add {
  readonly label: string
  readonly icon: string
  /** Address of the form, filled in as far as the object tells; it leads back to the object's page. */
  readonly href: string
  /** Where the first free value is asked for, its key there, and the parameter that takes it. */
  readonly free?: { readonly url: string; readonly key: string }
}

/** What can be added to an object by this user: what belongs to its kind, then whatever takes it and cannot do without. */
export function addsOf(meta: Meta, whole: ModelMeta, row: Row): readonly Add[] {
  const own = (kinds[whole.name] ?? []).flatMap(({ name, label, with: params, free }): Add[] => {
    const model = meta.models[name]
    if (!model?.may.includes('add')) return []
    return [
      {
        label: label ?? titleCase(model.label),
        icon: model.icon,
        href: formHref(model, whole, row, params(row, whole)),
        ...(free && { free: { url: `${whole.api}${row.id}/${free.path}/?limit=1`, key: free.key } }),
      },
    ]
  })
  const parts = inOrder(meta).flatMap((model): Add[] => {
    const key = partKey(model, whole)
    if (!key || !model.may.includes('add')) return []
    // What a module brings is the device's, too.
    const device = key === 'module' ? { device: idOf(row.device) } : {}
    return [
      {
        label: titleCase(model.patterns ? model.plural : model.label),
        icon: model.icon,
        href: formHref(model, whole, row, { [key]: row.id, ...device }),
      },
    ]
  })
  return [...own, ...parts]
}

/** All models, those in the menu first and in its order. */
function inOrder(meta: Meta): readonly ModelMeta[] {
  const listed = meta.menus.flatMap(menu => menu.groups.flatMap(group => group.models))
  return [...new Set([...listed, ...Object.keys(meta.models)])].flatMap(name => meta.models[name] ?? [])
}

/** Asks for the first free value and lays it into the address of the form; undefined where none is free. */
export async function withFree({ href, free }: Add): Promise<string | undefined> {
  if (!free) return href
  const [first] = await get<readonly Readonly<Record<string, unknown>>[]>(free.url)
  return first && `${href}&${new URLSearchParams({ [free.key]: String(first[free.key]) })}`
}

type Params = Readonly<Record<string, unknown>>

interface Kind {
  readonly name: string
  readonly label?: string
  readonly with: (row: Row, whole: ModelMeta) => Params
  /** The list of what is free below the object, and the key of a value there. */
  readonly free?: { readonly path: string; readonly key: string }
}

const idOf = (object: unknown) => (object as { id?: number } | null | undefined)?.id
const as =
  (field: string) =>
  (row: Row, whole: ModelMeta): Params => ({
    [`${field}_type`]: whole.name,
    [`${field}_id`]: row.id,
  })

/** What a part of a prefix has in common with it. */
const inPrefix = (row: Row): Params => ({ vrf: idOf(row.vrf), tenant: idOf(row.tenant) })
const onInterface: readonly Kind[] = [
  { name: 'ipam.ipaddress', with: as('assigned_object') },
  { name: 'dcim.macaddress', with: as('assigned_object') },
  { name: 'ipam.fhrpgroupassignment', with: as('interface') },
  { name: 'vpn.tunneltermination', with: as('termination') },
  { name: 'vpn.l2vpntermination', with: as('assigned_object') },
]

const kinds: Readonly<Record<string, readonly Kind[]>> = {
  'dcim.interface': [
    ...onInterface,
    {
      name: 'dcim.interface',
      label: 'Child interface',
      with: row => ({ device: idOf(row.device), parent: row.id, type: 'virtual' }),
    },
    {
      name: 'dcim.inventoryitem',
      with: (row, whole) => ({ device: idOf(row.device), ...as('component')(row, whole) }),
    },
  ],
  'virtualization.vminterface': [
    ...onInterface,
    {
      name: 'virtualization.vminterface',
      label: 'Child interface',
      with: row => ({ virtual_machine: idOf(row.virtual_machine), parent: row.id }),
    },
  ],
  'dcim.device': [{ name: 'ipam.service', with: as('parent') }],
  'virtualization.virtualmachine': [{ name: 'ipam.service', with: as('parent') }],
  'dcim.inventoryitem': [
    { name: 'dcim.inventoryitem', label: 'Child item', with: row => ({ device: idOf(row.device), parent: row.id }) },
  ],
  'ipam.prefix': [
    {
      name: 'ipam.prefix',
      label: 'First free prefix',
      with: row => ({
        ...inPrefix(row),
        vlan: idOf(row.vlan),
        ...(row.scope_type ? { scope_type: row.scope_type, scope_id: row.scope_id } : {}),
      }),
      free: { path: 'available-prefixes', key: 'prefix' },
    },
    {
      name: 'ipam.ipaddress',
      label: 'First free IP address',
      with: inPrefix,
      free: { path: 'available-ips', key: 'address' },
    },
    { name: 'ipam.iprange', with: inPrefix },
  ],
  'ipam.iprange': [
    {
      name: 'ipam.ipaddress',
      label: 'First free IP address',
      with: inPrefix,
      free: { path: 'available-ips', key: 'address' },
    },
  ],
  'ipam.aggregate': [{ name: 'ipam.prefix', with: row => ({ prefix: plain(row.prefix), tenant: idOf(row.tenant) }) }],
  'ipam.asnrange': [
    {
      name: 'ipam.asn',
      label: 'First free ASN',
      with: row => ({ rir: idOf(row.rir) }),
      free: { path: 'available-asns', key: 'asn' },
    },
  ],
  'ipam.vlangroup': [
    {
      name: 'ipam.vlan',
      label: 'First free VLAN',
      with: row => ({ group: row.id }),
      free: { path: 'available-vlans', key: 'vid' },
    },
  ],
  'ipam.vlan': [{ name: 'ipam.prefix', with: row => ({ vlan: row.id, tenant: idOf(row.tenant) }) }],
  'ipam.vrf': [
    { name: 'ipam.prefix', with: row => ({ vrf: row.id }) },
    { name: 'ipam.ipaddress', with: row => ({ vrf: row.id }) },
  ],
  'ipam.fhrpgroup': [{ name: 'ipam.ipaddress', with: as('assigned_object') }],
  'virtualization.cluster': [{ name: 'virtualization.virtualmachine', with: row => ({ cluster: row.id }) }],
  'dcim.region': [{ name: 'dcim.site', with: row => ({ region: row.id }) }],
  'dcim.sitegroup': [{ name: 'dcim.site', with: row => ({ group: row.id }) }],
  'dcim.location': [
    { name: 'dcim.location', label: 'Child location', with: row => ({ site: idOf(row.site), parent: row.id }) },
    { name: 'dcim.rack', with: row => ({ site: idOf(row.site), location: row.id }) },
    { name: 'dcim.device', with: row => ({ site: idOf(row.site), location: row.id }) },
  ],
  'dcim.rack': [
    {
      name: 'dcim.device',
      with: row => ({ site: idOf(row.site), location: idOf(row.location), rack: row.id }),
    },
  ],
}

/** The field by which a part names the whole it cannot do without, or, for templates, may belong to. */
function partKey(model: ModelMeta, whole: ModelMeta): string | undefined {
  const own = whole.name.split('.')[1]
  return Object.keys(model.fields).find(key => {
    const field = model.fields[key]!
    if (field.to?.[0] !== whole.name || field.widget !== 'ref' || field.readonly) return false
    return field.required || (model.patterns && key.replaceAll('_', '') === own)
  })
}

function formHref(model: ModelMeta, whole: ModelMeta, row: Row, params: Params): string {
  const given = Object.entries(params).flatMap(([key, value]) => (value ? [[key, String(value)]] : []))
  return `${model.path}add/?${new URLSearchParams([...given, ['return_url', `${whole.path}${row.id}/`]])}`
}
