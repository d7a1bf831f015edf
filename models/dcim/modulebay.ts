import { boolean, ref, text } from '@demarc/engine/field'
import { model, related, tree, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { moduleBayTypeFilter, moduleBayTypes, baysFit } from './compatibility.ts'
import { componentFilters, componentRest, modularComponent, namedAndLabelled } from './component.ts'

export const ModuleBay = model('dcim.modulebay', {
  label: 'module bay',
  about: 'A slot of a device or module that takes a module.',
  tree: 'hidden',

  fields: {
    ...modularComponent('modulebays', 'module_bay_count', ['id', 'url', 'display']),
    position: text({
      blank: true,
      default: '',
      help: 'Identifier to reference when renaming installed components',
      max: 30,
    }),
    enabled: boolean({ file: { defaults: true }, default: true }),
    ...moduleBayTypes('module_bays', 'Types of modules that can be installed in this bay (empty = unconstrained)'),
    parent: ref('dcim.modulebay', {
      nullable: true,
      hidden: true,
      onDelete: 'cascade',
      inverse: 'children',
      filter: { only: 'id', exact: true },
    }),
    ...componentRest,
    ...tree,
  },

  display: namedAndLabelled,
  order: [{ sql: row => sql`${row['sort_path']} collate natural_sort` }, 'id'],
  unique: [['device', 'module', 'name']],
  index: ['using btree (sort_path collate natural_sort, id)'],
  partOf: ['device'],
  resets: ['module'],
  quick: ['name', 'label', 'description'],
  patterns: ['name', 'label', 'position'],
  search: { name: 100, label: 200, description: 500 },
  brief: ['installed_module', 'name', 'enabled', 'description', '_occupied'],
  clone: ['device', 'enabled'],

  loads: {
    installed: ids =>
      sql`select module_bay_id as id, to_json(id) as value from dcim_module where module_bay_id = any(${ids})`,
  },
  derived: {
    installed_module: {
      loads: ['installed'],
      to: 'dcim.module',
      nested: ['id', 'url', 'display', 'serial', 'description'],
      wire: 'nested object',
      as: (_row, { installed }) => installed ?? null,
    },
    _occupied: {
      from: ['enabled'],
      loads: ['installed'],
      wire: 'boolean',
      as: (row, { installed }) => !row.enabled || installed !== undefined,
    },
    is_module_compatible: { load: baysFit, wire: 'boolean', as: (_row, fits) => fits ?? true },
  },

  filters: {
    ...componentFilters,
    installed_module: related('installed_module', { only: 'id' }),
    ...moduleBayTypeFilter,
  },

  file: {
    table: {
      first: [
        'name',
        'device',
        'enabled',
        'parent',
        'label',
        ['installed_module', 'Installed Module'],
        ['module_status', 'Module Status'],
        'description',
      ],
      more: [
        'id',
        'position',
        ['module_bay_types', 'Bay Types'],
        ['module_serial', 'Module Serial'],
        ['module_asset_tag', 'Module Asset Tag'],
        'tags',
        'device.location',
        'device.site',
        'device.status',
        ['module.module_bay', 'Module Bay'],
        'module',
        ['inventory_items', 'Inventory Items'],
      ],
    },
  },

  ui: {
    icon: 'layout-grid',
    columns: ['name', 'device', 'label', 'enabled', 'installed_module', 'description'],
    form: {
      'Module bay': [
        'device',
        'module',
        'name',
        'label',
        'position',
        'enabled',
        'description',
        'module_bay_types',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_modulebay: RowOf<typeof ModuleBay>
  }
}
