import { choice, choices, counter, decimal, integer, json, ref, stored, text } from '@demarc/engine/field'
import { compare, everyday, flag, model, primary, related, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { primaryAddress, primaryAddresses, primaryAddressFilter } from '../dcim/primary-address.ts'
import { configContext } from '../extras/rendering/configcontext.ts'
import { primaryAddressIs } from '../ipam/matching.ts'

export const VirtualMachineStatus = choices('virtualization.VirtualMachine.status', {
  offline: ['Offline', 'gray'],
  active: ['Active', 'green'],
  planned: ['Planned', 'cyan'],
  staged: ['Staged', 'blue'],
  failed: ['Failed', 'red'],
  decommissioning: ['Decommissioning', 'yellow'],
  paused: ['Paused', 'orange'],
})

export const VirtualMachineStartOnBoot = choices('virtualization.VirtualMachine.start_on_boot', {
  on: ['On', 'green'],
  off: ['Off', 'gray'],
  laststate: ['Last State', 'cyan'],
})

export const VirtualMachine = model('virtualization.virtualmachine', {
  label: 'virtual machine',
  about: 'A virtual machine.',
  features: [...everyday, 'contacts', 'image_attachments'],

  fields: {
    name: text({ max: 64, collate: 'natural', filter: { ignoreCase: true } }),
    virtual_machine_type: ref('virtualization.virtualmachinetype', {
      nullable: true,
      label: 'type',
      inverse: 'instances',
      counter: 'virtual_machine_count',
    }),
    role: ref('dcim.devicerole', { nullable: true, inverse: 'virtual_machines' }),
    status: choice(VirtualMachineStatus, { default: 'active', filter: { notNull: true } }),
    start_on_boot: choice(VirtualMachineStartOnBoot, { default: 'off', filter: { notNull: true }, max: 32 }),
    site: ref('dcim.site', { nullable: true, inverse: 'virtual_machines' }),
    cluster: ref('virtualization.cluster', { nullable: true, inverse: 'virtual_machines' }),
    device: ref('dcim.device', { nullable: true, inverse: 'virtual_machines' }),
    platform: ref('dcim.platform', { nullable: true, onDelete: 'set null', inverse: 'virtual_machines' }),
    ...primaryAddresses,
    vcpus: decimal({ digits: 6, places: 2, nullable: true, label: 'vCPUs' }),
    memory: integer({ nullable: true, min: 0 }),
    disk: integer({ nullable: true, min: 0 }),
    serial: text({ blank: true, default: '', label: 'serial number', max: 50 }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'virtual_machines' }),
    local_context_data: json({
      nullable: true,
      help: 'Local config context data takes precedence over source contexts in the final rendered config context',
    }),
    config_template: ref('extras.configtemplate', {
      nullable: true,
      inverse: 'virtualmachines',
      filter: { only: 'id' },
    }),
    interface_count: counter(),
    virtual_disk_count: counter(),
    _config_context_data: stored<unknown | null>('jsonb', { nullable: true }),
    _config_context_generation: stored<number>('bigint', { default: 0 }),
    ...primary,
  },

  derived: { ...primaryAddress, config_context: configContext('virtualization.virtualmachine') },

  display: { from: ['name'], as: row => row.name },
  resets: ['virtual_machine_type', 'site', 'cluster', 'device', 'tenant', 'config_template'],
  order: ['name', 'id'],
  unique: [
    {
      name: 'virtualization_virtualmachine_unique_name_cluster_tenant',
      columns: ['lower(name)', 'cluster', 'tenant'],
      where: 'cluster_id is not null',
      nulls: 'same',
      message: 'Virtual machine name must be unique per cluster and tenant.',
    },
    {
      name: 'virtualization_virtualmachine_unique_name_device_tenant',
      columns: ['lower(name)', 'device', 'tenant'],
      where: 'cluster_id is null and device_id is not null',
      nulls: 'same',
      message: 'Virtual machine name must be unique per device and tenant.',
    },
  ],
  index: [['name', 'id'], 'using btree (id) where _config_context_data is null'],
  quick: ['name', 'description', 'comments', 'serial', primaryAddressIs],
  search: { serial: 60, name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: [
    'virtual_machine_type',
    'site',
    'cluster',
    'device',
    'tenant',
    'platform',
    'status',
    'role',
    'vcpus',
    'memory',
    'disk',
  ],

  filters: {
    ...primaryAddressFilter,
    local_context_data: flag(row => sql`${row['local_context_data']} is not null`),
    cluster_group: related('cluster.group'),
    cluster_type: related('cluster.type'),
    region: related('site.region'),
    site_group: related('site.group'),
    mac_address: compare('interfaces.mac_addresses.mac_address'),
  },

  file: {
    table: {
      first: [
        'name',
        'virtual_machine_type',
        'role',
        'status',
        'site',
        'cluster',
        'tenant',
        'vcpus',
        'memory',
        'disk',
        ['primary_ip', 'IP Address'],
      ],
      more: [
        'id',
        'start_on_boot',
        'device',
        'platform',
        ['primary_ip4', 'IPv4 Address'],
        ['primary_ip6', 'IPv6 Address'],
        'description',
        'serial',
        'tenant.group',
        'contacts',
        'comments',
        'tags',
        ['config_template', 'Config Template'],
        'created',
        'last_updated',
        'owner.group',
        'owner',
        ['interface_count', 'Interfaces'],
        ['virtual_disk_count', 'Virtual Disks'],
      ],
    },
  },

  ui: {
    icon: 'device-desktop',
    columns: [
      'name',
      'virtual_machine_type',
      'role',
      'status',
      'site',
      'cluster',
      'tenant',
      'vcpus',
      'memory',
      'disk',
      'primary_ip',
    ],
    form: {
      'Virtual Machine': [
        'name',
        'virtual_machine_type',
        'role',
        'status',
        'start_on_boot',
        'description',
        'serial',
        'tags',
      ],
      Placement: ['site', 'cluster', 'device'],
      Tenancy: ['tenant'],
      Management: ['platform', 'primary_ip4', 'primary_ip6', 'config_template'],
      Resources: ['vcpus', 'memory', 'disk'],
      'Config Context': ['local_context_data'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    virtualization_virtualmachine: RowOf<typeof VirtualMachine>
  }
}
