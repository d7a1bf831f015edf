import { sql } from 'kysely'
import type { Field, FilterOptions, Match } from '../field/index.ts'
import {
  isAnyRef,
  isChoice,
  isRef,
  isRefs,
  keyOf,
  type ConditionFilter,
  type Model,
  type Registry,
} from '../model/index.ts'
import { featuresOf } from '../model/index.ts'
import { fieldAt, modelAt, resolvePath } from './path.ts'
import { quickSearch } from './quick.ts'
import type { Lookup } from './query.ts'

/** A query parameter of a list: what it compares, and how its values are read. */
export interface Parameter {
  readonly name: string
  /** The parameter it is a variant of: `name` for `name__ic`. */
  readonly base: string
  readonly match: Match
  /** Several values count, any of them; otherwise the last one alone. */
  readonly many: boolean
  /** All values must hold. */
  readonly all?: boolean
  readonly path: string
  readonly lookup: Lookup
  readonly negated: boolean
  /** The word `null` finds rows without a value. */
  readonly nullable: boolean
  readonly to?: string
  readonly by?: string
  readonly tree?: boolean
  readonly choices?: ReadonlySet<string>
  readonly condition?: ConditionFilter
  readonly label?: string
}

/** Suffixes by the kind of value, each with the comparison it stands for. */
const textSuffixes: Readonly<Record<string, readonly [Lookup, boolean]>> = {
  n: ['exact', true],
  ic: ['icontains', false],
  nic: ['icontains', true],
  isw: ['istartswith', false],
  nisw: ['istartswith', true],
  iew: ['iendswith', false],
  niew: ['iendswith', true],
  ie: ['iexact', false],
  nie: ['iexact', true],
  regex: ['regex', false],
  iregex: ['iregex', false],
}
const numberSuffixes: Readonly<Record<string, readonly [Lookup, boolean]>> = {
  n: ['exact', true],
  lt: ['lt', false],
  lte: ['lte', false],
  gt: ['gt', false],
  gte: ['gte', false],
}

const tables = new WeakMap<Model, ReadonlyMap<string, Parameter>>()

/** Every query parameter of a model's list, by name. */
export function parametersOf(registry: Registry, model: Model): ReadonlyMap<string, Parameter> {
  const known = tables.get(model)
  if (known) return known
  const table = new Map<string, Parameter>()
  const declared = model.spec.filters ?? {}
  const add = (parameter: Parameter) => {
    if (declared[parameter.base] !== false && !table.has(parameter.name)) table.set(parameter.name, parameter)
  }
  const addAll = (base: Parameter, { plain, noEmpty }: FilterOptions = {}) => {
    add(base)
    if (plain) return
    for (const variant of variantsOf(base)) if (!noEmpty || variant.lookup !== 'empty') add(variant)
  }

  for (const [name, filter] of Object.entries(declared)) {
    if (filter === false) continue
    if (filter.kind === 'condition') {
      add({
        ...plainParameter(name, filter.match, name),
        many: filter.many,
        condition: filter,
        ...(filter.to && { to: filter.to, by: filter.by ?? 'id' }),
        ...(filter.choices && { choices: new Set(filter.choices.map(String)) }),
        ...(filter.label && { label: filter.label }),
      })
    } else if (filter.kind === 'related') addRelated(name, filter.path, filter)
    else {
      const steps = stepsTo(filter.path)
      const field = fieldAt(steps)
      const values = filter.choices ?? (field && isChoice(field) ? [...field.choices.values.keys()] : undefined)
      const choices = values ? { choices: new Set(values.map(String)) } : {}
      const match = filter.match ?? field?.match ?? 'number'
      const special = filter.lookup === 'isset' || filter.lookup === 'isnull'
      addAll(
        {
          ...plainParameter(name, match, filter.path),
          ...choices,
          many: !filter.single && match !== 'boolean',
          nullable: !filter.notNull,
          lookup: special
            ? 'isnull'
            : ((filter.lookup as Lookup | undefined) ?? (filter.ignoreCase ? 'iexact' : 'exact')),
          negated: filter.lookup === 'isset',
          ...(filter.by && { by: filter.by }),
          ...(filter.label && { label: filter.label }),
        },
        { plain: filter.plain || special, noEmpty: filter.noEmpty ?? neverEmpty(field) },
      )
    }
  }
  if (model.spec.unfiltered) return table
  addAll({ ...plainParameter('id', 'number', 'id'), nullable: false })
  for (const [name, field] of Object.entries<Field>(model.fields)) addField(name, field)
  addStandard()
  tables.set(model, table)
  return table

  function stepsTo(path: string) {
    const steps = resolvePath(registry, model, path)
    if (!steps) throw new Error(`${model.name} filters by ${path}, which leads nowhere`)
    return steps
  }

  function addRelated(
    name: string,
    path: string,
    options: FilterOptions & { readonly notNull?: boolean; readonly single?: boolean },
  ) {
    const steps = stepsTo(path)
    const to = modelAt(steps)
    if (!to) throw new Error(`${model.name} filters by ${path}, which ends at no model`)
    const shared = {
      path,
      to: to.name,
      match: 'ref' as const,
      many: !options.single,
      nullable: !options.notNull,
      negated: false,
      lookup: 'in' as Lookup,
      ...(to.spec.tree && !options.exact && { tree: true }),
    }
    const key = options.by ?? keyOf(to)
    if (options.only !== 'key') addAll({ ...shared, name: `${name}_id`, base: `${name}_id`, by: 'id' })
    if (options.only !== 'id') addAll({ ...shared, name, base: name, by: key })
  }

  function addField(name: string, field: Field) {
    const filter = field.options.filter
    if (filter === false) return
    const options = filter ?? {}
    const parameter = options.name ?? name
    if (field.type === 'tags') {
      for (const [key, by] of [
        ['tag', 'slug'],
        ['tag_id', 'id'],
      ] as const) {
        const base: Parameter = {
          name: key,
          base: key,
          match: 'tag',
          many: true,
          all: true,
          path: name,
          to: 'extras.tag',
          by,
          lookup: 'in',
          negated: false,
          nullable: true,
        }
        add(base)
        add({ ...base, name: `${key}__n`, all: false, negated: true })
        add({ ...base, name: `${key}__any`, all: false })
      }
    } else if (isRef(field) || isRefs(field)) addRelated(parameter, name, options)
    else if (isAnyRef(field)) {
      const { type = true, typeId = false, id = true } = field.options.filters ?? {}
      if (type) addAll(plainParameter(`${name}_type`, 'modelName', `${name}_type`))
      if (typeId)
        addAll({ ...plainParameter(`${name}_type_id`, 'number', `${name}_type`), match: 'modelName', by: 'id' })
      if (id) addAll(plainParameter(`${name}_id`, 'number', `${name}_id`))
    } else if (field.match === 'modelName') {
      addAll(plainParameter(parameter, 'modelName', name))
      if (options.typeId) addAll({ ...plainParameter(`${parameter}_id`, 'modelName', name), by: 'id' })
    } else if (field.match !== 'none') {
      const choices = isChoice(field) ? { choices: new Set([...field.choices.values.keys()].map(String)) } : {}
      addAll(
        {
          ...plainParameter(parameter, field.match, name),
          ...choices,
          many: !options.single && field.match !== 'boolean',
          nullable: !options.notNull,
          lookup: options.ignoreCase ? 'iexact' : 'exact',
          ...(field.options.label && { label: field.options.label }),
        },
        { ...options, noEmpty: options.noEmpty ?? neverEmpty(field) },
      )
    }
  }

  /** What many models share: search, ownership, tenancy, contacts, and who changed it. */
  function addStandard() {
    const { fields } = model
    if (model.spec.quick?.length) {
      const where = quickSearch(registry, model)
      add({
        ...plainParameter('q', 'text', 'q'),
        many: false,
        condition: { kind: 'condition', match: 'text', many: false, where },
      })
    }
    if (fields['owner'] && isRef(fields['owner']) && fields['owner'].options.filter !== false)
      addRelated('owner_group', 'owner.group', { by: 'name' })
    if (fields['tenant'] && isRef(fields['tenant'])) addRelated('tenant_group', 'tenant.group', {})
    if (featuresOf(model).includes('contacts')) {
      addRelated('contact', 'contacts.contact', { by: 'id', only: 'key' })
      addRelated('contact_role', 'contacts.role', { by: 'id', only: 'key' })
      addRelated('contact_group', 'contacts.contact.groups', { by: 'id', only: 'key' })
    }
    const dated = (name: string) => fields[name] && fields[name].options.filter !== false
    if (fields['created'] && dated('last_updated')) {
      for (const [name, actions] of [
        ['created', ['create']],
        ['updated', ['update']],
        ['modified', ['create', 'update']],
      ] as const) {
        add({
          ...plainParameter(`${name}_by_request`, 'uuid', 'id'),
          many: false,
          condition: {
            kind: 'condition',
            match: 'uuid',
            many: false,
            where: (row, request: string) =>
              sql`${row['id']} in (select changed_object_id from core_objectchange where changed_object_type = ${model.name} and request_id = ${request} and action = any(${[...actions]}))`,
          },
        })
      }
    }
  }
}

const plainParameter = (name: string, match: Match, path: string): Parameter => ({
  name,
  base: name,
  match,
  many: match !== 'boolean' && match !== 'duration' && match !== 'uuid',
  path,
  lookup: 'exact',
  negated: false,
  nullable: true,
})

/** Long texts and choices that are numbers cannot be asked whether they are empty. */
const neverEmpty = (field?: Field) =>
  field?.column?.type === 'text' || Boolean(field && isChoice(field) && /int/.test(field.column?.type ?? ''))

function variantsOf(base: Parameter): Parameter[] {
  const variant = (suffix: string, lookup: Lookup, negated: boolean): Parameter => ({
    ...base,
    name: `${base.name}__${suffix}`,
    lookup,
    negated,
    ...(suffix === 'empty' && { match: 'boolean' as const, many: false }),
    ...(!['n', 'empty', 'lt', 'lte', 'gt', 'gte'].includes(suffix) && {
      match: 'text' as const,
      many: base.many || base.match !== 'text',
      nullable: false,
      choices: undefined as never,
    }),
  })
  const all = (suffixes: typeof textSuffixes) =>
    Object.entries(suffixes).map(([suffix, [lookup, negated]]) => variant(suffix, lookup, negated))
  switch (base.match) {
    case 'text':
    case 'choice':
      return [...all(textSuffixes), variant('empty', 'empty', false)]
    case 'mac':
    case 'wwn':
    case 'timezone':
      return all(textSuffixes)
    case 'number':
    case 'decimal':
    case 'date':
    case 'datetime':
      return [...all(numberSuffixes), variant('empty', 'empty', false)]
    case 'ref':
    case 'modelName':
      return [{ ...base, name: `${base.name}__n`, negated: true }]
    default:
      return []
  }
}
