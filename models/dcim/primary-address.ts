import { ref, type Shape } from '@demarc/engine/field'
import { flag, type Derived, type FilterSpec } from '@demarc/engine/model'
import { sql } from 'kysely'
import { translatedAddress } from '../ipam/nat.ts'

/** How the address of a device or machine is shown: with what is translated to it, and what it is translated to. */
export const hostAddressShape: Shape = [
  'id',
  'url',
  'display',
  'family',
  'address',
  { nat_inside: translatedAddress },
  { nat_outside: translatedAddress },
  'dns_name',
  'description',
]

const primary = (label: string) =>
  ref('ipam.ipaddress', {
    nullable: true,
    unique: true,
    label,
    onDelete: 'set null',
    inverse: '+',
    filter: { by: 'address' },
    nested: hostAddressShape,
  })

/** The addresses, one of each family, by which a device or machine is reached. */
export const primaryAddresses = {
  primary_ip4: primary('primary IPv4'),
  primary_ip6: primary('primary IPv6'),
} as const

/** The one of them that comes first: IPv6, unless PREFER_IPV4 is set. */
export const primaryAddress: Readonly<Record<string, Derived<any>>> = {
  primary_ip: {
    from: ['primary_ip4', 'primary_ip6'],
    to: 'ipam.ipaddress',
    nested: hostAddressShape,
    wire: 'nested object',
    label: 'Primary ip',
    as: ({ primary_ip4_id, primary_ip6_id }, _loaded, { PREFER_IPV4 }) =>
      PREFER_IPV4 ? (primary_ip4_id ?? primary_ip6_id) : (primary_ip6_id ?? primary_ip4_id),
  },
}

/** Whether there is a primary address at all. */
export const primaryAddressFilter: Readonly<Record<string, FilterSpec>> = {
  has_primary_ip: flag(
    row => sql`${row['primary_ip4_id']} is not null or ${row['primary_ip6_id']} is not null`,
    'Has a primary IP',
  ),
}
