import { Problem } from '../problem/index.ts'

/** The versions of NetBox whose databases can be taken over. */
export type NetboxVersion = '4.5' | '4.6' | '4.7'

/** A row of `django_migrations`: an app's step from one schema to the next. */
export interface Migration {
  readonly app: string
  readonly name: string
}

interface State {
  readonly version: string
  /** Any of these, and the upgrade to this version has begun. */
  readonly begun: Readonly<Record<string, number>>
  /** All of these, and it was finished; absent for versions that are refused anyway. */
  readonly finished?: Readonly<Record<string, number>>
}

/** By which migrations a version is told, newest first. */
const states: readonly State[] = [
  {
    version: '4.7',
    begun: { circuits: 60, core: 25, dcim: 242, extras: 141, ipam: 95, tenancy: 25, virtualization: 58, wireless: 21 },
    finished: {
      circuits: 60,
      core: 25,
      dcim: 250,
      extras: 141,
      ipam: 96,
      tenancy: 26,
      users: 16,
      virtualization: 60,
      vpn: 13,
      wireless: 23,
    },
  },
  {
    version: '4.6',
    begun: { dcim: 228, ipam: 87, virtualization: 54 },
    finished: { core: 20, dcim: 230, extras: 134, ipam: 87, users: 15, virtualization: 54 },
  },
  {
    version: '4.5',
    begun: { users: 14, core: 20, dcim: 218, extras: 134, ipam: 84 },
    finished: { circuits: 54, core: 20, dcim: 223, extras: 134, ipam: 84, tenancy: 21, users: 15, virtualization: 49 },
  },
  { version: '4.4', begun: { extras: 131, core: 16 } },
  { version: '4.3', begun: { extras: 126, dcim: 202 } },
  { version: '4.2', begun: { circuits: 45, dcim: 191, extras: 122 } },
  { version: '4.1', begun: { circuits: 44, dcim: 188, extras: 117 } },
  { version: '4.0', begun: { extras: 111 } },
  { version: '3.7', begun: { extras: 99, core: 8 } },
  { version: '3.6', begun: { extras: 95 } },
]

/** The newest migrations of 4.7.3, whose schema is known to the last column. */
const newest: Readonly<Record<string, number>> = {
  account: 1,
  circuits: 60,
  core: 26,
  dcim: 251,
  extras: 144,
  ipam: 97,
  tenancy: 27,
  users: 16,
  virtualization: 60,
  vpn: 13,
  wireless: 24,
}

/** The version of NetBox whose schema a database has, and its migrations beyond the newest that are known. */
export function versionOf(migrations: readonly Migration[]): { version: NetboxVersion; newer: string[] } {
  const reached = new Map<string, number>()
  for (const { app, name } of migrations) reached.set(app, Math.max(reached.get(app) ?? 0, numberOf(name)))
  if (!reached.has('dcim') || !reached.has('extras'))
    throw new Problem('not-netbox', 'The source holds no NetBox database: its django_migrations name no app of NetBox.')
  const has = ([app, number]: [string, number]) => (reached.get(app) ?? 0) >= number
  const state = states.find(({ begun }) => Object.entries(begun).some(has))
  if (!state?.finished)
    throw new Problem(
      'netbox-older',
      `The source is a NetBox ${state?.version ?? 'older than 3.6'}; only 4.5, 4.6 and 4.7 can be taken over. Upgrade it, or a copy of it, to one of them with NetBox's own upgrade first.`,
    )
  const lagging = Object.entries(state.finished).find(entry => !has(entry))
  if (lagging)
    throw new Problem(
      'netbox-unfinished',
      `The upgrade of the source to NetBox ${state.version} was not finished (${lagging[0]} stands at migration ${reached.get(lagging[0]) ?? 0}, not ${lagging[1]}). Run NetBox's own upgrade again first.`,
    )
  const newer = migrations.filter(({ app, name }) => numberOf(name) > (newest[app] ?? Infinity))
  return { version: state.version as NetboxVersion, newer: newer.map(({ app, name }) => `${app}.${name}`).sort() }
}

const numberOf = (name: string) => Number(/^\d+/.exec(name)?.[0] ?? 0)
