import type { Transaction } from '@demarc/engine/database'
import type { Change } from '@demarc/engine/model'
import { litersPerMinuteOf, millimetersOf } from '../units.ts'

/** A measure comes with a unit. */
const unitCheck = (value: string, label: string) => ({
  [`a ${label} has a unit`]: ({ row, fail }: Change) => {
    if (row[value] !== null && !row[`${value}_unit`]) fail(null, `Must specify a unit when setting a ${label}.`)
  },
})

export const diameterChecks = unitCheck('diameter', 'diameter')
export const flowChecks = unitCheck('max_flow', 'maximum flow rate')

export const diameterStore = {
  'diameters are comparable whatever their unit': ({ row }: Change) => {
    if (row['diameter'] === null) row['diameter_unit'] = null
    if ('_abs_diameter' in row) row['_abs_diameter'] = millimetersOf(row['diameter'], row['diameter_unit'])
  },
}

export const flowStore = {
  'flows are comparable whatever their unit': ({ row }: Change) => {
    if (row['max_flow'] === null) row['max_flow_unit'] = null
    if ('_abs_max_flow' in row) row['_abs_max_flow'] = litersPerMinuteOf(row['max_flow'], row['max_flow_unit'])
  },
}

/** Intakes and outflows that coolant comes through before it leaves an outflow, and whether it ever comes around. */
export interface Upstream {
  readonly intakes: readonly number[]
  readonly outflows: readonly number[]
  readonly loops: boolean
}

/** Follow the coolant upstream from outflows. One statement. */
export async function upstreamOf(tx: Transaction, outflows: readonly number[]): Promise<ReadonlyMap<number, Upstream>> {
  if (outflows.length === 0) return new Map()
  const rows = await tx.query<Upstream & { start: number }>(
    `with recursive walk as (
       select id as start, cooling_intake_id as intake, array[id] as outflows,
         array_remove(array[cooling_intake_id], null) as intakes, false as loops
       from dcim_coolingoutflow where id = any($1::bigint[])
       union all
       select walk.start, next.cooling_intake_id, walk.outflows || next.id,
         array_remove(walk.intakes || next.cooling_intake_id, null), next.id = any(walk.outflows)
       from walk
       join dcim_coolingintake as intake on intake.id = walk.intake
       join dcim_coolingoutflow as next on next.id = intake.cooling_outflow_id
       where not walk.loops
     )
     select distinct on (start) start, outflows, intakes, loops from walk order by start, cardinality(outflows) desc`,
    [outflows],
  )
  return new Map(rows.map(({ start, ...upstream }) => [start, upstream]))
}
