import type { Database } from '@demarc/engine/database'
import { loadsOfRacks } from './power.ts'
import { shareText } from './share.ts'
import { spaceOf } from './space.ts'

/** How much of the space of racks is taken, as a file of them says it. */
export async function spaceFigures(db: Database, racks: readonly number[]): Promise<Map<number, string>> {
  const space = await spaceOf(db, racks)
  return new Map([...space].map(([rack, { taken, units }]) => [rack, `${shareText((taken / units) * 100)}%`]))
}

/** How much of the power of racks is taken, as a file of them says it. */
export async function powerFigures(db: Database, racks: readonly number[]): Promise<Map<number, string>> {
  const loads = await loadsOfRacks(db, racks)
  return new Map(
    [...loads].map(([rack, { available, percent }]) => [rack, available ? `${shareText(percent)}%` : '0%']),
  )
}
