import { rules } from '@demarc/engine/model'
import { PowerPanel } from './powerpanel.ts'

export default rules(PowerPanel, {
  refs: ['location'],
  check: {
    'it stands at the site of its location': ({ row, ref, fail }) => {
      const location = ref('location')
      if (location && location.site_id !== row['site_id'])
        fail(null, `Location ${location.name} is at a different site than assigned.`)
    },
  },
})
