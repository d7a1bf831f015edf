import type { Database } from '@demarc/engine/database'
import { loadsOfRacks } from './power.ts'
import { spaceOf } from './space.ts'

/** A number as Python prints it where it has decimals: `30.0`. */
const float = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : String(value))

/** How much of the space of racks is taken, as a file of them says it. */
export async function spaceFigures(db: Database, racks: readonly number[]): Promise<Map<number, string>> {
  const space = await spaceOf(db, racks)
  return new Map([...space].map(([rack, { taken, units }]) => [rack, `${float((taken / units) * 100)}%`]))
}

/** How much of the power of racks is taken, as a file of them says it. */
export async function powerFigures(db: Database, racks: readonly number[]): Promise<Map<number, string>> {
  const loads = await loadsOfRacks(db, racks)
  return new Map([...loads].map(([rack, { available, percent }]) => [rack, available ? `${float(percent)}%` : '0%']))
}
