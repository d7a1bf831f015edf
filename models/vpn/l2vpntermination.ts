import { anyRef, ref } from '@demarc/engine/field'
import { anyOf, compare, model, related, tagged, type Columns, type RowOf } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

/** Terminations at the sites found by a condition on `site` and its `region`: of their VLANs, devices and VMs. */
const atSite = (row: Columns, condition: RawBuilder<boolean>) => sql<boolean>`(
  ${row['assigned_object_type']}, ${row['assigned_object_id']}
) in (
  with found as (
    select site.id from dcim_site as site left join dcim_region as region on region.id = site.region_id where ${condition}
  )
  select 'ipam.vlan', id from ipam_vlan where site_id in (select id from found)
  union all
  select 'dcim.interface', interface.id
  from dcim_interface as interface
  join dcim_device as device on device.id = interface.device_id
  where device.site_id in (select id from found)
  union all
  select 'virtualization.vminterface', interface.id
  from virtualization_vminterface as interface
  join virtualization_virtualmachine as machine on machine.id = interface.virtual_machine_id
  where machine.site_id in (select id from found)
)`

export const L2VPNTermination = model('vpn.l2vpntermination', {
  label: 'L2VPN termination',
  about: 'A VLAN or interface attached to a layer-2 VPN.',

  fields: {
    l2vpn: ref('vpn.l2vpn', { onDelete: 'cascade', inverse: 'terminations' }),
    assigned_object: anyRef(['dcim.interface', 'ipam.vlan', 'virtualization.vminterface'], {
      inverse: 'l2vpn_terminations',
      filters: { typeId: true },
    }),
    ...tagged,
  },

  display: { from: ['assigned_object', 'l2vpn'], as: row => `${row.assigned_object} <> ${row.l2vpn}` },
  order: ['l2vpn'],
  unique: [['assigned_object_type', 'assigned_object_id']],
  quick: ['l2vpn.name'],
  brief: ['l2vpn'],
  clone: ['l2vpn'],

  filters: {
    region: anyOf('text', (row, slugs) => atSite(row, sql`region.slug = any(${slugs})`)),
    region_id: anyOf<number>('number', (row, ids) => atSite(row, sql`region.id = any(${ids}::bigint[])`)),
    site: anyOf('text', (row, slugs) => atSite(row, sql`site.slug = any(${slugs})`)),
    site_id: anyOf<number>('number', (row, ids) => atSite(row, sql`site.id = any(${ids}::bigint[])`)),
    device: related('interface.device'),
    virtual_machine: related('vminterface.virtual_machine'),
    interface: related('interface'),
    vminterface: related('vminterface'),
    vlan: related('vlan'),
    vlan_vid: compare('vlan.vid', { single: true }),
  },

  file: {
    table: {
      first: [
        ['l2vpn', 'L2VPN'],
        ['assigned_object_type', 'Object Type'],
        ['assigned_object_parent', 'Object Parent'],
        ['assigned_object', 'Object'],
      ],
      more: [['assigned_object_site', 'Object Site'], 'tags', 'id'],
    },
    columns: {
      device: { to: 'dcim.device' },
      virtual_machine: { to: 'virtualization.virtualmachine' },
      interface: {
        to: { device: 'dcim.interface', virtual_machine: 'virtualization.vminterface' },
        within: { device: 'device', virtual_machine: 'virtual_machine' },
        sets: 'assigned_object',
      },
      vlan: { to: 'ipam.vlan', sets: 'assigned_object' },
    },
  },

  ui: {
    columns: ['l2vpn', 'assigned_object_type', 'assigned_object'],
    form: {
      'L2VPN Termination': ['l2vpn', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_l2vpntermination: RowOf<typeof L2VPNTermination>
  }
}
