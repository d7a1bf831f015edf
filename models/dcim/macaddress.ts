import { anyRef, mac } from '@demarc/engine/field'
import { model, anyOf, flag, primary, related, type Columns, type RowOf } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'
import { countsAsOf, devicesNamed, devicesWith } from './chassis-interfaces.ts'

/** MAC addresses that are the primary one of an interface. */
const primaries = sql`
  select primary_mac_address_id from dcim_interface where primary_mac_address_id is not null
  union all
  select primary_mac_address_id from virtualization_vminterface where primary_mac_address_id is not null`

/** Whether an address belongs to an interface that the devices given count as their own. */
const onInterfaceOf = (row: Columns, devices: RawBuilder<unknown>) =>
  sql<boolean>`${row['assigned_object_type']} = 'dcim.interface' and ${row['assigned_object_id']} in (
    select own.id from dcim_interface as own
    where ${countsAsOf(sql.ref('own.device_id'), sql.ref('own.mgmt_only'), devices, 'master')}
  )`

const onMachine = (row: Columns, machines: RawBuilder<unknown>) =>
  sql<boolean>`${row['assigned_object_type']} = 'virtualization.vminterface' and ${row['assigned_object_id']} in (
    select id from virtualization_vminterface
    where virtual_machine_id in (select id from virtualization_virtualmachine where ${machines})
  )`

export const MACAddress = model('dcim.macaddress', {
  label: 'MAC address',
  plural: 'MAC addresses',
  about: 'A link-layer address, optionally assigned to an interface.',

  fields: {
    mac_address: mac({ label: 'MAC address' }),
    assigned_object: anyRef(['dcim.interface', 'virtualization.vminterface'], {
      nullable: true,
      inverse: 'mac_addresses',
    }),
    ...primary,
  },

  display: { from: ['mac_address'], as: row => row.mac_address.toUpperCase() },
  order: ['mac_address', 'id'],
  index: [['mac_address', 'id']],
  quick: ['mac_address', 'description'],
  search: { mac_address: 100, description: 500, comments: 5000 },
  brief: ['mac_address', 'description'],

  derived: {
    is_primary: {
      wire: 'boolean',
      load: ids => sql`select id, to_json(true) as value from (${primaries}) as primaries (id) where id = any(${ids})`,
      as: (_row, primary) => primary ?? false,
    },
  },

  filters: {
    interface: related('interface'),
    vminterface: related('vminterface'),
    device: anyOf('text', (row, names) => onInterfaceOf(row, devicesNamed(names)), { label: 'Device (name)' }),
    device_id: anyOf<number>('number', (row, ids) => onInterfaceOf(row, devicesWith(ids)), { label: 'Device (ID)' }),
    virtual_machine: anyOf('text', (row, names) => onMachine(row, sql`name = any(${names}::text[])`), {
      label: 'Virtual machine (name)',
    }),
    virtual_machine_id: anyOf<number>('number', (row, ids) => onMachine(row, sql`id = any(${ids}::bigint[])`), {
      label: 'Virtual machine (ID)',
    }),
    assigned: flag(row => sql`${row['assigned_object_id']} is not null`, 'Is assigned'),
    primary: flag(row => sql`${row['id']} in (${primaries})`, 'Is primary'),
  },

  file: {
    table: {
      first: [
        ['mac_address', 'MAC Address'],
        ['is_primary', 'Primary'],
        ['assigned_object_parent', 'Parent'],
        ['assigned_object', 'Interface'],
        'description',
      ],
      more: ['id', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
    columns: {
      device: { to: 'dcim.device' },
      virtual_machine: { to: 'virtualization.virtualmachine' },
      interface: {
        to: { device: 'dcim.interface', virtual_machine: 'virtualization.vminterface' },
        within: { device: 'device', virtual_machine: 'virtual_machine' },
        sets: 'assigned_object',
      },
    },
  },

  ui: {
    icon: 'id-badge',
    columns: ['mac_address', 'is_primary', 'assigned_object', 'description'],
    form: {
      'Mac address': ['mac_address', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_macaddress: RowOf<typeof MACAddress>
  }
}
