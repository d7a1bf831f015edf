import type { Action, Endpoint, ListAction } from '@demarc/engine/model'
import { circuitsActions } from './circuits/actions.ts'
import { coreActions } from './core/actions.ts'
import { dcimActions, dcimEndpoints, dcimListActions } from './dcim/actions.ts'
import { extrasActions, extrasEndpoints } from './extras/actions.ts'
import { ipamActions } from './ipam/actions.ts'
import { virtualizationActions } from './virtualization/actions.ts'
import { wirelessActions } from './wireless/actions.ts'

/** Endpoints of single rows beyond reading and changing them. */
export const actions: readonly Action[] = [
  ...circuitsActions,
  ...coreActions,
  ...dcimActions,
  ...extrasActions,
  ...ipamActions,
  ...virtualizationActions,
  ...wirelessActions,
]

/** Endpoints of lists beyond reading and changing them. */
export const listActions: readonly ListAction[] = [...dcimListActions]

/** Endpoints that belong to no model. */
export const endpoints: readonly Endpoint[] = [...dcimEndpoints, ...extrasEndpoints]
