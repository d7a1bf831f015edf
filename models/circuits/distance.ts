import { choice, decimal, stored } from '@demarc/engine/field'
import { DistanceUnit } from '../units.ts'

/** How far a link reaches, and the same in metres, by which links are compared. */
export const distance = {
  distance: decimal({ digits: 8, places: 2, nullable: true }),
  distance_unit: choice(DistanceUnit, { nullable: true, filter: { single: true } }),
  _abs_distance: stored<number | null>('numeric(13,4)', { nullable: true }),
} as const
