import { anyOf, type Columns, type FilterSpec } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

/** Interfaces of devices; the master of a virtual chassis answers for its members' interfaces, but for management. */
const interfacesOf = (devices: RawBuilder<boolean>) => sql`
  select interface.id
  from dcim_device as device
  join dcim_interface as interface on interface.device_id = device.id
  where ${devices}
  union all
  select interface.id
  from dcim_device as device
  join dcim_virtualchassis as chassis on chassis.master_id = device.id
  join dcim_device as member on member.virtual_chassis_id = chassis.id
  join dcim_interface as interface on interface.device_id = member.id and not interface.mgmt_only
  where ${devices}`

const vmInterfacesOf = (machines: RawBuilder<boolean>) => sql`
  select interface.id
  from virtualization_virtualmachine as machine
  join virtualization_vminterface as interface on interface.virtual_machine_id = machine.id
  where ${machines}`

/** Finds by the device or virtual machine whose interface a reference (`assigned_object`) points to. */
export function interfaceOwnerFilters(reference: string): Readonly<Record<string, FilterSpec>> {
  const assigned = (row: Columns, to: string, interfaces: RawBuilder<unknown>) =>
    sql<boolean>`(${row[`${reference}_type`]} = ${sql.lit(to)} and ${row[`${reference}_id`]} in (${interfaces}))`
  const onDevice = (row: Columns, devices: RawBuilder<boolean>) =>
    assigned(row, 'dcim.interface', interfacesOf(devices))
  const onMachine = (row: Columns, machines: RawBuilder<boolean>) =>
    assigned(row, 'virtualization.vminterface', vmInterfacesOf(machines))
  return {
    device: anyOf('text', (row, names) => onDevice(row, sql`device.name = any(${names})`)),
    device_id: anyOf<number>('number', (row, ids) => onDevice(row, sql`device.id = any(${ids}::bigint[])`)),
    virtual_machine: anyOf('text', (row, names) => onMachine(row, sql`machine.name = any(${names})`)),
    virtual_machine_id: anyOf<number>('number', (row, ids) => onMachine(row, sql`machine.id = any(${ids}::bigint[])`)),
  }
}

/** What addresses of an owner are assigned to: the type, and SQL that yields the ids, for `owner.id`. */
const holders: Readonly<Record<string, readonly [type: string, ids: RawBuilder<unknown>]>> = {
  'dcim.device': ['dcim.interface', interfacesOf(sql`device.id = owner.id`)],
  'ipam.fhrpgroup': ['ipam.fhrpgroup', sql`select owner.id`],
  'virtualization.virtualmachine': ['virtualization.vminterface', vmInterfacesOf(sql`machine.id = owner.id`)],
}

/** SQL that yields devices, virtual machines or redundancy groups as `id`, and the ids of their addresses as `value`. */
export function addressesOf(model: string, ids: RawBuilder<number[]>): RawBuilder<unknown> {
  const [type, held] = holders[model] ?? ['', sql`select null::bigint`]
  return sql`
    select owner.id, json_agg(distinct address.id) as value
    from unnest(${ids}) as owner (id)
    cross join lateral (${held}) as holder (id)
    join ipam_ipaddress as address on address.assigned_object_type = ${sql.lit(type)} and address.assigned_object_id = holder.id
    group by owner.id`
}
