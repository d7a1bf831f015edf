import { choice, ref, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'
import { distance } from '../circuits/distance.ts'
import { LinkStatus } from '../dcim/cable.ts'
import { authentication } from './authentication.ts'

/** The device at an end of a link; kept by the engine. */
const end = { nullable: true, hidden: true, onDelete: 'cascade', inverse: '+', filter: false } as const

export const WirelessLink = model('wireless.wirelesslink', {
  label: 'wireless link',
  about: 'A radio link between two interfaces.',

  fields: {
    interface_a: ref('dcim.interface', {
      file: { within: { device_a: 'device' } },
      label: 'interface A',
      inverse: '+',
      filter: { only: 'id' },
    }),
    interface_b: ref('dcim.interface', {
      file: { within: { device_b: 'device' } },
      label: 'interface B',
      inverse: '+',
      filter: { only: 'id' },
    }),
    ssid: text({ blank: true, default: '', label: 'SSID', max: 32 }),
    status: choice(LinkStatus, { default: 'connected' }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'wireless_links' }),
    ...authentication,
    ...distance,
    _interface_a_device: ref('dcim.device', end),
    _interface_b_device: ref('dcim.device', end),
    ...primary,
  },

  display: { from: ['ssid'], as: row => row.ssid || `#${row.id}` },
  order: ['id'],
  unique: [['interface_a', 'interface_b']],
  quick: ['ssid', 'description'],
  search: { ssid: 100, description: 500, auth_psk: 2000, comments: 5000 },
  brief: ['ssid', 'description'],
  clone: ['ssid', 'status'],

  file: {
    table: {
      first: [
        'id',
        'status',
        ['interface_a.device', 'Device A'],
        'interface_a',
        ['interface_b.device', 'Device B'],
        'interface_b',
        'ssid',
        'auth_type',
        'description',
      ],
      more: [
        'tenant',
        'tenant.group',
        'distance',
        'auth_cipher',
        'auth_psk',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
        'comments',
      ],
    },
    columns: {
      site_a: { to: 'dcim.site' },
      device_a: { to: 'dcim.device', within: { site_a: 'site' } },
      site_b: { to: 'dcim.site' },
      device_b: { to: 'dcim.device', within: { site_b: 'site' } },
    },
  },

  ui: {
    icon: 'broadcast',
    panels: ['trace'],
    columns: ['status', 'interface_a', 'interface_b', 'ssid', 'auth_type', 'description'],
    form: {
      'Side A': ['interface_a'],
      'Side B': ['interface_b'],
      Link: ['status', 'ssid', 'distance', 'distance_unit', 'description', 'tags'],
      Tenancy: ['tenant'],
      Authentication: ['auth_type', 'auth_cipher', 'auth_psk'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    wireless_wirelesslink: RowOf<typeof WirelessLink>
  }
}
