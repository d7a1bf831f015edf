import { anyRef, ref, smallint } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'

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

  ui: {
    form: {
      'Fhrp group assignment': ['group', 'priority'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_fhrpgroupassignment: RowOf<typeof FHRPGroupAssignment>
  }
}
