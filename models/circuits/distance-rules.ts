import type { Change } from '@demarc/engine/model'

/** Metres of each unit in which a distance is given. */
const metres: Readonly<Record<string, number>> = { km: 1000, m: 1, mi: 1609.344, ft: 0.3048 }

/** A distance is not negative. */
export function checkDistance({ row, fail }: Change): void {
  if (row['distance'] !== null && Number(row['distance']) < 0)
    fail('distance', 'Ensure this value is greater than or equal to 0.')
}

/** A distance has a unit, unless it is none at all. */
export function checkDistanceUnit({ row, fail }: Change): void {
  if (Number(row['distance'] ?? 0) !== 0 && !row['distance_unit'])
    fail(null, 'Must specify a unit when setting a distance')
}

/** A unit goes with its distance, and the distance is kept in metres, too. */
export function storeDistance({ row }: Change): void {
  if (row['distance'] === null) row['distance_unit'] = null
  const unit = metres[row['distance_unit']]
  row['_abs_distance'] = unit === undefined ? null : Number((Number(row['distance']) * unit).toFixed(4))
}
