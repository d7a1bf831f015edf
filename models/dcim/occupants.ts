import type { Batch } from '@demarc/engine/model'
import { compileCondition } from '@demarc/engine/query'
import { sql } from 'kysely'
import type { Mounted, Mounting } from './mounting.ts'

/** What devices are called that are in these racks or move into them, as far as the writer may view them. */
export async function occupantsOf(batch: Batch, mounting: Mounting): Promise<ReadonlyMap<number, string>> {
  const { model, changes, tx, registry, permissions, displays } = batch
  const mounted = [...mounting.frames.values()].flatMap(frame => [...frame.mounted.keys()])
  const where = compileCondition(registry, model, 't', permissions.constrain('view', model) ?? { or: [] })
  const rows = await tx.rows<{ id: number }>(
    sql`select t.id from dcim_device as t
      where t.id = any(${[...mounted, ...changes.map(({ id }) => id)]}::bigint[]) and ${where}`,
  )
  return displays(
    model.name,
    rows.map(({ id }) => id),
  )
}

/** Says what is in the way of a device; of what the reader may not view, that something is. */
export function takenBy(wanted: Mounted, others: readonly Mounted[], names: ReadonlyMap<number, string>): string {
  const told = others.map(({ id, position, height, face, full }) => {
    const top = position + height - 1
    const units = top > position ? `U${position}–U${top}` : `U${position}`
    return `${names.get(id) ?? 'a device that you may not view'} (${units}, ${full ? 'full depth' : face})`
  })
  return `U${wanted.position} is not free: ${told.join(', ')} would be in the way.`
}
