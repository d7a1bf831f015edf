import { sql, type RawBuilder } from 'kysely'

/**
 * Whether an interface (by its device and its being for management alone) counts as one of the devices given: it is
 * theirs, or it serves traffic on another member of their virtual chassis. `master` shares a chassis' interfaces with
 * its master alone.
 */
export function countsAsOf(
  device: RawBuilder<unknown>,
  mgmtOnly: RawBuilder<unknown>,
  devices: RawBuilder<unknown>,
  shared: 'member' | 'master',
): RawBuilder<boolean> {
  const mastered = shared === 'master' ? sql` and chassis.master_id = own.id` : sql``
  return sql<boolean>`(${device} in (${devices}) or not ${mgmtOnly} and ${device} in (
    select peer.id from dcim_device as own
    join dcim_virtualchassis as chassis on chassis.id = own.virtual_chassis_id${mastered}
    join dcim_device as peer on peer.virtual_chassis_id = chassis.id
    where own.id in (${devices})
  ))`
}

/** Devices by name, exactly. */
export const devicesNamed = (names: readonly string[]) =>
  sql`select id from dcim_device where name = any(${names}::text[])`
/** Devices by id. */
export const devicesWith = (ids: readonly number[]) => sql`select id from dcim_device where id = any(${ids}::bigint[])`
