import { rules } from '@demarc/engine/model'
import { Location } from './location.ts'

export default rules(Location, {
  refs: ['parent'],
  check: {
    'a parent stands at the same site': ({ row, ref, fail }) => {
      const parent = ref('parent')
      if (parent && parent.site_id !== row['site_id'])
        fail(null, `Parent location (${parent.name}) must belong to the same site.`)
    },
  },
  after: {
    'what stands in a location that moves to another site moves along': async ({ changes, tx, update }) => {
      const moved = changes.filter(change => change.kind === 'update' && change.changed('site_id'))
      if (moved.length === 0) return
      const [ids, sites] = [moved.map(change => change.id), moved.map(change => change.row['site_id'] as number)]
      for (const { table, model, column } of followers) {
        const rows = await tx.query<{ id: number; site_id: number }>(
          `select f.id, v.site as site_id from ${table} as f
           join dcim_location as below on below.id = f.${column}
           join unnest($1::bigint[], $2::bigint[]) as v(id, site) on true
           join dcim_location as moved on moved.id = v.id and below.path <@ moved.path
           where f.site_id <> v.site and (f.id <> v.id or $3)`,
          [ids, sites, model !== 'dcim.location'],
        )
        if (rows.length) await update(model, rows)
      }
    },
  },
})

/** What has a site of its own beside its location; a location itself is its own place. */
const followers = [
  { table: 'dcim_location', model: 'dcim.location', column: 'id' },
  { table: 'dcim_rack', model: 'dcim.rack', column: 'location_id' },
  { table: 'dcim_device', model: 'dcim.device', column: 'location_id' },
  { table: 'dcim_powerpanel', model: 'dcim.powerpanel', column: 'location_id' },
] as const
