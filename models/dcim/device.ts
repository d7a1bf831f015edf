import {
  choice,
  choices,
  counter,
  decimal,
  integer,
  json,
  ref,
  smallint,
  stored,
  text,
  type Shape,
} from '@demarc/engine/field'
import { model, compare, everyday, flag, inverseOne, primary, related, type RowOf } from '@demarc/engine/model'
import { installInBays } from './device-bay-file.ts'
import { sql } from 'kysely'
import { configContext } from '../extras/rendering/configcontext.ts'
import { primaryAddressIs } from '../ipam/matching.ts'
import { has, presenceFilters } from './presence.ts'
import { hostAddressShape, primaryAddress, primaryAddresses, primaryAddressFilter } from './primary-address.ts'
import { linkShape } from './shapes.ts'

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

/** What a device without a name is called by: its place in a virtual chassis, or its make. */
interface Standin {
  readonly chassis: string | null
  readonly make: string
}

interface Named {
  readonly id: number
  readonly name: string | null
  readonly asset_tag: string | null
  readonly vc_position: number | null
}

function displayOf({ id, name, asset_tag, vc_position }: Named, standin?: Standin): string {
  const label = name || (standin?.chassis ? `${standin.chassis}:${vc_position}` : null)
  if (label) return asset_tag ? `${label} (${asset_tag})` : label
  return `${standin?.make} (${asset_tag || id})`
}

/** How the bay that a device is installed in is shown. */
const bayShape: Shape = ['id', 'url', 'display_url', 'display', { device: linkShape }, 'name']

export const Device = model('dcim.device', {
  label: 'device',
  about: 'An installed piece of hardware: a switch, a server, a patch panel.',
  features: [...everyday, 'contacts', 'image_attachments'],

  fields: {
    name: text({ nullable: true, max: 64, collate: 'natural', filter: { ignoreCase: true } }),
    device_type: ref('dcim.devicetype', {
      file: { within: { manufacturer: 'manufacturer' } },
      inverse: 'instances',
      counter: 'device_count',
    }),
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
    latitude: decimal({
      digits: 8,
      places: 6,
      min: -90,
      max: 90,
      nullable: true,
      help: 'GPS coordinate in decimal format (xx.yyyyyy)',
    }),
    longitude: decimal({
      digits: 9,
      places: 6,
      min: -180,
      max: 180,
      nullable: true,
      help: 'GPS coordinate in decimal format (xx.yyyyyy)',
    }),
    status: choice(DeviceStatus, { default: 'active', filter: { notNull: true } }),
    airflow: choice(DeviceAirflow, { nullable: true, filter: { single: true } }),
    cooling_method: choice(CoolingMethod, { nullable: true, filter: { single: true } }),
    ...primaryAddresses,
    oob_ip: ref('ipam.ipaddress', {
      nullable: true,
      unique: true,
      label: 'out-of-band IP',
      onDelete: 'set null',
      inverse: '+',
      filter: { only: 'id' },
      nested: hostAddressShape,
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
      counter: 'member_count',
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
    from: ['name', 'asset_tag', 'vc_position'],
    as: displayOf,
    when: row => !row.name,
    load: ids => sql`
      select device.id, json_build_object('chassis', chassis.name, 'make', manufacturer.name || ' ' || type.model) as value
      from dcim_device as device
      join dcim_devicetype as type on type.id = device.device_type_id
      join dcim_manufacturer as manufacturer on manufacturer.id = type.manufacturer_id
      left join dcim_virtualchassis as chassis on chassis.id = device.virtual_chassis_id
      where device.id = any(${ids})`,
  },
  order: ['name', 'id'],
  unique: [
    {
      name: 'dcim_device_unique_name_site_tenant',
      columns: ['lower(name)', 'site', 'tenant'],
      where: 'name is not null',
      nulls: 'same',
      message: 'Device name must be unique per site and tenant.',
    },
    ['rack', 'position', 'face'],
    ['virtual_chassis', 'vc_position'],
  ],
  index: [['name', 'id']],
  resets: ['tenant', 'location', 'rack', 'virtual_chassis', 'vc_position', 'position', 'face', 'config_template'],
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

  derived: {
    ...primaryAddress,
    parent_device: {
      ...inverseOne('dcim.devicebay.installed_device', { nested: bayShape }),
      wire: 'field',
      wrap: bay => ({ ...bay.device, device_bay: bay }),
    },
    config_context: configContext('dcim.device'),
  },

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
    local_context_data: flag(row => sql`${row['local_context_data']} is not null`, 'Has local config context data'),
    ...primaryAddressFilter,
    has_oob_ip: flag(row => sql`${row['oob_ip_id']} is not null`, 'Has an out-of-band IP'),
    virtual_chassis_member: flag(row => sql`${row['virtual_chassis_id']} is not null`, 'Is a virtual chassis member'),
    ...presenceFilters('device_id'),
    device_bays: has('dcim_devicebay', 'device_id', 'Has device bays'),
    has_virtual_device_context: has('dcim_virtualdevicecontext', 'device_id', 'Has virtual device contexts'),
  },

  file: {
    covers: ids => sql`
      select chassis.master_id as id, json_agg(member.id) as value
      from dcim_virtualchassis as chassis join dcim_device as member on member.virtual_chassis_id = chassis.id
      where chassis.master_id = any(${ids}) group by chassis.master_id`,
    table: {
      first: [
        'name',
        'status',
        'tenant',
        'site',
        'location',
        'rack',
        'role',
        ['device_type.manufacturer', 'Manufacturer'],
        ['device_type', 'Type'],
        ['primary_ip', 'IP Address'],
      ],
      more: [
        'id',
        'tenant.group',
        'serial',
        'asset_tag',
        ['site.region', 'Region'],
        'site.group',
        ['parent_device', 'Parent Device'],
        ['device_bay_position', 'Position (Device Bay)'],
        ['position', 'Position'],
        'face',
        'latitude',
        'longitude',
        'airflow',
        ['cooling_method', 'Cooling Method'],
        ['primary_ip4', 'IPv4 Address'],
        ['primary_ip6', 'IPv6 Address'],
        ['oob_ip', 'OOB IP'],
        'cluster',
        ['virtual_chassis', 'Virtual Chassis'],
        ['vc_position', 'VC Position'],
        ['vc_priority', 'VC Priority'],
        'description',
        ['config_template', 'Config Template'],
        'comments',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
        ['device_type.u_height', 'U Height'],
        'platform',
        ['console_port_count', 'Console ports'],
        ['console_server_port_count', 'Console server ports'],
        ['power_port_count', 'Power ports'],
        ['power_outlet_count', 'Power outlets'],
        ['cooling_intake_count', 'Cooling intakes'],
        ['cooling_outflow_count', 'Cooling outflows'],
        ['interface_count', 'Interfaces'],
        ['front_port_count', 'Front ports'],
        ['rear_port_count', 'Rear ports'],
        ['device_bay_count', 'Device bays'],
        ['module_bay_count', 'Module bays'],
        ['inventory_item_count', 'Inventory items'],
      ],
    },
    columns: {
      manufacturer: { to: 'dcim.manufacturer' },
      parent: { to: 'dcim.device' },
      device_bay: { to: 'dcim.devicebay', within: { parent: 'device' } },
    },
    after: installInBays,
  },

  ui: {
    icon: 'server',
    columns: ['name', 'status', 'tenant', 'site', 'location', 'rack', 'role', 'device_type', 'primary_ip'],
    form: {
      Device: ['name', 'role', 'description', 'tags'],
      Hardware: ['device_type', 'airflow', 'cooling_method', 'serial', 'asset_tag'],
      Location: ['site', 'location', 'rack', 'face', 'position', 'latitude', 'longitude'],
      Management: ['status', 'platform', 'config_template', 'primary_ip4', 'primary_ip6', 'oob_ip'],
      Virtualization: ['cluster'],
      Tenancy: ['tenant'],
      'Virtual Chassis': ['virtual_chassis', 'vc_position', 'vc_priority'],
      'Local Config Context Data': ['local_context_data'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_device: RowOf<typeof Device>
  }
}
