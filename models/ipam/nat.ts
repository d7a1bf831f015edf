import type { Shape } from '@demarc/engine/field'

/** How an address is shown inside the one that it is translated to or from. */
export const translatedAddress: Shape = ['id', 'url', 'display_url', 'display', { family: 'value' }, 'address']
