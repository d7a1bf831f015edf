import { rules } from '@demarc/engine/model'
import { refreshScopesInLocations } from '../ipam/scope-places.ts'
import { Location } from './location.ts'
import { followLocations } from './places.ts'

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
    'what stands in a location that moves to another site moves along': async ({ changes, tx }) => {
      const moved = changes.filter(change => change.kind === 'update' && change.changed('site_id'))
      const all = await followLocations(
        tx,
        moved.map(change => change.id),
      )
      await refreshScopesInLocations(tx, all)
    },
  },
})
