import { choice, choices, ref, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { scopeFilters, scoped } from '../ipam/scope.ts'
import { authentication } from './authentication.ts'

export const WirelessLANStatus = choices('wireless.WirelessLAN.status', {
  active: ['Active', 'green'],
  reserved: ['Reserved', 'cyan'],
  disabled: ['Disabled', 'orange'],
  deprecated: ['Deprecated', 'red'],
})

export const WirelessLAN = model('wireless.wirelesslan', {
  label: 'wireless LAN',
  about: 'A wireless network by its SSID.',

  fields: {
    ssid: text({ label: 'SSID', max: 32 }),
    group: ref('wireless.wirelesslangroup', { nullable: true, onDelete: 'set null', inverse: 'wireless_lans' }),
    status: choice(WirelessLANStatus, { default: 'active' }),
    vlan: ref('ipam.vlan', { nullable: true, label: 'VLAN', filter: { only: 'id' } }),
    ...scoped('wireless_lans'),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'wireless_lans' }),
    ...authentication,
    ...primary,
  },

  display: { from: ['ssid'], as: row => row.ssid },
  resets: ['scope'],
  order: ['ssid', 'id'],
  index: [['ssid', 'id']],
  quick: ['ssid', 'description'],
  search: { ssid: 100, description: 500, auth_psk: 2000, comments: 5000 },
  brief: ['ssid', 'description'],
  clone: ['ssid', 'group', 'scope', 'tenant', 'description'],

  filters: {
    ...scopeFilters,
    interface: related('interfaces', { only: 'id' }),
  },

  file: {
    table: {
      first: ['ssid', 'group', 'status', 'description', 'vlan', 'auth_type', ['interface_count', 'Interfaces']],
      more: [
        'tenant',
        'tenant.group',
        'auth_cipher',
        'auth_psk',
        'scope',
        ['scope_type', 'Scope Type'],
        'comments',
        'tags',
        'created',
        'last_updated',
        'id',
        'owner.group',
        'owner',
      ],
    },
    columns: { scope_name: { typed: 'scope_type', sets: 'scope' } },
  },

  ui: {
    icon: 'wifi',
    columns: ['ssid', 'group', 'status', 'description', 'vlan', 'auth_type'],
    form: {
      'Wireless LAN': ['ssid', 'group', 'vlan', 'status', 'description', 'tags'],
      Scope: ['scope'],
      Tenancy: ['tenant'],
      Authentication: ['auth_type', 'auth_cipher', 'auth_psk'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    wireless_wirelesslan: RowOf<typeof WirelessLAN>
  }
}
