import { rules } from '@demarc/engine/model'
import { CoolingSource } from './coolingsource.ts'

export default rules(CoolingSource, {
  refs: ['location'],
  check: {
    'it stands at the site of its location': ({ row, ref, fail }) => {
      const location = ref('location')
      if (location && location.site_id !== row['site_id'])
        fail(null, `Location ${location.name} is at a different site than assigned.`)
    },
  },
})
