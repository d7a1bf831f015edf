import { anyRef, ref, smallint } from '@demarc/engine/field'
import { logged, model, recorded, type RowOf } from '@demarc/engine/model'
import { interfaceOwnerFilters } from './interface-owner.ts'

export const FHRPGroupAssignment = model('ipam.fhrpgroupassignment', {
  label: 'FHRP group assignment',
  about: 'Membership of an interface in a redundancy group, with its priority.',
  page: false,
  features: recorded,

  fields: {
    group: ref('ipam.fhrpgroup', { onDelete: 'cascade', filter: { only: 'id' } }),
    interface: anyRef(['dcim.interface', 'virtualization.vminterface'], { inverse: 'fhrp_group_assignments' }),
    priority: smallint({ min: 0, max: 255 }),
    ...logged,
  },

  display: { from: ['interface', 'group', 'priority'], as: row => `${row.interface}: ${row.group} (${row.priority})` },
  order: ['-priority', 'id'],
  unique: [['interface_type', 'interface_id', 'group']],
  index: [['-priority', 'id']],
  brief: ['group', 'interface_type', 'interface_id', 'priority'],

  filters: interfaceOwnerFilters('interface'),

  ui: {
    form: {
      'FHRP Group Assignment': ['group', 'priority'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_fhrpgroupassignment: RowOf<typeof FHRPGroupAssignment>
  }
}
