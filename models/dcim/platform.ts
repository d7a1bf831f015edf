import { ref, slug, text } from '@demarc/engine/field'
import { model, one, primary, related, tree, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { linkShape } from './shapes.ts'

export const Platform = model('dcim.platform', {
  label: 'platform',
  about: 'An operating system or other software that devices and virtual machines run. Platforms nest.',
  tree: true,

  fields: {
    parent: ref('dcim.platform', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'children',
      filter: { exact: true },
      nested: linkShape,
    }),
    name: text({ max: 100 }),
    slug: slug(),
    manufacturer: ref('dcim.manufacturer', {
      nullable: true,
      help: 'Optionally limit this platform to devices of a certain manufacturer',
      inverse: 'platforms',
    }),
    config_template: ref('extras.configtemplate', { nullable: true, inverse: 'platforms', filter: { only: 'id' } }),
    ...primary,
    ...tree,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['parent', 'config_template'],
  order: ['sort_path'],
  unique: [
    { columns: ['manufacturer', 'name'], nulls: 'same', message: 'Platform name must be unique.' },
    { columns: ['manufacturer', 'slug'], nulls: 'same', message: 'Platform slug must be unique.' },
  ],
  index: [['sort_path']],
  counts: {
    device_count: { of: 'dcim.device.platform', below: true },
    virtualmachine_count: { of: 'virtualization.virtualmachine.platform', below: true },
  },
  quick: ['name', 'slug', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'device_count', 'virtualmachine_count', '_depth'],
  clone: ['parent', 'description'],

  filters: {
    ancestor: related('parent'),
    available_for_device_type: one<number>(
      'ref',
      (row, type) =>
        sql`(${row['manufacturer_id']} is null or ${row['manufacturer_id']} = (select manufacturer_id from dcim_devicetype where id = ${type}))`,
      { to: 'dcim.devicetype', label: 'Available for device type' },
    ),
  },

  file: {
    table: {
      first: ['name', 'manufacturer', ['device_count', 'Devices'], ['virtualmachine_count', 'VMs'], 'description'],
      more: [
        'id',
        'parent',
        'slug',
        ['config_template', 'Config Template'],
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
        'comments',
      ],
    },
  },

  ui: {
    icon: 'code',
    columns: ['name', 'manufacturer', 'device_count', 'virtualmachine_count', 'description'],
    form: {
      Platform: ['name', 'slug', 'parent', 'manufacturer', 'config_template', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_platform: RowOf<typeof Platform>
  }
}
