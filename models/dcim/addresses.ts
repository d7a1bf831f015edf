import type { Transaction } from '@demarc/engine/database'

/** An interface that an address belongs to, and the device with it. */
interface Seat {
  readonly device: number
  readonly management: boolean
  readonly chassis: number | null
}

/** What is asked about the primary address of a device. */
export interface Address {
  readonly id: number
  readonly family: 4 | 6
  readonly own: Seat | null
  /** Where the address lies that this one is the outside of. */
  readonly inside: Seat | null
}

/** Read addresses, and whose they are. One statement. */
export async function addressesOf(
  tx: Transaction,
  ids: readonly (number | null)[],
): Promise<ReadonlyMap<number, Address>> {
  const wanted = [...new Set(ids.filter(id => id !== null))]
  if (wanted.length === 0) return new Map()
  const seat = (address: string) => `(
    select json_build_object('device', d.id, 'management', i.mgmt_only, 'chassis', d.virtual_chassis_id)
    from dcim_interface as i join dcim_device as d on d.id = i.device_id
    where ${address}.assigned_object_type = 'dcim.interface' and i.id = ${address}.assigned_object_id
  )`
  const rows = await tx.query<Address>(
    `select ip.id, family(ip.address) as family, ${seat('ip')} as own, ${seat('nat')} as inside
     from ipam_ipaddress as ip left join ipam_ipaddress as nat on nat.id = ip.nat_inside_id
     where ip.id = any($1::bigint[])`,
    [wanted],
  )
  return new Map(rows.map(row => [row.id, row]))
}

/** Whether an interface counts as one of a device: it is its own, or serves traffic on another member of its chassis. */
export const countsAs = (seat: Seat | null, device: { id: number; virtual_chassis_id: number | null }): boolean =>
  seat !== null &&
  (seat.device === device.id ||
    (device.virtual_chassis_id !== null && seat.chassis === device.virtual_chassis_id && !seat.management))
