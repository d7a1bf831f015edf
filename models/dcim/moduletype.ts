import { choice, choices, counter, date, decimal, json, ref, stored, text } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'
import { WeightUnit } from '../units.ts'
import { moduleBayTypeFilter, moduleBayTypes } from './compatibility.ts'
import { CoolingMethod } from './device.ts'
import { presenceFilters } from './presence.ts'

export const ModuleAirflow = choices('dcim.Module.airflow', {
  'front-to-rear': ['Front to rear'],
  'rear-to-front': ['Rear to front'],
  'left-to-right': ['Left to right'],
  'right-to-left': ['Right to left'],
  'side-to-rear': ['Side to rear'],
  passive: ['Passive'],
})

/** Attributes as a file has them: in a table as JSON, in a document as they are; undefined where they are neither. */
function readAttributes(given: unknown): unknown {
  if (typeof given !== 'string') return given ?? null
  if (!given.trim()) return null
  try {
    return JSON.parse(given) as unknown
  } catch {
    return undefined
  }
}

export const ModuleType = model('dcim.moduletype', {
  label: 'module type',
  about: 'A make and model of module, with the components that it brings along.',
  features: [...everyday, 'image_attachments'],

  fields: {
    profile: ref('dcim.moduletypeprofile', { nullable: true, inverse: 'module_types' }),
    manufacturer: ref('dcim.manufacturer', { inverse: 'module_types' }),
    model: text({ max: 100 }),
    part_number: text({ blank: true, default: '', help: 'Discrete part number (optional)', max: 50 }),
    airflow: choice(ModuleAirflow, { nullable: true, filter: { single: true } }),
    cooling_method: choice(CoolingMethod, { nullable: true, filter: { single: true } }),
    weight: decimal({ digits: 8, places: 2, nullable: true }),
    weight_unit: choice(WeightUnit, { nullable: true, filter: { single: true } }),
    end_of_life: date({
      nullable: true,
      help: 'The date after which this module type is no longer supported by the manufacturer',
    }),
    attribute_data: json<Record<string, unknown>>({ nullable: true, label: 'attributes', hidden: true }),
    ...moduleBayTypes(
      'module_types',
      'Types of module bays this module type can be installed in (empty = unconstrained)',
    ),
    module_count: counter(),
    console_port_template_count: counter(),
    console_server_port_template_count: counter(),
    power_port_template_count: counter(),
    power_outlet_template_count: counter(),
    cooling_intake_template_count: counter(),
    cooling_outflow_template_count: counter(),
    interface_template_count: counter(),
    front_port_template_count: counter(),
    rear_port_template_count: counter(),
    module_bay_template_count: counter(),
    _abs_weight: stored<number | null>('bigint', { nullable: true }),
    ...primary,
  },

  display: { from: ['model'], as: row => row.model },
  order: ['profile', 'manufacturer', 'model'],
  unique: [['manufacturer', 'model']],
  index: [['profile', 'manufacturer', 'model']],
  quick: ['manufacturer.name', 'model', 'part_number', 'description', 'comments'],
  search: { model: 100, part_number: 200, description: 500, comments: 5000 },
  brief: ['profile', 'manufacturer', 'model', 'description', 'module_count'],
  clone: ['profile', 'manufacturer', 'weight', 'weight_unit', 'airflow', 'cooling_method'],

  attributes: 'attribute_data',

  derived: {
    attributes: {
      from: ['attribute_data'],
      drawn: { widget: 'attributes', by: 'profile' },
      writable: true,
      as: row => row.attribute_data,
    },
  },

  filters: {
    ...moduleBayTypeFilter,
    ...presenceFilters('module_type_id', 'template'),
  },

  file: {
    columns: { attribute_data: {} },
    item: (item, found, fail) => {
      const sent: unknown = readAttributes(found['attribute_data'])
      if (sent === undefined) fail('attribute_data', 'Enter valid JSON.')
      else if (sent && !item['profile']) fail('attribute_data', 'Attributes are those of a profile, which is missing.')
      else if (item['profile']) item['attributes'] = sent ?? item['attributes'] ?? {}
    },
    document: [
      'profile',
      'manufacturer',
      'model',
      'part_number',
      'description',
      'weight',
      'weight_unit',
      'airflow',
      'cooling_method',
      'end_of_life',
      'attribute_data',
      'comments',
      'module_bay_types',
    ],
    table: {
      first: [['model', 'Module Type'], 'profile', 'manufacturer', 'part_number', ['module_count', 'Module Count']],
      more: [
        'id',
        'airflow',
        ['cooling_method', 'Cooling Method'],
        'weight',
        'end_of_life',
        ['module_bay_types', 'Bay Types'],
        'description',
        'attributes',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
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
    },
  },

  ui: {
    icon: 'template',
    columns: ['model', 'profile', 'manufacturer', 'part_number', 'module_count'],
    form: {
      'Module Type': ['manufacturer', 'model', 'part_number', 'description', 'tags'],
      Hardware: ['weight', 'weight_unit'],
      Cooling: ['cooling_method', 'airflow'],
      'Bay Type Compatibility': ['module_bay_types'],
      Lifecycle: ['end_of_life'],
      'Profile & Attributes': ['profile', 'attributes'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_moduletype: RowOf<typeof ModuleType>
  }
}
