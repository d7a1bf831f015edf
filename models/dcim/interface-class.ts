/** Types of interface that exist in software alone. */
export const virtualTypes = ['virtual', 'bridge', 'lag'] as const

/** Types of interface that take no cable because they radiate. */
export const wirelessTypes = [
  'ieee802.11a',
  'ieee802.11g',
  'ieee802.11n',
  'ieee802.11ac',
  'ieee802.11ad',
  'ieee802.11ax',
  'ieee802.11ay',
  'ieee802.11be',
  'ieee802.15.1',
  'ieee802.15.4',
  'other-wireless',
  'gsm',
  'cdma',
  'lte',
  '4g',
  '5g',
] as const

/** Types of interface that no cable fits. `channel` is one channel of another interface. */
export const unconnectableTypes = [...virtualTypes, ...wirelessTypes, 'channel'] as const
