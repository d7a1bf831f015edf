import { sql } from 'kysely'
import type { Shape } from '../field/index.ts'
import type { Derived, Load } from './model.ts'

interface Rows {
  /** Keys of a row's representation, where not its brief form. */
  readonly nested?: Shape
  /** SQL that orders them; by id where absent. */
  readonly order?: string
  readonly label?: string
}

const byColumn =
  (table: string, column: string, order = 'id', where = ''): Load =>
  ids =>
    sql`select ${sql.ref(column)} as id, json_agg(id order by ${sql.raw(order)}) as value from ${sql.table(table)} where ${sql.ref(column)} = any(${ids})${sql.raw(where)} group by ${sql.ref(column)}`

/** The rows of another model whose reference (`dcim.device.virtual_chassis`) points here. */
export function inverse(path: `${string}.${string}.${string}`, { order, ...rest }: Rows = {}): Derived<any> {
  const [app, name, field] = path.split('.') as [string, string, string]
  return {
    load: byColumn(`${app}_${name}`, `${field}_id`, order),
    as: (_row, ids) => ids ?? [],
    to: `${app}.${name}`,
    many: true,
    ...rest,
  }
}

/** The one row of another model whose reference points here, or null. */
export function inverseOne(path: `${string}.${string}.${string}`, rows: Rows = {}): Derived<any> {
  return { ...inverse(path, rows), as: (_row, ids) => ids?.[0] ?? null, many: false, wire: 'nested object' }
}

/** The rows of another model whose reference to any of several (`ipam.ipaddress.assigned_object`) points to a row of this one. */
export function inverseAny(
  path: `${string}.${string}.${string}`,
  self: string,
  { order, ...rest }: Rows = {},
): Derived<any> {
  const [app, name, field] = path.split('.') as [string, string, string]
  return {
    load: byColumn(`${app}_${name}`, `${field}_id`, order, ` and ${field}_type = '${self}'`),
    as: (_row, ids) => ids ?? [],
    to: `${app}.${name}`,
    many: true,
    ...rest,
  }
}

/** The first row of another model whose reference to any of several points to a row of this one, or null. */
export function inverseAnyOne(path: `${string}.${string}.${string}`, self: string, rows: Rows = {}): Derived<any> {
  return { ...inverseAny(path, self, rows), as: (_row, ids) => ids?.[0] ?? null, many: false, wire: 'nested object' }
}

/** The rows linked to this one by a many-to-many field (`users.user.groups`), seen from its far end (`group`). */
export function inverseRefs(
  path: `${string}.${string}.${string}`,
  self: string,
  { order = 'id', ...rest }: Rows = {},
): Derived<any> {
  const [app, name, field] = path.split('.') as [string, string, string]
  return {
    load: linked(`${app}_${name}_${field}`, `${self}_id`, `${name}_id`, `${app}_${name}`, order),
    link: { table: `${app}_${name}_${field}`, own: `${self}_id`, other: `${name}_id` },
    as: (_row, ids) => ids ?? [],
    to: `${app}.${name}`,
    many: true,
    writable: true,
    ...rest,
  }
}

/** A many-to-many field of this row (`users.user.object_permissions`) under another key. */
export function renamedRefs(
  path: `${string}.${string}.${string}`,
  to: `${string}.${string}`,
  { order = 'id', ...rest }: Rows = {},
): Derived<any> {
  const [app, name, field] = path.split('.') as [string, string, string]
  return {
    load: linked(`${app}_${name}_${field}`, `${name}_id`, `${to.split('.')[1]}_id`, to.replace('.', '_'), order),
    link: { table: `${app}_${name}_${field}`, own: `${name}_id`, other: `${to.split('.')[1]}_id` },
    as: (_row, ids) => ids ?? [],
    to,
    many: true,
    writable: true,
    ...rest,
  }
}

/** Ids on the other side of a table of links, in the order of a column there. */
const linked =
  (table: string, own: string, other: string, far: string, order: string): Load =>
  ids =>
    sql`select ${sql.ref(`link.${own}`)} as id, json_agg(${sql.ref(`link.${other}`)} order by ${sql.ref(`far.${order}`)}) as value from ${sql.table(table)} as link join ${sql.table(far)} as far on far.id = ${sql.ref(`link.${other}`)} where ${sql.ref(`link.${own}`)} = any(${ids}) group by ${sql.ref(`link.${own}`)}`
