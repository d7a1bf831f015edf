import { choice, choices, text } from '@demarc/engine/field'

const WirelessAuthType = choices('WirelessAuthType', {
  open: ['Open'],
  wep: ['WEP'],
  'wpa-personal': ['WPA Personal (PSK)'],
  'wpa-enterprise': ['WPA Enterprise'],
})

const WirelessAuthCipher = choices('WirelessAuthCipher', {
  auto: ['Auto'],
  tkip: ['TKIP'],
  aes: ['AES'],
})

/** How stations prove to each other that they may talk. */
export const authentication = {
  auth_type: choice(WirelessAuthType, { nullable: true, label: 'authentication type' }),
  auth_cipher: choice(WirelessAuthCipher, { nullable: true, label: 'authentication cipher' }),
  auth_psk: text({ blank: true, default: '', label: 'pre-shared key', max: 64 }),
} as const
