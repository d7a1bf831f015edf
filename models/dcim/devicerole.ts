import { boolean, color, ref, slug, text } from '@demarc/engine/field'
import { model, primary, related, tree, type RowOf } from '@demarc/engine/model'
import { linkShape } from './shapes.ts'

export const DeviceRole = model('dcim.devicerole', {
  label: 'device role',
  about: 'What devices and virtual machines do, as access switch or firewall. Roles nest.',
  tree: true,

  fields: {
    name: text({ max: 100 }),
    slug: slug(),
    color: color({ default: '9e9e9e' }),
    vm_role: boolean({ default: true, label: 'VM role', help: 'Virtual machines may be assigned to this role' }),
    config_template: ref('extras.configtemplate', { nullable: true, inverse: 'device_roles', filter: { only: 'id' } }),
    parent: ref('dcim.devicerole', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'children',
      filter: { exact: true },
      nested: linkShape,
    }),
    ...primary,
    ...tree,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['parent', 'config_template'],
  order: ['sort_path'],
  unique: [
    { columns: ['parent', 'name'], nulls: 'same', message: 'A device role with this name already exists.' },
    { columns: ['parent', 'slug'], nulls: 'same', message: 'A device role with this slug already exists.' },
  ],
  index: [['sort_path']],
  counts: {
    device_count: { of: 'dcim.device.role', below: true },
    virtualmachine_count: { of: 'virtualization.virtualmachine.role', below: true },
  },
  quick: ['name', 'slug', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'device_count', 'virtualmachine_count', '_depth'],
  clone: ['parent', 'description'],

  filters: {
    ancestor: related('parent'),
  },

  file: {
    table: {
      first: ['name', ['device_count', 'Devices'], ['virtualmachine_count', 'VMs'], 'color', 'vm_role', 'description'],
      more: [
        'id',
        'parent',
        'config_template',
        'slug',
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
    icon: 'category',
    columns: ['name', 'device_count', 'virtualmachine_count', 'color', 'vm_role', 'description'],
    form: {
      'Device Role': ['name', 'slug', 'parent', 'color', 'vm_role', 'config_template', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_devicerole: RowOf<typeof DeviceRole>
  }
}
