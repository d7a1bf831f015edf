import { boolean, choice, choices, ref, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { modulesFit } from './compatibility.ts'
import { linkShape } from './shapes.ts'

export const ModuleStatus = choices('dcim.Module.status', {
  offline: ['Offline', 'gray'],
  active: ['Active', 'green'],
  planned: ['Planned', 'cyan'],
  staged: ['Staged', 'blue'],
  failed: ['Failed', 'red'],
  decommissioning: ['Decommissioning', 'yellow'],
})

export const Module = model('dcim.module', {
  label: 'module',
  about: 'A module installed in a bay of a device.',

  fields: {
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'modules' }),
    module_bay: ref('dcim.modulebay', {
      unique: true,
      onDelete: 'cascade',
      inverse: 'installed_module',
      filter: { only: 'id' },
      nested: linkShape,
    }),
    module_type: ref('dcim.moduletype', { inverse: 'instances', counter: 'module_count', filter: { by: 'model' } }),
    status: choice(ModuleStatus, { default: 'active', filter: { notNull: true } }),
    serial: text({ blank: true, default: '', label: 'serial number', max: 50, filter: { ignoreCase: true } }),
    asset_tag: text({ nullable: true, unique: true, help: 'A unique tag used to identify this device', max: 50 }),
    ...primary,
  },

  display: {
    from: [],
    as: (row, { bay, type }) => `${bay}: ${type} (${row.id})`,
    load: ids => sql`
      select module.id, json_build_object('bay', bay.name, 'type', type.model) as value
      from dcim_module as module
      join dcim_modulebay as bay on bay.id = module.module_bay_id
      join dcim_moduletype as type on type.id = module.module_type_id
      where module.id = any(${ids})`,
  },
  order: ['module_bay'],
  quick: ['device.name', 'serial', 'asset_tag', 'description', 'comments'],
  search: { asset_tag: 50, serial: 60, description: 500, comments: 5000 },
  brief: ['device', 'module_bay', 'module_type', 'description'],
  clone: ['device', 'module_type', 'status'],

  inputs: {
    replicate_components: boolean({
      default: true,
      help: 'Automatically populate components associated with this module type',
    }),
    adopt_components: boolean({ default: false, help: 'Adopt already existing components' }),
  },

  derived: { is_bay_compatible: { load: modulesFit, wire: 'boolean', as: (_row, fits) => fits } },

  filters: {
    profile: related('module_type.profile'),
    manufacturer: related('module_type.manufacturer'),
    region: related('device.site.region'),
    site_group: related('device.site.group'),
    site: related('device.site'),
    location: related('device.location', { exact: true }),
    rack: related('device.rack'),
  },

  file: {
    table: {
      first: [
        'id',
        'device',
        ['module_bay', 'Module Bay'],
        ['module_type.manufacturer', 'Manufacturer'],
        ['module_type', 'Module Type'],
        'status',
        'serial',
        'asset_tag',
      ],
      more: [
        ['module_type.profile', 'Profile'],
        'description',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'cpu',
    columns: ['device', 'module_bay', 'module_type', 'status', 'serial', 'asset_tag'],
    form: {
      Module: ['device', 'module_bay', 'module_type', 'status', 'description', 'tags'],
      Hardware: ['serial', 'asset_tag', 'replicate_components', 'adopt_components'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_module: RowOf<typeof Module>
  }
}
