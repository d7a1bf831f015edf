import { sql, type RawBuilder } from 'kysely'
import type { Field } from '../field/index.ts'
import {
  columnOf,
  isAnyRef,
  isRef,
  isRefs,
  linkOf,
  shortName,
  targetsOf,
  type Columns,
  type Link,
  type Model,
  type Registry,
} from '../model/index.ts'

/** One hop from a row to a column of it, or to rows of another model. */
export type Step =
  | { readonly kind: 'column'; readonly column: string; readonly field?: Field }
  | { readonly kind: 'json'; readonly column: string; readonly keys: readonly string[] }
  | { readonly kind: 'ref'; readonly column: string; readonly to: Model }
  | { readonly kind: 'any'; readonly column: string; readonly type: string; readonly to: Model }
  | { readonly kind: 'link'; readonly link: Link; readonly to: Model }
  | { readonly kind: 'tags'; readonly of: string; readonly to: Model }
  | { readonly kind: 'inverse'; readonly column: string; readonly to: Model }
  | {
      readonly kind: 'inverseAny'
      readonly column: string
      readonly type: string
      readonly of: string
      readonly to: Model
    }

/** Names that NetBox's constraints use for columns that are called otherwise here. */
const aliases: Readonly<Record<string, string>> = { pk: 'id', custom_field_data: 'custom_fields' }

/**
 * The hops named by a path such as `site.region.slug`, `interfaces.mac_addresses.mac_address`, or, through a reference
 * to any of several models, `assigned_object:dcim.interface.name`. Undefined where the path leads nowhere.
 */
export function resolvePath(registry: Registry, from: Model, path: string): Step[] | undefined {
  const steps: Step[] = []
  let model: Model | undefined = from
  const names = namesIn(path)
  for (const [at, name] of names.entries()) {
    if (!model) return undefined
    const step = stepOf(registry, model, aliases[name] ?? name, names.slice(at + 1))
    if (!step) return undefined
    steps.push(step)
    if (step.kind === 'json') return steps
    model = 'to' in step ? step.to : undefined
  }
  return steps
}

/** The parts of a path; a model's name after a colon keeps its dot. */
const namesIn = (path: string) => path.match(/[^.:]+(?::[^.]+\.[^.]+)?/g) ?? []

function stepOf(registry: Registry, model: Model, name: string, rest: readonly string[]): Step | undefined {
  if (name === 'id') return { kind: 'column', column: 'id' }
  const [base, target] = name.split(':') as [string, string?]
  const field = model.fields[base]
  if (field && isAnyRef(field)) {
    if (!target) return { kind: 'column', column: `${base}_id`, field }
    return { kind: 'any', column: `${base}_id`, type: `${base}_type`, to: registry.model(target) }
  }
  if (field && isRef(field)) return { kind: 'ref', column: `${name}_id`, to: registry.model(field.to) }
  if (field && field.type === 'tags') return { kind: 'tags', of: model.name, to: registry.model('extras.tag') }
  if (field && isRefs(field))
    return { kind: 'link', link: linkOf(registry, model, name, field), to: registry.model(field.to) }
  if (field?.type === 'json' && rest.length) return { kind: 'json', column: name, keys: rest }
  if (field) return { kind: 'column', column: columnOf(name, field), field }
  const stripped = name.replace(/_(id|type)$/, '')
  const owner = model.fields[stripped]
  if (owner && (isAnyRef(owner) || isRef(owner)))
    return { kind: 'column', column: name, ...(isRef(owner) && { field: owner }) }
  const back = registry.inverses(model.name).get(name)
  if (back) {
    const far = back.model
    const spec = far.fields[back.field]!
    if (back.kind === 'ref') return { kind: 'inverse', column: `${back.field}_id`, to: far }
    if (back.kind === 'anyRef')
      return { kind: 'inverseAny', column: `${back.field}_id`, type: `${back.field}_type`, of: model.name, to: far }
    if (isRefs(spec) && back.kind === 'refs') {
      const { table, own, other } = linkOf(registry, far, back.field, spec)
      return { kind: 'link', link: { table, own: other, other: own }, to: far }
    }
  }
  for (const [key, spec] of Object.entries(model.fields)) {
    if (!isAnyRef(spec)) continue
    const to = targetsOf(registry, spec).find(candidate => shortName(registry.model(candidate)) === name)
    if (to) return { kind: 'any', column: `${key}_id`, type: `${key}_type`, to: registry.model(to) }
  }
  return undefined
}

/** The field at the end of a path, where it ends at a column. */
export const fieldAt = (steps: readonly Step[]): Field | undefined => {
  const last = steps.at(-1)
  return last?.kind === 'column' ? last.field : undefined
}

/** The model whose ids stand at the end of a path. */
export const modelAt = (steps: readonly Step[]): Model | undefined => {
  const last = steps.at(-1)
  return last && 'to' in last ? last.to : undefined
}

/**
 * A condition on the row called `alias`: that some row at the end of the path fulfils `leaf`, which is given the column
 * there (for a path that ends at a model, its id). Every hop is a semi-join, so no row comes twice.
 */
export function along(
  alias: string,
  steps: readonly Step[],
  leaf: (column: RawBuilder<unknown>) => RawBuilder<boolean>,
  depth = 1,
): RawBuilder<boolean> {
  const [step, ...rest] = steps
  const column = (name: string, of = alias) => sql.ref(`${of}.${name}`)
  const next = `${alias}_${depth}`
  const inner = () => along(next, rest, leaf, depth + 1)
  switch (step!.kind) {
    case 'column':
      return leaf(column(step!.column))
    case 'json':
      return leaf(sql`(${column(step!.column)} #>> ${sql.val(step!.keys)}::text[])`)
    case 'ref':
      return rest.length
        ? sql<boolean>`${column(step!.column)} in (select ${sql.ref(`${next}.id`)} from ${sql.table(step!.to.table)} as ${sql.ref(next)} where ${inner()})`
        : leaf(column(step!.column))
    case 'any': {
      const typed = sql<boolean>`${column(step!.type)} = ${sql.lit(step!.to.name)}`
      return rest.length
        ? sql<boolean>`(${typed} and ${column(step!.column)} in (select ${sql.ref(`${next}.id`)} from ${sql.table(step!.to.table)} as ${sql.ref(next)} where ${inner()}))`
        : sql<boolean>`(${typed} and ${leaf(column(step!.column))})`
    }
    case 'link': {
      const { table, own, other } = step!.link
      const link = `${next}_link`
      return rest.length
        ? sql<boolean>`${column('id')} in (select ${column(own, link)} from ${sql.table(table)} as ${sql.ref(link)} join ${sql.table(step!.to.table)} as ${sql.ref(next)} on ${column('id', next)} = ${column(other, link)} where ${inner()})`
        : sql<boolean>`${column('id')} in (select ${column(own, link)} from ${sql.table(table)} as ${sql.ref(link)} where ${leaf(column(other, link))})`
    }
    case 'tags': {
      const link = `${next}_link`
      const from = sql`select ${column('object_id', link)} from extras_taggeditem as ${sql.ref(link)}`
      const typed = sql`${column('object_type', link)} = ${sql.lit(step!.of)}`
      return rest.length
        ? sql<boolean>`${column('id')} in (${from} join extras_tag as ${sql.ref(next)} on ${column('id', next)} = ${column('tag_id', link)} where ${typed} and ${inner()})`
        : sql<boolean>`${column('id')} in (${from} where ${typed} and ${leaf(column('tag_id', link))})`
    }
    case 'inverse':
    case 'inverseAny': {
      const typed = step!.kind === 'inverseAny' ? sql`${column(step!.type, next)} = ${sql.lit(step!.of)} and ` : sql``
      const condition = rest.length ? inner() : leaf(column('id', next))
      return sql<boolean>`${column('id')} in (select ${column(step!.column, next)} from ${sql.table(step!.to.table)} as ${sql.ref(next)} where ${typed}${condition})`
    }
  }
}

/** Accessors for the columns of the row called `alias`. */
export const columnsOf = (alias: string): Columns =>
  new Proxy({}, { get: (_, name) => sql.ref(`${alias}.${String(name)}`) }) as Columns
