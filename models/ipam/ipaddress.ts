import { address, anyRef, choice, choices, ref, text, withMask } from '@demarc/engine/field'
import { everyday, flag, inverse, model, primary, related, type RowOf } from '@demarc/engine/model'
import { appoint, checkAppointment } from './appointment-file.ts'
import { sql } from 'kysely'
import { addressFilter, maskLengthFilters, parentFilter } from './address-filters.ts'
import { familyFilter, familyKey } from './family.ts'
import { interfaceOwnerFilters } from './interface-owner.ts'
import { addressBegins } from './matching.ts'
import { translatedAddress } from './nat.ts'
import { presentInVRFFilters } from './vrf-filters.ts'

export const IPAddressStatus = choices('ipam.IPAddress.status', {
  active: ['Active', 'blue'],
  reserved: ['Reserved', 'cyan'],
  deprecated: ['Deprecated', 'red'],
  dhcp: ['DHCP', 'purple'],
  slaac: ['SLAAC', 'purple'],
})

export const IPAddressRole = choices('IPAddressRole', {
  loopback: ['Loopback', 'gray'],
  secondary: ['Secondary', 'blue'],
  anycast: ['Anycast', 'yellow'],
  vip: ['VIP', 'purple'],
  vrrp: ['VRRP', 'green'],
  hsrp: ['HSRP', 'green'],
  glbp: ['GLBP', 'green'],
  carp: ['CARP', 'green'],
})

export const IPAddress = model('ipam.ipaddress', {
  label: 'IP address',
  plural: 'IP addresses',
  about: 'An IPv4 or IPv6 address with its mask, optionally assigned to an interface.',
  features: [...everyday, 'contacts'],

  fields: {
    address: address({ help: 'IPv4 or IPv6 address (with mask)' }),
    vrf: ref('ipam.vrf', { nullable: true, label: 'VRF', inverse: 'ip_addresses' }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'ip_addresses' }),
    status: choice(IPAddressStatus, {
      default: 'active',
      help: 'The operational status of this IP',
      filter: { notNull: true },
    }),
    role: choice(IPAddressRole, { nullable: true, help: 'The functional role of this IP' }),
    assigned_object: anyRef(['dcim.interface', 'ipam.fhrpgroup', 'virtualization.vminterface'], {
      nullable: true,
      inverse: 'ip_addresses',
    }),
    nat_inside: ref('ipam.ipaddress', {
      nullable: true,
      label: 'NAT (inside)',
      help: 'The IP for which this address is the "outside" IP',
      onDelete: 'set null',
      inverse: 'nat_outside',
      filter: { only: 'id' },
      nested: translatedAddress,
    }),
    dns_name: text({
      blank: true,
      default: '',
      label: 'DNS name',
      help: 'Hostname or FQDN (not case-sensitive)',
      max: 255,
    }),
    ...primary,
  },

  derived: {
    family: familyKey('address'),
    nat_outside: inverse('ipam.ipaddress.nat_inside', {
      nested: translatedAddress,
      order: 'host(address)::inet, id',
    }),
  },

  display: { from: ['address'], as: row => withMask(row.address) },
  partOf: ['assigned_object'],
  order: [{ sql: row => sql`host(${row['address']})::inet` }, 'id'],
  index: [['address', 'id'], 'using btree ((host(address)::inet), id)'],
  quick: ['dns_name', 'description', addressBegins],
  patterns: ['address'],
  search: { address: 100, dns_name: 300, description: 500, comments: 5000 },
  brief: ['family', 'address', 'description'],
  clone: ['vrf', 'tenant', 'status', 'role', 'dns_name', 'description'],

  filters: {
    family: familyFilter('address'),
    address: addressFilter('address'),
    parent: parentFilter('address'),
    ...maskLengthFilters('address'),
    ...presentInVRFFilters,
    ...interfaceOwnerFilters('assigned_object'),
    interface: related('interface'),
    vminterface: related('vminterface'),
    fhrpgroup: related('fhrpgroup', { only: 'id' }),
    service: related('services', { only: 'id' }),
    assigned: flag(row => sql`${row['assigned_object_id']} is not null`),
    assigned_to_interface: flag(
      row => sql`${row['assigned_object_type']} in ('dcim.interface', 'virtualization.vminterface')`,
    ),
  },

  file: {
    table: {
      first: [
        ['address', 'IP Address'],
        'vrf',
        'status',
        'role',
        'tenant',
        ['assigned_object', 'Assigned'],
        'dns_name',
        'description',
      ],
      more: [
        'id',
        'tenant.group',
        ['nat_inside', 'NAT (Inside)'],
        ['nat_outside', 'NAT (Outside)'],
        'comments',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
        ['assigned_object', 'Interface'],
        ['assigned_object_parent', 'Parent'],
      ],
    },
    columns: {
      device: { to: 'dcim.device' },
      virtual_machine: { to: 'virtualization.virtualmachine' },
      interface: {
        to: { device: 'dcim.interface', virtual_machine: 'virtualization.vminterface' },
        within: { device: 'device', virtual_machine: 'virtual_machine' },
        sets: 'assigned_object',
      },
      fhrp_group: { to: 'ipam.fhrpgroup', sets: 'assigned_object' },
      is_primary: {},
      is_oob: {},
    },
    item: checkAppointment,
    after: appoint,
  },

  ui: {
    icon: 'hash',
    columns: ['address', 'vrf', 'status', 'role', 'tenant', 'assigned_object', 'dns_name', 'description'],
    form: {
      'IP Address': ['address', 'status', 'role', 'vrf', 'dns_name', 'description', 'tags'],
      Tenancy: ['tenant'],
      'NAT IP (Inside)': ['nat_inside'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_ipaddress: RowOf<typeof IPAddress>
  }
}
