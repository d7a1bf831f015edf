import type { Model } from './model.ts'
import type { ReadCall } from './call.ts'

/** Something a client can do with one row beyond reading and changing it: `GET /api/ipam/prefixes/7/available-ips/`. */
export interface Action {
  readonly model: string
  readonly method: 'GET' | 'POST'
  /** Last part of the address, after the row's. */
  readonly path: string
  readonly about: string
  /** The permission on the row that it takes. */
  readonly permission: 'view' | 'add' | 'change' | 'delete'
  readonly run: (call: ReadCall) => Promise<unknown>
}

/** Declare an action of a model. */
export const action = (
  model: Model<string, any>,
  name: `${'GET' | 'POST'} ${string}`,
  spec: Pick<Action, 'about' | 'permission' | 'run'>,
): Action => {
  const [method, path] = name.split(' ') as ['GET' | 'POST', string]
  return { model: model.name, method, path, ...spec }
}
