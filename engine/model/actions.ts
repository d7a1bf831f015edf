import type { Model } from './model.ts'
import type { EndpointCall, ListCall, ReadCall } from './call.ts'

/** Something a client can do with one row beyond reading and changing it: `GET /api/ipam/prefixes/7/available-ips/`. */
export interface Action {
  readonly model: string
  readonly method: 'GET' | 'POST'
  /** Last part of the address, after the row's. */
  readonly path: string
  readonly about: string
  /** The permission on the row that it takes. */
  readonly permission: 'view' | 'add' | 'change' | 'delete' | (string & {})
  /** The model of which it offers (GET) or creates (POST) rows: takes the permission to view or add those, too. */
  readonly offers?: string
  /** What is told to whom may not do it to an existing row; unless given, that there is no such row. */
  readonly refusal?: string
  /** Only tokens may call it, and for whoever lacks the permission, or that to view it, the row is not there. */
  readonly byToken?: true
  /** It may answer in plain text: `Accept: text/plain` or `?format=txt`. */
  readonly text?: true
  /** Last part of the address of a page below which browsers get its text as a file: `/dcim/devices/7/<page>/?export=1`. */
  readonly page?: string
  readonly run: (call: ReadCall) => Promise<unknown>
}

/** Declare an action of a model. */
export const action = (
  model: Model<string, any>,
  name: `${'GET' | 'POST'} ${string}`,
  spec: Pick<Action, 'about' | 'permission' | 'offers' | 'refusal' | 'byToken' | 'text' | 'page' | 'run'>,
): Action => {
  const [method, path] = name.split(' ') as ['GET' | 'POST', string]
  return { model: model.name, method, path, ...spec }
}

/** Something a client can do with the rows of a model as a whole: `GET /api/dcim/racks/free-slots/`. */
export interface ListAction extends Pick<Action, 'model' | 'method' | 'path' | 'about' | 'permission'> {
  readonly run: (call: ListCall) => Promise<unknown>
}

/** Declare an action on the rows of a model as a whole. */
export const listAction = (
  model: Model<string, any>,
  name: `${'GET' | 'POST'} ${string}`,
  spec: Pick<ListAction, 'about' | 'permission' | 'run'>,
): ListAction => {
  const [method, path] = name.split(' ') as ['GET' | 'POST', string]
  return { model: model.name, method, path, ...spec }
}

/** Something at an address of its own: `GET /api/dcim/connected-device/`. */
export interface Endpoint {
  readonly app: string
  readonly path: string
  readonly label: string
  readonly about: string
  /** What can be done there besides reading; `call.write.request` tells which. */
  readonly methods?: readonly ('PUT' | 'PATCH' | 'DELETE')[]
  /** Not among the addresses that the root of its app tells. */
  readonly unlisted?: true
  readonly run: (call: EndpointCall) => Promise<unknown>
}

/** Declare an endpoint at `<app>/<path>`. */
export const endpoint = (address: `${string}/${string}`, spec: Omit<Endpoint, 'app' | 'path'>): Endpoint => {
  const [app, path] = address.split('/') as [string, string]
  return { app, path, ...spec }
}
