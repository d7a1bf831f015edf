import type { Database } from '@demarc/engine/database'
import { shareOf } from './share.ts'

/** What a rack weighs with all that is in it, in kilograms, and what it may. */
export interface Weight {
  readonly own: number
  readonly total: number
  readonly maximum: number | null
  /** Percent of what it may carry that the devices and modules weigh. */
  readonly percent: number | null
}

/** The weight of a rack: its own, and that of its devices and their modules by their types. One statement. */
export async function weightOf(db: Database, rack: number): Promise<Weight> {
  const [grams] = await db.query<{ own: number; mounted: number; modules: number; maximum: number | null }>(
    `select coalesce(rack._abs_weight, 0) as own, rack._abs_max_weight as maximum,
       (select coalesce(sum(type._abs_weight), 0)::bigint from dcim_device as device
        join dcim_devicetype as type on type.id = device.device_type_id where device.rack_id = rack.id) as mounted,
       (select coalesce(sum(type._abs_weight), 0)::bigint from dcim_device as device
        join dcim_module as module on module.device_id = device.id
        join dcim_moduletype as type on type.id = module.module_type_id where device.rack_id = rack.id) as modules
     from dcim_rack as rack where rack.id = $1`,
    [rack],
  )
  const { own, mounted, modules, maximum } = grams!
  return {
    own: kilograms(own),
    total: kilograms(own + mounted + modules),
    maximum: maximum === null ? null : kilograms(maximum),
    percent: maximum === null ? null : shareOf(mounted + modules, maximum),
  }
}

const kilograms = (grams: number) => Math.round(grams / 10) / 100
