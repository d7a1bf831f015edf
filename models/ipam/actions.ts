import type { Action } from '@demarc/engine/model'
import asnrange from './asnrange.actions.ts'
import iprange from './iprange.actions.ts'
import prefix from './prefix.actions.ts'
import { utilizationActions } from './utilization/utilization.actions.ts'
import vlangroup from './vlangroup.actions.ts'

/** What can be done with objects of this app beyond reading and changing them. */
export const ipamActions: readonly Action[] = [...asnrange, ...iprange, ...prefix, ...vlangroup, ...utilizationActions]
