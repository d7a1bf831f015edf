import { parseRanges } from '@demarc/engine/field'
import { rules } from '@demarc/engine/model'
import { VLAN } from './vlan.ts'

export default rules(VLAN, {
  refs: ['site', 'group'],
  check: {
    'a VLAN is at the site of its group': ({ ref, fail }) => {
      const [site, group] = [ref('site'), ref('group')]
      if (site && group?.scope_type === 'dcim.site' && group.scope_id !== site.id)
        fail(
          null,
          `VLAN is assigned to group ${group.name}, which belongs to another site; cannot also assign to site ${site.name}.`,
        )
    },
    'a VLAN is at a site of the site group of its group': ({ ref, fail }) => {
      const [site, group] = [ref('site'), ref('group')]
      if (site && group?.scope_type === 'dcim.sitegroup' && group.scope_id !== site.group_id)
        fail(null, `The assigned site ${site.name} is not a member of the assigned group ${group.name}.`)
    },
    'a VLAN id lies in the ranges of the group': ({ row, ref, fail }) => {
      const group = ref('group')
      if (group && !parseRanges(group.vid_ranges).some(([low, high]) => low <= row['vid'] && row['vid'] <= high))
        fail('vid', `VID must be in the ranges of VLANs in group ${group.name}`)
    },
    'only a customer VLAN is carried in a service VLAN': ({ row, fail }) => {
      if (row['qinq_svlan_id'] !== null && row['qinq_role'] !== 'cvlan')
        fail('qinq_svlan', 'Only Q-in-Q customer VLANs may be assigned to a service VLAN.')
    },
    'a customer VLAN is carried in a service VLAN': ({ row, fail }) => {
      if (row['qinq_role'] === 'cvlan' && row['qinq_svlan_id'] === null)
        fail('qinq_role', 'A Q-in-Q customer VLAN must be assigned to a service VLAN.')
    },
  },
})
