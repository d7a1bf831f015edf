import { rules, type Batch } from '@demarc/engine/model'
import { gramsOf } from '../units.ts'
import { DeviceType } from './devicetype.ts'
import { mountingOf, type Mounted, type Mounting } from './mounting.ts'

interface Loaded {
  /** Mounted devices of the types whose height changes. */
  readonly mounted: ReadonlyMap<number, readonly (Mounted & { rack: number })[]>
  readonly racks: Mounting
  /** Types that have templates of device bays. */
  readonly parents: ReadonlySet<number>
}

export default rules(DeviceType, {
  load,
  check: {
    'heights are multiples of half a unit': ({ row, fail }) => {
      if ((row['u_height'] * 2) % 1 !== 0) fail('u_height', 'U height must be in increments of 0.5 rack units.')
    },
    'devices of a type that grows still fit': ({ id, row, before, fail }, { mounted, racks }: Loaded) => {
      if (!before || row['u_height'] <= before['u_height']) return
      for (const { rack, ...device } of mounted.get(id) ?? []) {
        if (racks.fits(rack, { ...device, height: row['u_height'], full: row['is_full_depth'] })) continue
        return fail(
          'u_height',
          `A device of this type in rack ${rack} does not have sufficient space to accommodate a height of ${row['u_height']}U.`,
        )
      }
    },
    'mounted devices have a height': ({ id, row, before, fail }, { mounted }: Loaded) => {
      const count = mounted.get(id)?.length ?? 0
      if (before && before['u_height'] > 0 && row['u_height'] === 0 && count)
        fail('u_height', `Unable to set 0U height: Found ${count} instances already mounted within racks.`)
    },
    'types with bays are parents': ({ id, row, fail }, { parents }: Loaded) => {
      if (row['subdevice_role'] !== 'parent' && parents.has(id))
        fail(
          'subdevice_role',
          'Must delete all device bay templates associated with this device before declassifying it as a parent device.',
        )
    },
    'child devices have no height': ({ row, fail }) => {
      if (row['u_height'] && row['subdevice_role'] === 'child') fail('u_height', 'Child device types must be 0U.')
    },
  },
  store: {
    'weights are comparable whatever their unit': ({ row }) => {
      row['_abs_weight'] = gramsOf(row['weight'], row['weight_unit'])
    },
  },
})

async function load({ changes, tx }: Batch): Promise<Loaded> {
  const old = changes.filter(change => change.kind === 'update')
  const resized = old.filter(change => change.changed('u_height')).map(change => change.id)
  const demoted = old.filter(change => change.row['subdevice_role'] !== 'parent').map(change => change.id)
  const rows = resized.length
    ? await tx.query<Mounted & { rack: number; type: number }>(
        `select d.id, d.rack_id as rack, d.device_type_id as type, d.position, d.face, t.u_height as height, t.is_full_depth as full
         from dcim_device as d join dcim_devicetype as t on t.id = d.device_type_id
         where d.device_type_id = any($1::bigint[]) and d.position is not null and d.rack_id is not null order by d.id`,
        [resized],
      )
    : []
  const parents = demoted.length
    ? await tx.query<{ id: number }>(
        'select distinct device_type_id as id from dcim_devicebaytemplate where device_type_id = any($1::bigint[])',
        [demoted],
      )
    : []
  return {
    mounted: Map.groupBy(rows, row => row.type),
    racks: await mountingOf(tx, [...new Set(rows.map(row => row.rack))]),
    parents: new Set(parents.map(row => row.id)),
  }
}
