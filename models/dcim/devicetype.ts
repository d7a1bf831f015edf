import { boolean, choice, choices, counter, date, decimal, image, ref, slug, stored, text } from '@demarc/engine/field'
import { model, everyday, flag, primary, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { WeightUnit } from '../units.ts'
import { CoolingMethod, DeviceAirflow } from './device.ts'
import { has, presenceFilters } from './presence.ts'

export const SubdeviceRole = choices('SubdeviceRole', {
  parent: ['Parent'],
  child: ['Child'],
})

export const DeviceType = model('dcim.devicetype', {
  label: 'device type',
  about: 'A make and model of device, with the components that each new device of it gets.',
  features: [...everyday, 'image_attachments'],

  fields: {
    manufacturer: ref('dcim.manufacturer', { inverse: 'device_types' }),
    default_platform: ref('dcim.platform', { nullable: true, onDelete: 'set null', inverse: '+' }),
    model: text({ max: 100 }),
    slug: slug(),
    part_number: text({ blank: true, default: '', help: 'Discrete part number (optional)', max: 50 }),
    u_height: decimal({ digits: 4, places: 1, min: 0, default: 1.0, label: 'height (U)' }),
    exclude_from_utilization: boolean({
      default: false,
      help: 'Devices of this type are excluded when calculating rack utilization.',
    }),
    is_full_depth: boolean({ default: true, help: 'Device consumes both front and rear rack faces.' }),
    subdevice_role: choice(SubdeviceRole, {
      nullable: true,
      label: 'parent/child status',
      help: 'Parent devices house child devices in device bays. Leave blank if this device type is neither a parent nor a child.',
      filter: { single: true },
    }),
    airflow: choice(DeviceAirflow, { nullable: true, filter: { single: true } }),
    cooling_method: choice(CoolingMethod, { nullable: true, filter: { single: true } }),
    weight: decimal({ digits: 8, places: 2, nullable: true }),
    weight_unit: choice(WeightUnit, { nullable: true, filter: { single: true } }),
    end_of_life: date({
      nullable: true,
      help: 'The date after which this device type is no longer supported by the manufacturer',
    }),
    front_image: image({ folder: 'devicetype-images', required: false }),
    rear_image: image({ folder: 'devicetype-images', required: false }),
    device_count: counter(),
    console_port_template_count: counter(),
    console_server_port_template_count: counter(),
    power_port_template_count: counter(),
    power_outlet_template_count: counter(),
    cooling_intake_template_count: counter(),
    cooling_outflow_template_count: counter(),
    interface_template_count: counter(),
    front_port_template_count: counter(),
    rear_port_template_count: counter(),
    device_bay_template_count: counter(),
    module_bay_template_count: counter(),
    inventory_item_template_count: counter(),
    _abs_weight: stored<number | null>('bigint', { nullable: true }),
    ...primary,
  },

  display: { from: ['model'], as: row => row.model },
  resets: ['u_height'],
  order: ['manufacturer', 'model'],
  unique: [
    ['manufacturer', 'model'],
    ['manufacturer', 'slug'],
  ],
  quick: ['manufacturer.name', 'model', 'part_number', 'description', 'comments'],
  search: { model: 100, part_number: 200, description: 500, comments: 5000 },
  brief: ['manufacturer', 'model', 'slug', 'description', 'device_count'],
  clone: [
    'manufacturer',
    'default_platform',
    'u_height',
    'is_full_depth',
    'subdevice_role',
    'airflow',
    'cooling_method',
    'weight',
    'weight_unit',
  ],

  filters: {
    has_front_image: flag(row => sql`${row['front_image']} <> ''`, 'Has a front image'),
    has_rear_image: flag(row => sql`${row['rear_image']} <> ''`, 'Has a rear image'),
    ...presenceFilters('device_type_id', 'template'),
    device_bays: has('dcim_devicebaytemplate', 'device_type_id', 'Has device bays'),
    inventory_items: has('dcim_inventoryitemtemplate', 'device_type_id', 'Has inventory items'),
  },

  file: {
    document: [
      'manufacturer',
      'model',
      'slug',
      'description',
      'default_platform',
      'part_number',
      'u_height',
      'is_full_depth',
      'subdevice_role',
      'airflow',
      'cooling_method',
      'weight',
      'weight_unit',
      'end_of_life',
      'comments',
    ],
    table: {
      first: [
        ['model', 'Device Type'],
        'manufacturer',
        'part_number',
        ['u_height', 'U Height'],
        ['is_full_depth', 'Full Depth'],
        ['device_count', 'Device Count'],
      ],
      more: [
        'id',
        ['default_platform', 'Default Platform'],
        'slug',
        'exclude_from_utilization',
        'subdevice_role',
        'airflow',
        ['cooling_method', 'Cooling Method'],
        'weight',
        'end_of_life',
        'description',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
        ['console_port_template_count', 'Console Ports'],
        ['console_server_port_template_count', 'Console Server Ports'],
        ['power_port_template_count', 'Power Ports'],
        ['power_outlet_template_count', 'Power Outlets'],
        ['cooling_intake_template_count', 'Cooling Intakes'],
        ['cooling_outflow_template_count', 'Cooling Outflows'],
        ['interface_template_count', 'Interfaces'],
        ['front_port_template_count', 'Front Ports'],
        ['rear_port_template_count', 'Rear Ports'],
        ['device_bay_template_count', 'Device Bays'],
        ['module_bay_template_count', 'Module Bays'],
        ['inventory_item_template_count', 'Inventory Items'],
      ],
    },
    parts: {
      'console-ports': 'dcim.consoleporttemplate',
      'console-server-ports': 'dcim.consoleserverporttemplate',
      'power-ports': 'dcim.powerporttemplate',
      'power-outlets': 'dcim.poweroutlettemplate',
      'cooling-intakes': 'dcim.coolingintaketemplate',
      'cooling-outflows': 'dcim.coolingoutflowtemplate',
      interfaces: 'dcim.interfacetemplate',
      'rear-ports': 'dcim.rearporttemplate',
      'front-ports': 'dcim.frontporttemplate',
      'port-mappings': 'dcim.porttemplatemapping',
      'module-bays': 'dcim.modulebaytemplate',
      'device-bays': 'dcim.devicebaytemplate',
      'inventory-items': 'dcim.inventoryitemtemplate',
    },
  },

  ui: {
    icon: 'template',
    columns: ['model', 'manufacturer', 'part_number', 'u_height', 'is_full_depth', 'device_count'],
    form: {
      'Device Type': ['manufacturer', 'model', 'slug', 'default_platform', 'description', 'tags'],
      Chassis: [
        'u_height',
        'exclude_from_utilization',
        'is_full_depth',
        'part_number',
        'subdevice_role',
        'weight',
        'weight_unit',
      ],
      Cooling: ['cooling_method', 'airflow'],
      Lifecycle: ['end_of_life'],
      Images: ['front_image', 'rear_image'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_devicetype: RowOf<typeof DeviceType>
  }
}
