import { parseRanges } from '@demarc/engine/field'
import { action } from '@demarc/engine/model'
import { give } from './allocation/give.ts'
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
  action(VLANGroup, 'POST available-vlans', {
    about: 'Create VLANs with the lowest free ids of the group.',
    permission: 'view',
    offers: 'ipam.vlan',
    run: call =>
      give(call, {
        kind: 'available-vlans',
        model: 'ipam.vlan',
        check: (asked): Record<string, string[]> => ('name' in asked ? {} : { name: ['This field is required.'] }),
        askedKeys: ['name', 'site', 'tenant', 'status', 'role', 'description', 'tags', 'custom_fields'],
        async find(tx, asked) {
          const { id, vid_ranges } = call.row
          const found = await freeVLANIds(tx, id, parseRanges(vid_ranges), asked.length)
          return found.length < asked.length ? null : found.map(vid => ({ vid, group: id }))
        },
      }),
  }),
]
