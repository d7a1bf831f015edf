import { parseRanges } from '@demarc/engine/field'
import { action } from '@demarc/engine/model'
import { freeVLANIds } from './allocation/numbers.ts'
import { VLANGroup } from './vlangroup.ts'

export default [
  action(VLANGroup, 'GET available-vlans', {
    about: 'The lowest free VLAN ids of the group.',
    permission: 'view',
    offers: 'ipam.vlan',
    async run({ db, row, limit, brief }) {
      const [group] = await brief([['ipam.vlangroup', row['id']]])
      const free = await freeVLANIds(db, row['id'], parseRanges(row['vid_ranges']), limit)
      return free.map(vid => ({ vid, group }))
    },
  }),
]
