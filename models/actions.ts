import type { Action, Endpoint } from '@demarc/engine/model'
import { circuitsActions } from './circuits/actions.ts'
import { dcimActions, dcimEndpoints } from './dcim/actions.ts'
import { extrasActions } from './extras/actions.ts'
import { ipamActions } from './ipam/actions.ts'
import { virtualizationActions } from './virtualization/actions.ts'

/** Endpoints of single rows beyond reading and changing them. */
export const actions: readonly Action[] = [
  ...circuitsActions,
  ...dcimActions,
  ...extrasActions,
  ...ipamActions,
  ...virtualizationActions,
]

/** Endpoints that belong to no model. */
export const endpoints: readonly Endpoint[] = [...dcimEndpoints]
