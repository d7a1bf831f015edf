import { integer, ref, text } from '@demarc/engine/field'
import { model, tagged, type RowOf } from '@demarc/engine/model'

export const VirtualDisk = model('virtualization.virtualdisk', {
  label: 'virtual disk',
  about: 'A disk of a virtual machine.',

  fields: {
    virtual_machine: ref('virtualization.virtualmachine', {
      onDelete: 'cascade',
      inverse: 'virtualdisks',
      counter: 'virtual_disk_count',
    }),
    name: text({ max: 64, collate: 'natural' }),
    description: text({ blank: true, default: '', max: 200 }),
    size: integer({ min: 0 }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    ...tagged,
  },

  display: { from: ['name'], as: row => row.name },
  partOf: ['virtual_machine'],
  order: ['virtual_machine', 'name'],
  unique: [['virtual_machine', 'name']],
  quick: ['name', 'description'],
  patterns: ['name'],
  search: { name: 100, description: 500 },
  brief: ['virtual_machine', 'name', 'description', 'size'],

  file: {
    table: { first: ['name', ['virtual_machine', 'Virtual Machine'], 'size', 'description'], more: ['id', 'tags'] },
  },

  ui: {
    icon: 'disc',
    columns: ['name', 'virtual_machine', 'size', 'description'],
    form: {
      Disk: ['virtual_machine', 'name', 'size', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    virtualization_virtualdisk: RowOf<typeof VirtualDisk>
  }
}
