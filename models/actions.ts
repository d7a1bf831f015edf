import type { Action, Endpoint } from '@demarc/engine/model'
import { dcimActions, dcimEndpoints } from './dcim/actions.ts'

/** Endpoints of single rows beyond reading and changing them. */
export const actions: readonly Action[] = [...dcimActions]

/** Endpoints that belong to no model. */
export const endpoints: readonly Endpoint[] = [...dcimEndpoints]
