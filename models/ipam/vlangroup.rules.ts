import { parseRanges } from '@demarc/engine/field'
import { rules } from '@demarc/engine/model'
import { VLANGroup } from './vlangroup.ts'

export default rules(VLANGroup, {
  prepare: {
    'a group has VLAN ids to give': ({ input, fail }) => {
      if (Array.isArray(input['vid_ranges']) && input['vid_ranges'].length === 0)
        fail('vid_ranges', 'This field cannot be blank.')
    },
  },
  check: {
    'ranges run upwards within 1 to 4094 and share no VLAN id': ({ input, fail }) => {
      // What is stored has been judged before.
      const ranges = input['vid_ranges'] as readonly (readonly [number, number])[] | undefined
      if (!ranges) return
      for (const [low, high] of ranges) {
        if (low < 1) return fail('vid_ranges', `Starting VLAN ID in range (${low}) cannot be less than 1`)
        if (high > 4094) return fail('vid_ranges', `Ending VLAN ID in range (${high}) cannot exceed 4094`)
        if (low > high)
          return fail('vid_ranges', `Ending VLAN ID in range must be no less than the starting one (${low}-${high})`)
      }
      const ascending = [...ranges].sort(([a], [b]) => a - b)
      if (ascending.some(([low], at) => at > 0 && low <= ascending[at - 1]![1]))
        fail('vid_ranges', 'Ranges cannot overlap.')
    },
  },
  store: {
    'a group knows how many VLAN ids it has': ({ row }) => {
      row['total_vlan_ids'] = parseRanges(row['vid_ranges']).reduce((sum, [low, high]) => sum + high - low + 1, 0)
    },
  },
})
