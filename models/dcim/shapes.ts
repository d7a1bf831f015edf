import type { Shape } from '@demarc/engine/field'

/** How a row is shown inside another where its name and its page are enough. */
export const linkShape: Shape = ['id', 'url', 'display_url', 'display', 'name']
