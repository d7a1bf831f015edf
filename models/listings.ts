import type { Listing } from '@demarc/engine/model'
import { connectionLists } from './dcim/connections.ts'

/** Lists of some rows of models that have pages of their own. */
export const listings: readonly Listing[] = [...connectionLists]
