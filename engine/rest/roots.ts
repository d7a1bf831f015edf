import { hostname } from 'node:os'
import { netboxVersion, pythonVersion } from '../http/index.ts'
import { liveWorkers } from '../job/index.ts'
import { pathOf } from '../model/index.ts'
import type { Call } from './context.ts'

const appNames = [
  'circuits',
  'core',
  'dcim',
  'extras',
  'ipam',
  'plugins',
  'status',
  'tenancy',
  'users',
  'virtualization',
  'vpn',
  'wireless',
]

/** `GET /api/`: addresses of the apps. */
export const apiRoot = ({ origin }: Call) => Object.fromEntries(appNames.map(name => [name, `${origin}/api/${name}/`]))

/** Addresses that an app's root lists besides those of its models. */
const extras: Readonly<Record<string, readonly string[]>> = {
  core: ['background-queues', 'background-tasks', 'background-workers'],
  extras: ['scripts/upload'],
  users: ['config'],
}

/** `GET /api/<app>/`: addresses of its models' lists; undefined for an app that is none. */
export function appRoot({ registry, origin }: Call, name: string): Record<string, string> | undefined {
  const app = registry.apps.find(app => app.name === name)
  if (!app) return undefined
  const paths = [
    ...app.models.filter(model => !model.spec.internal).map(pathOf),
    ...(app.endpoints ?? []).filter(endpoint => !endpoint.unlisted).map(endpoint => endpoint.path),
    ...(extras[name] ?? []),
  ].sort()
  return Object.fromEntries(paths.map(path => [path, `${origin}/api/${name}/${path}/`]))
}

/** `GET /api/status/`: versions, in the keys that clients of NetBox look for, and our own beside them. */
export const status = async (call: Call, version: string) => ({
  'django-version': '5.2',
  hostname: hostname(),
  installed_apps: Object.fromEntries(call.registry.apps.map(app => [app.name, netboxVersion])),
  'netbox-version': netboxVersion,
  'netbox-full-version': netboxVersion,
  plugins: {},
  'python-version': pythonVersion,
  'rq-workers-running': (await liveWorkers(call.db)).length,
  'demarc-version': version,
})
