import { one, type Columns, type FilterSpec } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

/** Finds interfaces by a VLAN that they carry: untagged, tagged or as the service VLAN around others. */
export function carriedVLANFilters(interfaces: {
  readonly table: string
  readonly own: string
}): Readonly<Record<string, FilterSpec>> {
  const carries = (row: Columns, vlans: RawBuilder<unknown>) =>
    sql<boolean>`(
      ${row['untagged_vlan_id']} in (${vlans})
      or ${row['qinq_svlan_id']} in (${vlans})
      or ${row['id']} in (
        select ${sql.ref(interfaces.own)} from ${sql.table(`${interfaces.table}_tagged_vlans`)} where vlan_id in (${vlans})
      )
    )`
  return {
    vlan_id: one<number>('number', (row, id) => carries(row, sql`select ${id}::bigint`)),
    vlan: one<number>('number', (row, vid) => carries(row, sql`select id from ipam_vlan where vid = ${vid}::bigint`)),
  }
}
