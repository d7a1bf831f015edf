import type { Batch } from '@demarc/engine/model'
import { sql } from 'kysely'

/** A row of a termination, as far as the object that terminates repeats it. */
export interface Stamped {
  readonly cable_id: number
  readonly cable_end: 'A' | 'B'
  readonly termination_type: string
  readonly termination_id: number
  readonly connector: number | null
  readonly positions: readonly number[] | null
}

const byModel = (terminations: readonly Stamped[]) => Map.groupBy(terminations, row => row.termination_type)

/** Objects that terminate cables repeat which, and where; the change log tells. */
export async function stamp(batch: Batch, terminations: readonly Stamped[]): Promise<void> {
  for (const [model, rows] of byModel(terminations))
    await batch.update(
      model,
      rows.map(({ termination_id, cable_id, cable_end, connector, positions }) => ({
        id: termination_id,
        cable_id,
        cable_end,
        cable_connector: connector,
        cable_positions: positions,
      })),
    )
  await mirror(batch.tx, interfacesIn(terminations))
}

const unplugged = { cable_id: null, cable_end: null, cable_connector: null, cable_positions: null }

/** Objects leave cables; the change log tells. */
export async function unstamp(batch: Batch, terminations: readonly Stamped[]): Promise<void> {
  for (const [model, rows] of byModel(terminations))
    await batch.update(
      model,
      rows.map(({ termination_id }) => ({ id: termination_id, ...unplugged })),
    )
}

/** Objects whose terminations are gone without their doing know of no cable either. */
export async function forget(tx: Batch['tx'], terminations: readonly Stamped[]): Promise<void> {
  for (const [model, rows] of byModel(terminations)) {
    const table = model.replace('.', '_')
    const left = await tx.rows(sql`
      update ${sql.table(table)} as t
      set cable_id = null, cable_end = null, cable_connector = null, cable_positions = null
      from unnest(${rows.map(row => row.termination_id)}::bigint[], ${rows.map(row => row.cable_id)}::bigint[]) as v(id, cable)
      where t.id = v.id and t.cable_id = v.cable returning t.id`)
    if (left.length) tx.touch(table)
  }
  await mirror(tx, interfacesIn(terminations))
}

const interfacesIn = (terminations: readonly Stamped[]) =>
  terminations.filter(row => row.termination_type === 'dcim.interface').map(row => row.termination_id)

/**
 * Channels show the cable of their interface, each on the one position that is its own, as long as that has a profile.
 * Brings these interfaces and their channels in line with the terminations. It leaves no trace in the change log.
 */
export async function mirror(tx: Batch['tx'], interfaces: readonly number[]): Promise<void> {
  if (interfaces.length === 0) return
  const moved = await tx.rows(sql`
    update dcim_interface as t
    set cable_id = v.cable_id, cable_end = v.cable_end, cable_connector = v.connector, cable_positions = v.positions
    from (
      select channel.id, cable.id as cable_id,
        case when cable.id is not null then seat.cable_end end as cable_end,
        case when cable.id is not null then seat.connector end as connector,
        case when cable.id is not null then array[channel.channel_id]::smallint[] end as positions
      from dcim_interface as channel
      left join dcim_interface as parent
        on parent.id = channel.parent_id and channel.channel_id is not null and parent.channels is not null
      left join dcim_cabletermination as seat
        on seat.termination_type = 'dcim.interface' and seat.termination_id = parent.id
      left join dcim_cable as cable on cable.id = seat.cable_id and cable.profile <> ''
      where (channel.id = any(${interfaces}::bigint[]) or channel.parent_id = any(${interfaces}::bigint[]))
        and not exists (
          select from dcim_cabletermination as own
          where own.termination_type = 'dcim.interface' and own.termination_id = channel.id
        )
    ) as v
    where t.id = v.id and (t.cable_id, t.cable_end, t.cable_connector, t.cable_positions)
      is distinct from (v.cable_id, v.cable_end, v.connector, v.positions)
    returning t.id`)
  if (moved.length) tx.touch('dcim_interface')
}
