import { one, type Columns, type FilterSpec } from '@demarc/engine/model'
import { sql } from 'kysely'

/** In the VRF, or in one that exports a route target which the VRF imports. */
const presentIn = (row: Columns, vrf: number) =>
  sql<boolean>`(${row['vrf_id']} = ${vrf} or ${row['vrf_id']} in (
    select exporting.vrf_id
    from ipam_vrf_import_targets as importing
    join ipam_vrf_export_targets as exporting on exporting.routetarget_id = importing.routetarget_id
    where importing.vrf_id = ${vrf}
  ))`

/** What a VRF sees: its own, and what other VRFs export to it. */
export const presentInVRFFilters: Readonly<Record<string, FilterSpec>> = {
  present_in_vrf_id: one('ref', presentIn, { to: 'ipam.vrf' }),
  present_in_vrf: one('ref', presentIn, { to: 'ipam.vrf', by: 'rd' }),
}
