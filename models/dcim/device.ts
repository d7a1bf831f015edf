import { choice, choices, counter, decimal, integer, json, ref, smallint, stored, text } from '@demarc/engine/field'
import { model, compare, everyday, primary, related, type RowOf } from '@demarc/engine/model'
import { primaryAddressIs } from '../ipam/matching.ts'

export const DeviceFace = choices('DeviceFace', {
  front: ['Front'],
  rear: ['Rear'],
})

export const DeviceStatus = choices('dcim.Device.status', {
  offline: ['Offline', 'gray'],
  active: ['Active', 'green'],
  planned: ['Planned', 'cyan'],
  staged: ['Staged', 'blue'],
  failed: ['Failed', 'red'],
  inventory: ['Inventory', 'purple'],
  decommissioning: ['Decommissioning', 'yellow'],
})

export const DeviceAirflow = choices('dcim.Device.airflow', {
  'front-to-rear': ['Front to rear'],
  'rear-to-front': ['Rear to front'],
  'left-to-right': ['Left to right'],
  'right-to-left': ['Right to left'],
  'side-to-rear': ['Side to rear'],
  'rear-to-side': ['Rear to side'],
  'bottom-to-top': ['Bottom to top'],
  'top-to-bottom': ['Top to bottom'],
  passive: ['Passive'],
  mixed: ['Mixed'],
})

export const CoolingMethod = choices('CoolingMethod', {
  air: ['Air', 'cyan'],
  liquid: ['Liquid', 'blue'],
  hybrid: ['Hybrid', 'purple'],
  immersion: ['Immersion', 'indigo'],
})

/** The name, or what stands for it: the place in a virtual chassis, or else the type. */
const labelOf = (row: { readonly [column: string]: any }): string => {
  const tag = row['asset_tag'] ? ` (${row['asset_tag']})` : ''
  if (row['name'] !== null) return row['name'] + tag
  if (row['virtual_chassis']) return `${row['virtual_chassis']}:${row['vc_position']}${tag}`
  return row['device_type'] ? `${row['device_type']} (${row['asset_tag'] ?? row['id']})` : ''
}

export const Device = model('dcim.device', {
  label: 'device',
  about: 'An installed piece of hardware: a switch, a server, a patch panel.',
  features: [...everyday, 'contacts', 'image_attachments'],

  fields: {
    name: text({ nullable: true, max: 64, collate: 'natural', filter: { ignoreCase: true } }),
    device_type: ref('dcim.devicetype', { inverse: 'instances' }),
    role: ref('dcim.devicerole', { help: 'The function this device serves', inverse: 'devices' }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'devices' }),
    platform: ref('dcim.platform', { nullable: true, onDelete: 'set null', inverse: 'devices' }),
    serial: text({
      blank: true,
      default: '',
      label: 'serial number',
      help: 'Chassis serial number, assigned by the manufacturer',
      max: 50,
      filter: { ignoreCase: true },
    }),
    asset_tag: text({ nullable: true, unique: true, help: 'A unique tag used to identify this device', max: 50 }),
    site: ref('dcim.site', { inverse: 'devices' }),
    location: ref('dcim.location', { nullable: true, inverse: 'devices' }),
    rack: ref('dcim.rack', { nullable: true, inverse: 'devices', filter: { only: 'id' } }),
    position: decimal({
      digits: 4,
      places: 1,
      nullable: true,
      label: 'position (U)',
      help: 'The lowest-numbered unit occupied by the device',
    }),
    face: choice(DeviceFace, { nullable: true, label: 'rack face', filter: { single: true } }),
    latitude: decimal({ digits: 8, places: 6, nullable: true, help: 'GPS coordinate in decimal format (xx.yyyyyy)' }),
    longitude: decimal({ digits: 9, places: 6, nullable: true, help: 'GPS coordinate in decimal format (xx.yyyyyy)' }),
    status: choice(DeviceStatus, { default: 'active', filter: { notNull: true } }),
    airflow: choice(DeviceAirflow, { nullable: true, filter: { single: true } }),
    cooling_method: choice(CoolingMethod, { nullable: true, filter: { single: true } }),
    primary_ip4: ref('ipam.ipaddress', {
      nullable: true,
      unique: true,
      label: 'primary IPv4',
      onDelete: 'set null',
      inverse: '+',
      filter: { by: 'address' },
      nested: [
        'id',
        'url',
        'display',
        'family',
        'address',
        { nat_inside: ['id', 'url', 'display_url', 'display', 'family', 'address'] },
        { nat_outside: ['id', 'url', 'display_url', 'display', 'family', 'address'] },
        'dns_name',
        'description',
      ],
    }),
    primary_ip6: ref('ipam.ipaddress', {
      nullable: true,
      unique: true,
      label: 'primary IPv6',
      onDelete: 'set null',
      inverse: '+',
      filter: { by: 'address' },
      nested: [
        'id',
        'url',
        'display',
        'family',
        'address',
        { nat_inside: ['id', 'url', 'display_url', 'display', 'family', 'address'] },
        { nat_outside: ['id', 'url', 'display_url', 'display', 'family', 'address'] },
        'dns_name',
        'description',
      ],
    }),
    oob_ip: ref('ipam.ipaddress', {
      nullable: true,
      unique: true,
      label: 'out-of-band IP',
      onDelete: 'set null',
      inverse: '+',
      filter: { only: 'id' },
      nested: [
        'id',
        'url',
        'display',
        'family',
        'address',
        { nat_inside: ['id', 'url', 'display_url', 'display', 'family', 'address'] },
        { nat_outside: ['id', 'url', 'display_url', 'display', 'family', 'address'] },
        'dns_name',
        'description',
      ],
    }),
    cluster: ref('virtualization.cluster', {
      nullable: true,
      onDelete: 'set null',
      inverse: 'devices',
      filter: { only: 'id' },
    }),
    virtual_chassis: ref('dcim.virtualchassis', {
      nullable: true,
      onDelete: 'set null',
      inverse: 'members',
      filter: { only: 'id' },
    }),
    vc_position: integer({ nullable: true, label: 'VC position', help: 'Virtual chassis position', min: 0, max: 255 }),
    vc_priority: smallint({
      nullable: true,
      label: 'VC priority',
      help: 'Virtual chassis master election priority',
      min: 0,
      max: 255,
    }),
    config_template: ref('extras.configtemplate', { nullable: true, inverse: 'devices', filter: { only: 'id' } }),
    local_context_data: json({
      nullable: true,
      help: 'Local config context data takes precedence over source contexts in the final rendered config context',
    }),
    console_port_count: counter(),
    console_server_port_count: counter(),
    power_port_count: counter(),
    power_outlet_count: counter(),
    cooling_intake_count: counter(),
    cooling_outflow_count: counter(),
    interface_count: counter(),
    front_port_count: counter(),
    rear_port_count: counter(),
    device_bay_count: counter(),
    module_bay_count: counter(),
    inventory_item_count: counter(),
    _config_context_data: stored<unknown | null>('jsonb', { nullable: true }),
    _config_context_generation: stored<number>('bigint', { default: 0 }),
    ...primary,
  },

  display: {
    from: ['name', 'asset_tag', 'virtual_chassis', 'vc_position', 'device_type'],
    as: row => labelOf(row),
    when: row => row.name === null,
  },
  order: ['name', 'id'],
  unique: [
    ['rack', 'position', 'face'],
    ['virtual_chassis', 'vc_position'],
  ],
  index: [['name', 'id'], ['id']],
  quick: ['name', 'virtual_chassis.name', 'serial', 'asset_tag', 'description', 'comments', primaryAddressIs],
  search: { asset_tag: 50, serial: 60, name: 100, virtual_chassis: 200, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: [
    'device_type',
    'role',
    'tenant',
    'platform',
    'site',
    'location',
    'rack',
    'face',
    'status',
    'airflow',
    'cooling_method',
    'cluster',
    'virtual_chassis',
  ],

  filters: {
    manufacturer: related('device_type.manufacturer'),
    parent_device: related('parent_bay.device', { only: 'id' }),
    region: related('site.region'),
    site_group: related('site.group'),
    parent_bay: related('parent_bay', { only: 'id' }),
    cluster_group: related('cluster.group'),
    model: related('device_type', { only: 'key' }),
    is_full_depth: compare('device_type.is_full_depth'),
    mac_address: compare('interfaces.mac_addresses.mac_address'),
  },

  ui: {
    icon: 'server',
    columns: ['name', 'status', 'tenant', 'site', 'location', 'rack', 'role', 'device_type', 'primary_ip'],
    form: {
      Device: [
        'name',
        'device_type',
        'role',
        'tenant',
        'platform',
        'serial',
        'asset_tag',
        'site',
        'location',
        'rack',
        'position',
        'face',
        'latitude',
        'longitude',
        'status',
        'airflow',
        'cooling_method',
        'primary_ip4',
        'primary_ip6',
        'oob_ip',
        'cluster',
        'virtual_chassis',
        'vc_position',
        'vc_priority',
        'description',
        'config_template',
        'local_context_data',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_device: RowOf<typeof Device>
  }
}
