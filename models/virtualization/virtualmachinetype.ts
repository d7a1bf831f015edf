import { counter, decimal, integer, ref, slug, text } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'

export const VirtualMachineType = model('virtualization.virtualmachinetype', {
  label: 'virtual machine type',
  about: 'A size of virtual machine.',
  features: [...everyday, 'image_attachments'],

  fields: {
    name: text({ max: 100 }),
    slug: slug({ unique: true }),
    default_platform: ref('dcim.platform', { nullable: true, onDelete: 'set null', inverse: '+' }),
    default_vcpus: decimal({ digits: 6, places: 2, nullable: true, label: 'default vCPUs' }),
    default_memory: integer({ nullable: true, min: 0 }),
    virtual_machine_count: counter(),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  unique: [
    {
      name: 'virtualization_virtualmachinetype_unique_name',
      columns: ['lower(name)'],
      message: 'Virtual machine type name must be unique.',
    },
  ],
  index: [['name']],
  quick: ['name', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description'],
  clone: ['default_platform', 'default_vcpus', 'default_memory'],

  file: {
    table: {
      first: [
        'name',
        'default_platform',
        'default_vcpus',
        'default_memory',
        ['virtual_machine_count', 'VM count'],
        'description',
      ],
      more: ['id', 'slug', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'template',
    columns: ['name', 'default_platform', 'default_vcpus', 'default_memory', 'virtual_machine_count', 'description'],
    form: {
      'Virtual Machine Type': ['name', 'slug', 'description', 'tags'],
      Defaults: ['default_platform', 'default_vcpus', 'default_memory'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    virtualization_virtualmachinetype: RowOf<typeof VirtualMachineType>
  }
}
