import { anyRef, choice, choices, ref } from '@demarc/engine/field'
import { model, recorded, related, tagged, type RowOf } from '@demarc/engine/model'

export const TunnelTerminationRole = choices('TunnelTerminationRole', {
  peer: ['Peer', 'green'],
  hub: ['Hub', 'blue'],
  spoke: ['Spoke', 'orange'],
})

export const TunnelTermination = model('vpn.tunneltermination', {
  label: 'tunnel termination',
  about: 'An end of a tunnel.',
  features: [...recorded, 'custom_fields', 'custom_links', 'tags'],

  fields: {
    tunnel: ref('vpn.tunnel', { onDelete: 'cascade', inverse: 'terminations' }),
    role: choice(TunnelTerminationRole, { default: 'peer', required: true }),
    termination: anyRef(
      ['dcim.device', 'dcim.interface', 'virtualization.virtualmachine', 'virtualization.vminterface'],
      { inverse: 'tunnel_terminations', idRequired: false },
    ),
    outside_ip: ref('ipam.ipaddress', { nullable: true, inverse: 'tunnel_terminations', filter: { only: 'id' } }),
    ...tagged,
  },

  display: { from: ['tunnel'], as: row => `${row.tunnel}: Termination ${row.id}` },
  partOf: ['tunnel'],
  order: ['tunnel', 'role', 'id'],
  unique: [
    {
      columns: ['termination_type', 'termination_id'],
      message: 'An object may be terminated to only one tunnel at a time.',
    },
  ],
  index: [['tunnel', 'role', 'id']],
  quick: ['tunnel.name'],
  brief: [],

  filters: {
    interface: related('interface'),
    vminterface: related('vminterface'),
  },

  file: {
    table: {
      first: [
        'id',
        'tunnel',
        'role',
        ['termination_parent', 'Host'],
        ['termination', 'Tunnel interface'],
        ['ip_addresses', 'IP Addresses'],
        ['outside_ip', 'Outside IP'],
      ],
      more: ['tags', 'created', 'last_updated'],
    },
    columns: {
      device: { to: 'dcim.device' },
      virtual_machine: { to: 'virtualization.virtualmachine' },
      termination: {
        to: { device: 'dcim.interface', virtual_machine: 'virtualization.vminterface' },
        within: { device: 'device', virtual_machine: 'virtual_machine' },
        sets: 'termination',
      },
    },
  },

  ui: {
    columns: ['tunnel', 'role', 'termination', 'outside_ip'],
    form: {
      'Tunnel Termination': ['tunnel', 'role', 'termination', 'outside_ip', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_tunneltermination: RowOf<typeof TunnelTermination>
  }
}
