import { rules } from '@demarc/engine/model'
import { bodyChecks, bodyStore, governed } from './rack-body.ts'
import { RackType } from './racktype.ts'

export default rules(RackType, {
  check: bodyChecks,
  store: bodyStore,
  after: {
    'racks take after their type': async ({ changes, tx, update }) => {
      const types = new Map(changes.filter(change => change.kind === 'update').map(change => [change.id, change.row]))
      if (types.size === 0) return
      const racks = await tx.query<{ id: number; rack_type_id: number }>(
        'select id, rack_type_id from dcim_rack where rack_type_id = any($1::bigint[]) order by id',
        [[...types.keys()]],
      )
      await update(
        'dcim.rack',
        racks.map(rack => ({
          id: rack.id,
          ...Object.fromEntries(governed.map(key => [key, types.get(rack.rack_type_id)![key]])),
        })),
      )
    },
  },
})
