import { sql } from 'kysely'
import { customFieldCondition, customFieldsOf } from '../customfield/index.ts'
import type { Database } from '../database/index.ts'
import type { Model, Registry } from '../model/index.ts'
import { objectTypeNumbers } from '../objecttype/index.ts'
import { attributeCondition, isAttribute } from './attributes.ts'
import { parametersOf, type Parameter } from './parameters.ts'
import { everything, nothing, type Condition } from './query.ts'
import { BadValue, readValue } from './values.ts'

/** Why a request was refused, by parameter. */
export type Faults = Record<string, string[]>

/** Query parameters that are no filters. */
export const reserved: ReadonlySet<string> = new Set([
  'limit',
  'offset',
  'start',
  'ordering',
  'brief',
  'fields',
  'omit',
  'exclude',
  'format',
  'export',
  'background',
])

/** Names of rows that parameters refer to, as ids: filled by one statement for all of them. */
interface Wanted {
  readonly parameter: Parameter
  readonly values: readonly string[]
  readonly isNull: boolean
}

export interface Filters {
  readonly where: Condition
  readonly faults: Faults
}

/**
 * The condition that a request's parameters make. Unknown parameters are left aside, values that cannot be read are
 * faults. Costs one statement, or none where no parameter names rows of another model.
 */
export async function parseFilters(
  db: Database,
  registry: Registry,
  model: Model,
  params: URLSearchParams,
): Promise<Filters> {
  const table = parametersOf(registry, model)
  const faults: Faults = {}
  const conditions: Condition[] = []
  const wanted: Wanted[] = []

  for (const name of new Set(params.keys())) {
    if (params.getAll(name).some(value => value.includes('\0'))) {
      if (table.has(name) || /^(cf|attr)_/.test(name)) faults[name] = ['Null characters are not allowed.']
      continue
    }
    if (name.startsWith('cf_') && 'custom_fields' in model.fields) {
      try {
        const condition = customFieldCondition(
          (await customFieldsOf(db)).get(model.name) ?? [],
          name,
          params.getAll(name),
        )
        if (condition) conditions.push(condition)
      } catch (error) {
        if (!(error instanceof BadValue)) throw error
        faults[name] = [error.message]
      }
      continue
    }
    if (model.spec.attributes && isAttribute(name)) {
      conditions.push(attributeCondition(model.spec.attributes, name, params.getAll(name)))
      continue
    }
    const parameter = reserved.has(name) && name !== 'start' ? undefined : table.get(name)
    if (!parameter) continue
    // A text of blanks alone is the empty text; to anything else it says nothing.
    const blank = parameter.match === 'text' && parameter.many && !parameter.condition
    const given = params
      .getAll(name)
      .filter(value => value !== '')
      .map(value => value.trim())
      .filter(value => blank || value !== '')
    if (given.length === 0) continue
    const values = parameter.many ? given : given.slice(-1)
    if (parameter.match === 'ref' || parameter.match === 'tag' || parameter.condition?.to) {
      const isNull = parameter.nullable && !parameter.condition && values.includes('null')
      wanted.push({ parameter, values: isNull ? values.filter(value => value !== 'null') : values, isNull })
      continue
    }
    try {
      const condition =
        parameter.match === 'modelName' && !parameter.condition
          ? modelNameCondition(model, parameter, values, await objectTypeNumbers(db))
          : conditionOf(parameter, values, params)
      if (condition) conditions.push(condition)
    } catch (error) {
      if (!(error instanceof BadValue)) throw error
      faults[name] = [error.message]
    }
  }
  const regexes = [...table.values()].filter(p => (p.lookup === 'regex' || p.lookup === 'iregex') && params.has(p.name))
  for (const parameter of regexes) {
    for (const value of params.getAll(parameter.name)) {
      const bad = await db.rows(sql`select '' ~ ${value}`).then(
        () => null,
        error => error as Error,
      )
      if (bad) faults[parameter.name] = [`Enter a valid regular expression: ${bad.message}.`]
    }
  }
  if (wanted.length) conditions.push(...(await resolveNames(db, registry, wanted, params, faults)))
  return { where: conditions.length ? { and: conditions } : everything, faults }
}

function conditionOf(parameter: Parameter, values: readonly string[], params: URLSearchParams): Condition | undefined {
  const { path, lookup, condition } = parameter
  if (condition) {
    const read = values.map(value => readValue(parameter.match, value, parameter.choices))
    const value = parameter.many ? read : read[0]
    if (value === undefined) return undefined
    const [least, greatest] = condition.range ?? []
    if (least !== undefined && read.some(one => Number(one) < least || Number(one) > greatest!))
      throw new BadValue(`Enter a number from ${least} to ${greatest}.`)
    return { sql: row => condition.where(row, value, params) ?? sql<boolean>`true` }
  }
  const acceptsNull =
    parameter.nullable &&
    ['text', 'choice', 'mac', 'wwn', 'timezone'].includes(parameter.match) &&
    (lookup === 'exact' || lookup === 'iexact')
  const isNull = acceptsNull && values.includes('null')
  const read = values
    .filter(value => !(isNull && value === 'null'))
    .map(value => readValue(parameter.match, value, parameter.choices))
  const first = read[0]
  if (parameter.match === 'boolean' && first === undefined) return undefined
  const any: Condition[] = []
  if (read.length) any.push({ path, lookup, value: parameter.match === 'boolean' ? first : read })
  // A time zone that is not set may be stored as the empty text.
  if (isNull) any.push({ path, lookup: parameter.match === 'timezone' ? 'empty' : 'isnull', value: true })
  const found: Condition = any.length === 1 ? any[0]! : { or: any }
  return parameter.negated ? { not: found } : found
}

/**
 * A parameter that takes names of models, or their numbers. Unknown names are skipped, and none that is known finds no row;
 * unknown numbers are faults.
 */
function modelNameCondition(
  model: Model,
  parameter: Parameter,
  values: readonly string[],
  numbers: ReadonlyMap<string, number>,
): Condition {
  const isNull = parameter.nullable && values.includes('null')
  const given = values.filter(value => value !== 'null')
  const names =
    parameter.by === 'id' ? given.map(value => nameOf(numbers, value)) : given.map(value => value.toLowerCase())
  const column = parameter.path
  const several = model.fields[column]?.type === 'modelNames'
  const wanted = sql`${names}::varchar[]`
  const matches: Condition =
    names.length === 0
      ? nothing
      : column.includes('.')
        ? { path: column, lookup: 'in', value: names }
        : { sql: row => (several ? sql`${row[column]} && ${wanted}` : sql`${row[column]} = any(${wanted})`) }
  const found: Condition = isNull ? { or: [matches, { path: column, lookup: 'isnull', value: true }] } : matches
  return parameter.negated ? { not: found } : found
}

/** The name of the model that has a number. */
function nameOf(numbers: ReadonlyMap<string, number>, value: string): string {
  if (!/^\d+$/.test(value)) throw new BadValue(`“${value}” is not a valid value.`)
  const found = [...numbers].find(([, number]) => number === Number(value))
  if (!found) throw new BadValue(`Select a valid choice. ${value} is not one of the available choices.`)
  return found[0]
}

/** Turn names of other models' rows into ids, all in one statement, and say which do not exist. */
async function resolveNames(
  db: Database,
  registry: Registry,
  wanted: readonly Wanted[],
  params: URLSearchParams,
  faults: Faults,
): Promise<Condition[]> {
  const lookups = wanted
    .map(({ parameter, values }, at) => {
      const to = registry.model(parameter.to!)
      const by = parameter.by!
      const mac = to.fields[by]?.match === 'mac'
      const usable =
        by === 'id'
          ? values.filter(value => /^\d{1,18}$/.test(value))
          : values.map(value => (mac ? value.toLowerCase() : value))
      if (by === 'id') {
        const bad = values.find(value => !/^\d{1,18}$/.test(value))
        if (bad !== undefined) faults[parameter.name] = [`“${bad}” is not a valid value.`]
      }
      return usable.length
        ? sql`select ${sql.lit(at)} as at, id, ${sql.ref(by)}::text as name from ${sql.table(to.table)} where ${by === 'id' ? sql`id = any(${usable}::bigint[])` : sql`${sql.ref(by)}::text = any(${usable})`}`
        : undefined
    })
    .filter(part => part !== undefined)
  const found = lookups.length
    ? await db.rows<{ at: number; id: number; name: string }>(sql`${sql.join(lookups, sql` union all `)}`)
    : []
  const conditions: Condition[] = []
  for (const [at, { parameter, values, isNull }] of wanted.entries()) {
    const rows = found.filter(row => row.at === at)
    const mac = registry.model(parameter.to!).fields[parameter.by!]?.match === 'mac'
    const missing = values.find(
      value =>
        !rows.some(
          row => row.name === (parameter.by === 'id' ? String(Number(value)) : mac ? value.toLowerCase() : value),
        ),
    )
    if (missing !== undefined) {
      faults[parameter.name] ??= [`Select a valid choice. ${missing} is not one of the available choices.`]
      continue
    }
    const ids = rows.map(row => row.id)
    const { condition, path } = parameter
    if (condition) {
      const value = parameter.many ? ids : ids[0]
      conditions.push({ sql: row => condition.where(row, value, params) ?? sql<boolean>`true` })
      continue
    }
    if (parameter.all) {
      conditions.push(
        ...values.map((value): Condition => ({
          path,
          lookup: 'in',
          value: rows.filter(row => row.name === value).map(row => row.id),
        })),
      )
      if (isNull) conditions.push({ path, lookup: 'isnull', value: true })
      continue
    }
    const any: Condition[] = []
    if (ids.length) any.push({ path, lookup: parameter.tree ? 'within' : 'in', value: ids })
    if (isNull)
      any.push({
        path: parameter.by === 'id' || parameter.tree ? path : `${path}.${parameter.by}`,
        lookup: 'isnull',
        value: true,
      })
    const condition2: Condition = any.length === 1 ? any[0]! : { or: any }
    conditions.push(parameter.negated ? { not: condition2 } : condition2)
  }
  return conditions
}
