import type { Batch } from '@demarc/engine/model'

/** A module that leaves its device, and all modules that go with it. */
interface Leaving {
  readonly root: number
  readonly modules: readonly number[]
}

type Parts = ReadonlyMap<string, readonly any[]>

/** Tables of rows that point to an interface by name of model and id. */
const heldByInterface = [
  ['ipam_ipaddress', 'assigned_object', 'IP addresses'],
  ['ipam_fhrpgroupassignment', 'interface', 'FHRP groups'],
  ['vpn_tunneltermination', 'termination', 'tunnel terminations'],
  ['vpn_l2vpntermination', 'assigned_object', 'L2VPN terminations'],
] as const

/** References from one component of a device to another. */
const relations = [
  ['dcim.interface', 'parent_id', 'dcim.interface', 'parent interface'],
  ['dcim.interface', 'bridge_id', 'dcim.interface', 'bridge interface'],
  ['dcim.interface', 'lag_id', 'dcim.interface', 'LAG'],
  ['dcim.poweroutlet', 'power_port_id', 'dcim.powerport', 'power port'],
  ['dcim.coolingoutflow', 'cooling_intake_id', 'dcim.coolingintake', 'cooling intake'],
] as const

/** What keeps modules from leaving their device: cables, addresses, and ties to what stays. */
export async function obstaclesAbroad(
  { tx }: Batch,
  leaving: readonly Leaving[],
  parts: Parts,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, string[]>(leaving.map(({ root }) => [root, []]))
  if (leaving.length === 0) return found
  const rootOf = new Map(leaving.flatMap(({ root, modules }) => modules.map(id => [id, root] as const)))
  const moved = new Map<string, Map<number, any>>()
  for (const [kind, rows] of parts)
    moved.set(kind, new Map(rows.filter(row => rootOf.has(row.module_id)).map(row => [row.id, row])))
  const object = (kind: string, id: number, why: string) => {
    const part = moved.get(kind)?.get(id)
    const list = part && found.get(rootOf.get(part.module_id)!)
    const text = `${part?.name} ${why}`
    if (list && !list.includes(text)) list.push(text)
  }
  for (const [kind, rows] of moved)
    for (const { id, cable_id, mark_connected } of rows.values()) {
      if (cable_id) object(kind, id, 'has a cable.')
      else if (mark_connected) object(kind, id, 'is marked as connected.')
    }
  const interfaces = moved.get('dcim.interface')!
  for (const row of interfaces.values()) {
    if (row.wireless_link_id) object('dcim.interface', row.id, 'has a wireless link.')
    if (row.untagged_vlan_id || row.qinq_svlan_id) object('dcim.interface', row.id, 'has VLANs.')
    if (row.vlan_translation_policy_id) object('dcim.interface', row.id, 'has a VLAN translation policy.')
    if (row.vrf_id) object('dcim.interface', row.id, 'has a VRF.')
  }
  const held = await tx.query<{ id: number; what: string }>(
    `select interface_id as id, 'VLANs' as what from dcim_interface_tagged_vlans where interface_id = any($1::bigint[])
     union all select interface_id, 'wireless LANs' from dcim_interface_wireless_lans where interface_id = any($1::bigint[])
     union all select interface_id, 'virtual device contexts' from dcim_interface_vdcs where interface_id = any($1::bigint[])
     union all select interface_id, 'a virtual circuit termination' from circuits_virtualcircuittermination where interface_id = any($1::bigint[])
     ${heldByInterface
       .map(
         ([table, field, what]) =>
           `union all select ${field}_id, '${what}' from ${table} where ${field}_type = 'dcim.interface' and ${field}_id = any($1::bigint[])`,
       )
       .join(' ')}`,
    [[...interfaces.keys()]],
  )
  for (const { id, what } of held) object('dcim.interface', id, `has ${what}.`)
  for (const [kind, column, to, what] of relations) {
    const [own, others] = [moved.get(kind)!, moved.get(to)!]
    const rows = await tx.query<{ id: number; other: number }>(
      `select id, ${column} as other from ${kind.replace('.', '_')}
       where ${column} is not null and (id = any($1::bigint[]) <> (${column} = any($2::bigint[])))`,
      [[...own.keys()], [...others.keys()]],
    )
    for (const { id, other } of rows)
      if (own.has(id)) object(kind, id, `has a ${what} that stays.`)
      else object(to, other, `is the ${what} of what stays.`)
  }
  const [fronts, rears] = [moved.get('dcim.frontport')!, moved.get('dcim.rearport')!]
  const mappings = await tx.query<{ front: number; rear: number }>(
    `select front_port_id as front, rear_port_id as rear from dcim_portmapping
     where front_port_id = any($1::bigint[]) <> (rear_port_id = any($2::bigint[]))`,
    [[...fronts.keys()], [...rears.keys()]],
  )
  for (const { front, rear } of mappings)
    if (fronts.has(front)) object('dcim.frontport', front, 'leads to a port that stays.')
    else object('dcim.rearport', rear, 'leads to a port that stays.')
  const items = await tx.query<{ type: string; id: number }>(
    `select i.component_type as type, i.component_id as id from dcim_inventoryitem as i
     join unnest($1::text[], $2::bigint[]) as v(type, id) on i.component_type = v.type and i.component_id = v.id`,
    [
      [...moved].flatMap(([kind, rows]) => [...rows.keys()].map(() => kind)),
      [...moved].flatMap(([, rows]) => [...rows.keys()]),
    ],
  )
  for (const { type, id } of items) object(type, id, 'has inventory items.')
  return found
}
