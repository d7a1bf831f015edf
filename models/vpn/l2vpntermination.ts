import { anyRef, ref } from '@demarc/engine/field'
import { model, compare, related, tagged, type RowOf } from '@demarc/engine/model'

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
    device: related('interface.device'),
    virtual_machine: related('vminterface.virtual_machine'),
    interface: related('interface'),
    vminterface: related('vminterface'),
    vlan: related('vlan'),
    vlan_vid: compare('vlan.vid', { single: true }),
  },

  ui: {
    columns: ['l2vpn', 'assigned_object_type', 'assigned_object'],
    form: {
      'L2vpn termination': ['l2vpn', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_l2vpntermination: RowOf<typeof L2VPNTermination>
  }
}
