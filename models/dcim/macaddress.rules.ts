import { rules } from '@demarc/engine/model'
import { MACAddress } from './macaddress.ts'

export default rules(MACAddress, {
  refs: ['assigned_object'],
  /** Addresses that are the primary one of an interface. */
  load: async ({ changes, tx }): Promise<ReadonlySet<number>> => {
    const ids = changes.filter(change => change.kind === 'update').map(change => change.id)
    if (ids.length === 0) return new Set()
    const rows = await tx.query<{ id: number }>(
      `select primary_mac_address_id as id from dcim_interface where primary_mac_address_id = any($1::bigint[])
       union all select primary_mac_address_id from virtualization_vminterface where primary_mac_address_id = any($1::bigint[])`,
      [ids],
    )
    return new Set(rows.map(row => row.id))
  },
  check: {
    'a primary address stays with its interface': ({ id, changed, row, fail }, primary: ReadonlySet<number>) => {
      if (!primary.has(id) || !changed('assigned_object_type', 'assigned_object_id')) return
      fail(
        null,
        row['assigned_object_id'] === null
          ? 'Cannot unassign MAC Address while it is designated as the primary MAC for an object'
          : 'Cannot reassign MAC Address while it is designated as the primary MAC for an object',
      )
    },
  },
})
