import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { Model, Registry } from '../model/index.ts'
import { everything, nothing, type Condition, type Lookup } from '../query/index.ts'
import { resolvePath } from '../query/path.ts'

export type Act = 'view' | 'add' | 'change' | 'delete' | (string & {})

/** Whoever a request is made as, as far as permissions go; null is nobody. */
export interface Subject {
  readonly id: number
  readonly superuser: boolean
}

/** An object permission that applies to a user. */
interface Grant {
  readonly actions: readonly string[]
  readonly object_types: readonly string[]
  readonly constraints: unknown
}

/** Settings that grant without an object permission. */
export interface GrantSettings {
  /** Models that everyone may view, or `*`. */
  readonly exemptViewPermissions: readonly string[]
  /** What every user may do: `users.view_token` → constraints. */
  readonly defaultPermissions: Readonly<Record<string, unknown>>
}

/** Models that `*` never exempts. */
const neverExempt = new Set([
  'extras.configrevision',
  'core.configrevision',
  'users.group',
  'users.objectpermission',
  'users.token',
  'users.user',
])

export interface Permissions {
  /** Which rows of a model the user may act on; null where none at all. */
  readonly constrain: (act: Act, model: Model) => Condition | null
  /** The same, but for what keeps rows from others whatever they may, as filters that are not shared. */
  readonly granted: (act: Act, model: Model) => Condition | null
}

/** What a user may do: two statements at most, however many models are asked about. */
export async function permissionsOf(
  db: Database,
  registry: Registry,
  subject: Subject | null,
  settings: GrantSettings,
): Promise<Permissions> {
  const grants = subject && !subject.superuser ? await grantsOf(db, subject.id) : []
  const exempt = (act: Act, model: Model) =>
    act === 'view' &&
    (settings.exemptViewPermissions.includes(model.name) ||
      (settings.exemptViewPermissions.includes('*') && !neverExempt.has(model.name)))
  const granted = (act: Act, model: Model): Condition | null => {
    if (subject?.superuser || exempt(act, model)) return everything
    if (!subject) return null
    if (act === 'view' && model.spec.open) return everything
    const constraints = grants
      .filter(grant => grant.object_types.includes(model.name) && grant.actions.includes(act))
      .map(grant => grant.constraints)
    const [app, short] = model.name.split('.') as [string, string]
    const given = settings.defaultPermissions[`${app}.${act}_${short}`]
    if (given !== undefined) constraints.push(...(Array.isArray(given) ? given : [given]))
    return constraints.length ? anyOfConstraints(registry, model, constraints, subject.id) : null
  }
  return {
    granted,
    constrain(act, model) {
      const condition = granted(act, model)
      const { visible } = model.spec
      return condition && visible && subject && !subject.superuser && !exempt(act, model)
        ? { and: [condition, { sql: row => visible(row, subject.id) }] }
        : condition
    },
  }
}

const grantsOf = (db: Database, user: number) =>
  db.rows<Grant>(
    sql`
    select p.actions, p.object_types, p.constraints from users_objectpermission p
    where p.enabled and (
      p.id in (select objectpermission_id from users_user_object_permissions where user_id = ${user})
      or p.id in (
        select gp.objectpermission_id from users_group_object_permissions gp
        join users_user_groups ug on ug.group_id = gp.group_id where ug.user_id = ${user}
      )
    )`,
    { named: true },
  )

const lookups = new Set<string>([
  'exact',
  'iexact',
  'contains',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'in',
  'gt',
  'gte',
  'lt',
  'lte',
  'range',
  'isnull',
  'regex',
  'iregex',
  'year',
  'month',
  'day',
  'date',
  'net_contained',
  'net_contained_or_equal',
  'net_contains',
  'net_contains_or_equals',
  'net_host',
  'net_in',
  'family',
  'net_mask_length',
  'has_key',
])

/** Constraints of several permissions: any of them is enough, and one without constraints lifts all. */
export function anyOfConstraints(
  registry: Registry,
  model: Model,
  constraints: readonly unknown[],
  user: number,
): Condition {
  const alternatives: Condition[] = []
  for (const constraint of constraints) {
    const objects = Array.isArray(constraint) ? constraint : [constraint]
    if (objects.length === 0) return everything
    for (const object of objects) {
      const entries = Object.entries((object ?? {}) as Record<string, unknown>)
      if (entries.length === 0) return everything
      alternatives.push({ and: entries.map(([key, value]) => constraintCondition(registry, model, key, value, user)) })
    }
  }
  return { or: alternatives }
}

/** `site__region__name__in: [...]` as a condition. A constraint that leads nowhere grants nothing. */
export function constraintCondition(
  registry: Registry,
  model: Model,
  key: string,
  value: unknown,
  user: number,
): Condition {
  const parts = key.split('__')
  const last = parts.at(-1)!
  const lookup = parts.length > 1 && lookups.has(last) ? (last as Lookup) : 'exact'
  const path = (lookup === 'exact' && last !== 'exact' ? parts : parts.slice(0, -1)).join('.')
  const substitute = (one: unknown) => (one === '$user' ? user : one)
  const actual = Array.isArray(value) ? value.map(substitute) : substitute(value)
  const steps = resolvePath(registry, model, path)
  if (!steps) return nothing
  if (steps.at(-1)!.kind === 'json')
    return { path, lookup, value: typeof actual === 'object' ? JSON.stringify(actual) : String(actual) }
  if (actual === null) return { path, lookup: 'isnull', value: true }
  return { path, lookup: lookup === 'in' ? 'in' : lookup, value: actual }
}

/** What is wrong with a constraint: a path that leads nowhere, or a value that nothing there can equal. */
export function constraintFault(registry: Registry, model: Model, key: string, value: unknown): string | undefined {
  const parts = key.split('__')
  const last = parts.at(-1)!
  const hasLookup = parts.length > 1 && lookups.has(last) && !resolvePath(registry, model, parts.join('.'))
  const path = (hasLookup ? parts.slice(0, -1) : parts).join('.')
  const end = resolvePath(registry, model, path)?.at(-1)
  if (!end) return `Invalid filter for ${model.spec.label}: there is no ${key}.`
  const lookup = hasLookup ? last : 'exact'
  if (lookup === 'isnull') return typeof value === 'boolean' ? undefined : `${key} must be true or false.`
  if ((lookup === 'in' || lookup === 'range') && !Array.isArray(value)) return `${key} must be a list.`
  const type = 'field' in end ? (end.field?.column?.type ?? '') : 'column' in end && end.column === 'id' ? 'bigint' : ''
  const numeric = /^(smallint|integer|bigint|numeric)/.test(type) && /^(exact|in|lte?|gte?|range)$/.test(lookup)
  const wrong = (Array.isArray(value) ? value : [value]).find(
    one =>
      numeric &&
      one !== null &&
      one !== '$user' &&
      (one === '' || typeof one === 'object' || !Number.isFinite(Number(one))),
  )
  return wrong === undefined ? undefined : `Invalid value for ${key}: ${JSON.stringify(wrong)}.`
}
