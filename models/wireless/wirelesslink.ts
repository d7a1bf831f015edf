import { choice, decimal, ref, stored, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'
import { LinkStatus } from '../dcim/cable.ts'
import { DistanceUnit } from '../units.ts'
import { WirelessAuthCipher, WirelessAuthType } from './wirelesslan.ts'

export const WirelessLink = model('wireless.wirelesslink', {
  label: 'wireless link',
  about: 'A radio link between two interfaces.',

  fields: {
    interface_a: ref('dcim.interface', { label: 'interface A', inverse: '+', filter: { only: 'id' } }),
    interface_b: ref('dcim.interface', { label: 'interface B', inverse: '+', filter: { only: 'id' } }),
    ssid: text({ blank: true, default: '', label: 'SSID', max: 32 }),
    status: choice(LinkStatus, { default: 'connected' }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'wireless_links' }),
    auth_type: choice(WirelessAuthType, { nullable: true, label: 'authentication type' }),
    auth_cipher: choice(WirelessAuthCipher, { nullable: true, label: 'authentication cipher' }),
    auth_psk: text({ blank: true, default: '', label: 'pre-shared key', max: 64 }),
    distance: decimal({ digits: 8, places: 2, nullable: true }),
    distance_unit: choice(DistanceUnit, { nullable: true, filter: { single: true } }),
    _abs_distance: stored<number | null>('numeric(13,4)', { nullable: true }),
    _interface_a_device: ref('dcim.device', {
      nullable: true,
      hidden: true,
      onDelete: 'cascade',
      inverse: '+',
      filter: false,
    }),
    _interface_b_device: ref('dcim.device', {
      nullable: true,
      hidden: true,
      onDelete: 'cascade',
      inverse: '+',
      filter: false,
    }),
    ...primary,
  },

  display: { from: ['ssid'], as: row => row.ssid || `#${row.id}` },
  order: ['id'],
  unique: [['interface_a', 'interface_b']],
  quick: ['ssid', 'description'],
  search: { ssid: 100, description: 500, auth_psk: 2000, comments: 5000 },
  brief: ['ssid', 'description'],
  clone: ['ssid', 'status'],

  ui: {
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
