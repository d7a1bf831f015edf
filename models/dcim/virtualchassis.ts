import { counter, ref, text } from '@demarc/engine/field'
import { model, inverse, primary, related, type RowOf } from '@demarc/engine/model'
import { linkShape } from './shapes.ts'

export const VirtualChassis = model('dcim.virtualchassis', {
  label: 'virtual chassis',
  plural: 'virtual chassis',
  about: 'Devices that act as one, as a stack.',

  fields: {
    name: text({ max: 64, collate: 'natural' }),
    domain: text({ blank: true, default: '', max: 30 }),
    master: ref('dcim.device', {
      nullable: true,
      unique: true,
      inverse: 'vc_master_for',
      nested: linkShape,
    }),
    member_count: counter(),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['master'],
  order: ['name'],
  index: [['name']],
  quick: ['name', 'description', 'members.name', 'domain'],
  search: { name: 100, domain: 300, description: 500, comments: 5000 },
  brief: ['name', 'master', 'description', 'member_count'],

  derived: {
    members: inverse('dcim.device.virtual_chassis', {
      nested: linkShape,
      order: 'name, id',
    }),
  },

  filters: {
    region: related('master.site.region'),
    site_group: related('master.site.group'),
    site: related('master.site'),
    tenant: related('master.tenant'),
  },

  file: {
    table: {
      first: ['name', 'domain', 'master', ['member_count', 'Members']],
      more: ['id', 'description', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'stack-2',
    columns: ['name', 'domain', 'master', 'member_count'],
    form: {
      'Virtual Chassis': ['name', 'domain', 'description', 'tags'],
      'Member Devices': ['members'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_virtualchassis: RowOf<typeof VirtualChassis>
  }
}
