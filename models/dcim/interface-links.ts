import { anyOf, flag, one, type Columns, type Derived, type FilterSpec, type Load } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'
import { cabledKeys, peersOn, type Cabling } from './cabling/cabled.ts'
import { endpointKeys, endsOf, type Way } from './cabling/endpoint.ts'
import type { Node } from './cabling/node.ts'
import { countsAsOf, devicesNamed, devicesWith } from './chassis-interfaces.ts'
import { unconnectableTypes, virtualTypes, wirelessTypes } from './interface-class.ts'

/** Whether one termination of a virtual circuit, `own`, reaches another, `peer`: spokes reach hubs alone. */
export const reaches = sql<boolean>`(own.role, peer.role) in (('peer', 'peer'), ('hub', 'spoke'), ('spoke', 'hub'))`

/** Interfaces are linked by radio and by virtual circuits too; these reads come on top of those of any endpoint. */
export const interfaceLoads: Readonly<Record<string, Load>> = {
  radio: ids => sql`
    select id, to_json(other) as value
    from (
      select interface_a_id, interface_b_id from wireless_wirelesslink
      union all
      select interface_b_id, interface_a_id from wireless_wirelesslink
    ) as link (id, other)
    where id = any(${ids})`,
  virtualPeers: ids => sql`
    select own.interface_id as id, json_agg(peer.id order by peer.role, peer.id) as value
    from circuits_virtualcircuittermination as own
    join dcim_interface as interface on interface.id = own.interface_id
    join circuits_virtualcircuittermination as peer
      on peer.virtual_circuit_id = own.virtual_circuit_id and peer.id <> own.id
      and ${reaches}
    where own.interface_id = any(${ids}) and interface.type = any(${[...virtualTypes]}::text[])
    group by own.interface_id`,
}

interface Links {
  readonly cable?: Cabling
  readonly radio?: number
  readonly way?: Way
  readonly virtualPeers?: readonly number[]
}

const ends = ({ way, virtualPeers }: Links): Node[] | null =>
  virtualPeers ? virtualPeers.map(id => ['circuits.virtualcircuittermination', id]) : endsOf(way)

/** The keys of any endpoint, as they are for an interface. */
export const interfaceKeys: Readonly<Record<string, Derived<any>>> = {
  ...endpointKeys,
  link_peers: {
    ...cabledKeys['link_peers']!,
    from: [...cabledKeys['link_peers']!.from!, 'wireless_link'],
    loads: ['cable', 'radio'],
    as: (row, { cable, radio }: Links): Node[] =>
      row.cable_id === null && radio !== undefined ? [['dcim.interface', radio]] : peersOn(row, cable),
  },
  connected_endpoints: {
    ...endpointKeys['connected_endpoints']!,
    loads: ['way', 'virtualPeers'],
    as: (_row, links: Links) => ends(links),
  },
  connected_endpoints_type: {
    loads: ['way', 'virtualPeers'],
    as: (_row, links: Links) => ends(links)?.[0]?.[0] ?? null,
  },
  _occupied: {
    ...cabledKeys['_occupied']!,
    from: ['mark_connected', 'cable', 'wireless_link'],
    as: row => row.mark_connected || row.cable_id !== null || row.wireless_link_id !== null,
  },
}

const inVlan = (row: Columns, vlans: RawBuilder<unknown>) => sql<boolean>`(
  ${row['untagged_vlan_id']} in (${vlans}) or ${row['qinq_svlan_id']} in (${vlans}) or ${row['id']} in (
    select interface_id from dcim_interface_tagged_vlans where vlan_id in (${vlans})
  )
)`

const ofChassis = (shared: 'member' | 'master', label: string): Readonly<Record<'names' | 'ids', FilterSpec>> => ({
  names: anyOf('text', (row, names) => countsAsOf(row['device_id']!, row['mgmt_only']!, devicesNamed(names), shared), {
    label,
  }),
  ids: anyOf<number>(
    'number',
    (row, ids) => countsAsOf(row['device_id']!, row['mgmt_only']!, devicesWith(ids), shared),
    { label: `${label} (ID)` },
  ),
})
const ofMember = ofChassis('member', 'Virtual chassis interfaces for device')
const ofMaster = ofChassis('master', 'Virtual chassis interfaces for device when device is master')

/** Interfaces by what they are linked to, their VLANs, their virtual chassis and their kind. */
export const interfaceFilters: Readonly<Record<string, FilterSpec>> = {
  occupied: flag(
    row => sql`${row['cable_id']} is not null or ${row['wireless_link_id']} is not null or ${row['mark_connected']}`,
  ),
  vlan_id: one<number>('number', (row, id) => inVlan(row, sql`select ${id}::bigint`), { label: 'Assigned VLAN' }),
  vlan: one<number>('number', (row, vid) => inVlan(row, sql`select id from ipam_vlan where vid = ${vid}::bigint`), {
    label: 'Assigned VID',
  }),
  virtual_chassis_member: ofMember.names,
  virtual_chassis_member_id: ofMember.ids,
  virtual_chassis_member_or_master: ofMaster.names,
  virtual_chassis_member_or_master_id: ofMaster.ids,
  kind: one(
    'text',
    (row, kind) => {
      const type = row['type']!
      if (kind === 'virtual') return sql`${type} = any(${[...virtualTypes]}::text[])`
      if (kind === 'wireless') return sql`${type} = any(${[...wirelessTypes]}::text[])`
      if (kind === 'physical')
        return sql`${row['channel_id']} is null and ${type} <> all(${[...unconnectableTypes]}::text[])`
      return sql`false`
    },
    { label: 'Kind of interface' },
  ),
}
