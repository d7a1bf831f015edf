import { bigint, choice, choices, ref, text } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'

export const TunnelStatus = choices('vpn.Tunnel.status', {
  planned: ['Planned', 'cyan'],
  active: ['Active', 'green'],
  disabled: ['Disabled', 'red'],
})

export const TunnelEncapsulation = choices('TunnelEncapsulation', {
  'ipsec-transport': ['IPsec - Transport'],
  'ipsec-tunnel': ['IPsec - Tunnel'],
  'ip-ip': ['IP-in-IP'],
  gre: ['GRE'],
  wireguard: ['WireGuard'],
  openvpn: ['OpenVPN'],
  l2tp: ['L2TP'],
  pptp: ['PPTP'],
})

export const Tunnel = model('vpn.tunnel', {
  label: 'tunnel',
  about: 'A layer-3 tunnel between two or more ends.',
  features: [...everyday, 'contacts'],

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    status: choice(TunnelStatus, { default: 'active', required: true }),
    group: ref('vpn.tunnelgroup', { nullable: true, inverse: 'tunnels' }),
    encapsulation: choice(TunnelEncapsulation),
    ipsec_profile: ref('vpn.ipsecprofile', { nullable: true, inverse: 'tunnels' }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'tunnels' }),
    tunnel_id: bigint({ nullable: true, label: 'tunnel ID', min: 0 }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    terminations_count: 'vpn.tunneltermination.tunnel',
  },
  quick: ['name', 'description', 'comments'],
  search: { name: 100, tunnel_id: 300, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['status', 'encapsulation', 'ipsec_profile', 'tenant'],

  file: {
    table: {
      first: ['name', 'group', 'status', 'encapsulation', 'tenant', ['terminations_count', 'Terminations']],
      more: [
        'id',
        ['ipsec_profile', 'IPSec profile'],
        'tenant.group',
        'tunnel_id',
        'description',
        'contacts',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'shield-lock',
    columns: ['name', 'group', 'status', 'encapsulation', 'tenant', 'terminations_count'],
    form: {
      Tunnel: ['name', 'status', 'group', 'encapsulation', 'description', 'tunnel_id', 'tags'],
      Security: ['ipsec_profile'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_tunnel: RowOf<typeof Tunnel>
  }
}
