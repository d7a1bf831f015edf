import { boolean, ref, refs, text } from '@demarc/engine/field'
import { model, compare, related, tagged, tree, type RowOf } from '@demarc/engine/model'

export const ModuleBay = model('dcim.modulebay', {
  label: 'module bay',
  about: 'A slot of a device or module that takes a module.',
  tree: true,

  fields: {
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'modulebays' }),
    module: ref('dcim.module', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'modulebays',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display'],
    }),
    name: text({ max: 64, collate: 'natural' }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    position: text({
      blank: true,
      default: '',
      help: 'Identifier to reference when renaming installed components',
      max: 30,
    }),
    enabled: boolean({ default: true }),
    description: text({ blank: true, default: '', max: 200 }),
    module_bay_types: refs('dcim.modulebaytype', {
      help: 'Types of modules that can be installed in this bay (empty = unconstrained)',
      inverse: 'module_bays',
      filter: false,
    }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    _site: ref('dcim.site', { nullable: true, hidden: true, onDelete: 'set null', inverse: '+', filter: false }),
    _location: ref('dcim.location', {
      nullable: true,
      hidden: true,
      onDelete: 'set null',
      inverse: '+',
      filter: false,
    }),
    _rack: ref('dcim.rack', { nullable: true, hidden: true, onDelete: 'set null', inverse: '+', filter: false }),
    parent: ref('dcim.modulebay', {
      nullable: true,
      hidden: true,
      onDelete: 'cascade',
      inverse: 'children',
      filter: { only: 'id', exact: true },
    }),
    ...tagged,
    ...tree,
  },

  display: { from: ['name', 'label'], as: row => (row.label ? `${row.name} (${row.label})` : row.name) },
  order: ['sort_path'],
  unique: [['device', 'module', 'name']],
  index: [['sort_path']],
  quick: ['name', 'label', 'description'],
  search: { name: 100, label: 200, description: 500 },
  brief: ['installed_module', 'name', 'enabled', 'description', '_occupied'],
  clone: ['device', 'enabled'],

  filters: {
    region: related('device.site.region'),
    site_group: related('device.site.group'),
    site: related('_site'),
    location: related('_location', { exact: true }),
    rack: related('_rack'),
    device_type: related('device.device_type', { by: 'model' }),
    device_role: related('device.role', { exact: true }),
    virtual_chassis: related('device.virtual_chassis'),
    device_status: compare('device.status'),
    tenant: related('device.tenant'),
    installed_module: related('installed_module', { only: 'id' }),
    module_bay_type: related('module_bay_types'),
  },

  ui: {
    columns: ['name', 'label', 'enabled', 'installed_module', 'description'],
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
