import type { Action } from '@demarc/engine/model'
import { syncAction } from './syncing/sync.ts'

/** What can be done with single objects of this app besides reading and changing them. */
export const coreActions: readonly Action[] = [syncAction]
