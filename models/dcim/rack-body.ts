import type { Change } from '@demarc/engine/model'
import { gramsOf } from '../units.ts'

/** What a rack takes from its type. */
export const governed = [
  'form_factor',
  'width',
  'u_height',
  'starting_unit',
  'desc_units',
  'outer_width',
  'outer_height',
  'outer_depth',
  'outer_unit',
  'mounting_depth',
  'weight',
  'weight_unit',
  'max_weight',
  'cooling_capability',
  'cooling_capacity',
] as const

const hasOuter = (row: Change['row']) => row['outer_width'] || row['outer_height'] || row['outer_depth']

/** Racks and their types: measures come with units. */
export const bodyChecks = {
  'outer dimensions have a unit': ({ row, fail }: Change) => {
    if (hasOuter(row) && !row['outer_unit']) fail(null, 'Must specify a unit when setting an outer dimension.')
  },
  'a maximum weight has a unit': ({ row, fail }: Change) => {
    if (row['max_weight'] && !row['weight_unit']) fail(null, 'Must specify a unit when setting a maximum weight.')
  },
  'a weight has a unit': ({ row, fail }: Change) => {
    if (row['weight'] && !row['weight_unit']) fail(null, 'Must specify a unit when setting a weight.')
  },
}

/** Racks and their types: what is kept beside the measures. */
export const bodyStore = {
  'a unit without a dimension is dropped': ({ row }: Change) => {
    if (!hasOuter(row)) row['outer_unit'] = null
  },
  'weights are comparable whatever their unit': ({ row }: Change) => {
    row['_abs_weight'] = gramsOf(row['weight'], row['weight_unit'])
    row['_abs_max_weight'] = gramsOf(row['max_weight'], row['weight_unit'])
  },
}
