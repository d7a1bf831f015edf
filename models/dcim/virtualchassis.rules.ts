import { rules } from '@demarc/engine/model'
import { VirtualChassis } from './virtualchassis.ts'

export default rules(VirtualChassis, {
  refs: ['master'],
  check: {
    'the master is a member': ({ id, kind, ref, fail }) => {
      const master = ref('master')
      if (kind === 'update' && master && master.virtual_chassis_id !== id)
        fail('master', `The selected master (${master.name ?? master.id}) is not assigned to this virtual chassis.`)
    },
  },
  after: {
    'the master of a new chassis joins it': async ({ changes, update }) => {
      const mastered = changes.filter(({ kind, row }) => kind === 'create' && row['master_id'] !== null)
      await update(
        'dcim.device',
        mastered.map(({ id, row }) => ({ id: row['master_id'], virtual_chassis_id: id, vc_position: 1 })),
        'consequence',
      )
    },
  },
  beforeDelete: {
    'no LAG spans members': async ({ changes, tx }) => {
      const rows = await tx.query<{ id: number; count: number }>(
        `select d.virtual_chassis_id as id, count(*)::int as count
         from dcim_interface as i
         join dcim_interface as lag on lag.id = i.lag_id and lag.device_id <> i.device_id
         join dcim_device as d on d.id = i.device_id
         where d.virtual_chassis_id = any($1::bigint[]) group by 1`,
        [changes.map(change => change.id)],
      )
      const spanning = new Map(rows.map(row => [row.id, row.count]))
      for (const { id, abort } of changes)
        if (spanning.has(id))
          abort(
            `Unable to delete the virtual chassis: ${spanning.get(id)} interfaces of its members form a LAG across it.`,
            409,
          )
    },
    'members lose their place': async ({ changes, tx, update }) => {
      const members = await tx.query<{ id: number }>(
        'select id from dcim_device where virtual_chassis_id = any($1::bigint[]) order by id',
        [changes.map(change => change.id)],
      )
      await update(
        'dcim.device',
        members.map(({ id }) => ({ id, vc_position: null, vc_priority: null })),
        'consequence',
      )
    },
  },
})
