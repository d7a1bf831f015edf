import { rules } from '@demarc/engine/model'
import { flowChecks, flowStore } from './coolant.ts'
import { CoolingFeed } from './coolingfeed.ts'

export default rules(CoolingFeed, {
  refs: ['rack', 'cooling_source'],
  check: {
    'a rack stands at the site of its cooling source': ({ ref, fail }) => {
      const [rack, source] = [ref('rack'), ref('cooling_source')]
      if (rack && source && rack.site_id !== source.site_id)
        fail(null, `Rack ${rack.name} and cooling source ${source.name} are at different sites.`)
    },
    ...flowChecks,
  },
  store: flowStore,
})
