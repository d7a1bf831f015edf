import { rules } from '@demarc/engine/model'
import { refreshScopesInSites } from '../ipam/scope-places.ts'
import { Site } from './site.ts'

export default rules(Site, {
  after: {
    'what lies in a site lies in its region and group': async ({ changes, tx }) => {
      const moved = changes.filter(change => change.kind === 'update' && change.changed('region_id', 'group_id'))
      await refreshScopesInSites(
        tx,
        moved.map(change => change.id),
      )
    },
  },
})
