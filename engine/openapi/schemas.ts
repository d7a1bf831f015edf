import type { ChoiceField, Field, Shape, Wire } from '../field/index.ts'
import { featuresOf, isAnyRef, isChoice, isRef, isRefs, type Model, type Registry } from '../model/index.ts'
import { anyKey, briefShape, keysOf } from '../represent/index.ts'
import { requiredOf } from '../rest/options.ts'
import { nameOf, requestNameOf } from './names.ts'

/** A schema as OpenAPI 3.0 has it, a dialect of JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>

/** Schemas by their names, to be referred to. */
export type Components = Map<string, Schema>

const integer: Schema = { type: 'integer' }
const count: Schema = { type: 'integer', format: 'int64', readOnly: true }
const anything: Schema = { type: 'object', additionalProperties: {} }

export const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
export const listOf = (items: Schema): Schema => ({ type: 'array', items })
const orNull = (schema: Schema): Schema =>
  '$ref' in schema ? { allOf: [schema], nullable: true } : { ...schema, nullable: true }

/** The schemas of what is received of a model, what is sent, and what stands for it inside of others. */
export function addModel(components: Components, registry: Registry, model: Model): void {
  const name = nameOf(model)
  components.set(name, shownAs(components, registry, model, keysOf(model)))
  components.set(`Paginated${name}List`, pageOf(name))
  if (model.spec.writes?.length === 0) return
  const sent = properties(components, registry, model)
  const all = [...sent].map(([key, { schema }]) => [key, schema] as const)
  const required = [...sent].flatMap(([key, { required }]) => (required ? [key] : []))
  const request = (more: Readonly<Record<string, Schema>>, required: readonly string[]): Schema => ({
    type: 'object',
    properties: { ...more, ...Object.fromEntries(all) },
    ...(required.length && { required }),
  })
  const writable = requestNameOf(model)
  components.set(`${name}Request`, request({}, required))
  components.set(writable, request({}, required))
  components.set(`Patched${writable}`, request({}, []))
  components.set(`Bulk${name}Request`, request({ id: integer }, ['id', ...required]))
  components.set(`PatchedBulk${name}Request`, request({ id: integer }, ['id']))
}

const pageOf = (name: string): Schema => ({
  type: 'object',
  required: ['count', 'results'],
  properties: {
    count: { type: 'integer', nullable: true },
    next: { type: 'string', format: 'uri', nullable: true },
    previous: { type: 'string', format: 'uri', nullable: true },
    results: listOf(refTo(name)),
  },
})

/** A row as it is received, with the keys of a shape. */
function shownAs(components: Components, registry: Registry, model: Model, shape: Shape, nested = false): Schema {
  const shown = shape.flatMap((part): [string, Schema][] => {
    const entries = typeof part === 'string' ? [[part, undefined] as const] : Object.entries(part)
    return entries.flatMap(([key, inner]) => {
      if (nested && model.spec.counts?.[key] && !isBelow(model, key)) return []
      if (model.spec.derived?.[key]?.unserved) return []
      // Of what is shown by one property alone, that property is the value.
      const schema = typeof inner === 'string' ? {} : valueOf(components, registry, model, key, inner)
      return [[key, schema]]
    })
  })
  const always = ['id', 'url', 'display_url', 'display']
  return {
    type: 'object',
    properties: Object.fromEntries(shown),
    required: shown.flatMap(([key]) => {
      const field = model.fields[key]
      return always.includes(key) || (field && requiredOf(field)) ? [key] : []
    }),
  }
}

const isBelow = (model: Model, key: string) => {
  const spec = model.spec.counts?.[key]
  return typeof spec === 'object' && Boolean(spec.below)
}

/** The shape behind each name of what is nested, as text. */
const shapes = new WeakMap<Components, Map<string, string>>()

/** What another model shows of a row: by a name, unless that is taken by another shape. */
function nestedIn(components: Components, registry: Registry, model: Model, shape: Shape): Schema {
  const name = `${shape === briefShape(model) ? 'Brief' : 'Nested'}${nameOf(model)}`
  const keys = JSON.stringify(shape)
  const shown = shapes.get(components) ?? new Map<string, string>()
  shapes.set(components, shown)
  if (!shown.has(name)) {
    // It may lead back to itself, so it is known before it is made.
    shown.set(name, keys)
    components.set(name, shownAs(components, registry, model, shape, true))
  }
  return shown.get(name) === keys ? refTo(name) : shownAs(components, registry, model, shape, true)
}

/** The value of one key as it is received. */
function valueOf(components: Components, registry: Registry, model: Model, key: string, inner?: Shape): Schema {
  switch (key) {
    case 'id':
      return { type: 'integer', readOnly: true }
    case 'url':
    case 'display_url':
      return { type: 'string', format: 'uri', readOnly: true }
    case 'display':
      return { type: 'string', readOnly: true }
    case '_depth':
      return { type: 'integer', readOnly: true }
    case 'custom_fields':
      return anything
  }
  const derived = model.spec.derived?.[key]
  if (derived) {
    const to = derived.to && derived.to !== 'any' ? registry.model(derived.to) : undefined
    const one: Schema =
      to && !derived.wrap
        ? nestedIn(components, registry, to, inner ?? derived.nested ?? briefShape(to))
        : derived.to
          ? anything
          : wireSchema(derived.wire)
    const schema = derived.many ? listOf(one) : derived.to ? orNull(one) : one
    return derived.writable || '$ref' in schema ? schema : { ...schema, readOnly: true }
  }
  if (model.spec.counts?.[key]) return count
  const field = model.fields[key]
  if (!field || isAnyRef(field)) return anyPart(model, key)
  if (isRef(field)) {
    if (field.options.bare) return integer
    const to = registry.model(field.to)
    const schema = nestedIn(components, registry, to, inner ?? field.options.nested ?? briefShape(to))
    return field.options.nullable ? orNull(schema) : schema
  }
  if (isRefs(field)) {
    const to = registry.model(field.to)
    if (field.options.as) return listOf({ type: 'string' })
    return listOf(nestedIn(components, registry, to, inner ?? field.options.nested ?? briefShape(to)))
  }
  const schema = described(field, isChoice(field) && field.type === 'choice' ? pairSchema(field) : plainSchema(field))
  return field.options.readonly ? { ...schema, readOnly: true } : schema
}

/** `<name>_type`, `<name>_id`, or the row of some model that they point to. */
function anyPart(model: Model, key: string): Schema {
  for (const [name, field] of Object.entries<Field>(model.fields)) {
    if (!isAnyRef(field)) continue
    const nullable = field.options.nullable ? { nullable: true } : {}
    if (key === `${name}_type`) return { type: 'string', ...nullable }
    if (key === `${name}_id`) return { type: 'integer', format: 'int64', ...nullable }
    if (key !== anyKey(name, field)) continue
    return { ...anything, nullable: true, readOnly: true }
  }
  return {}
}

/** A choice as it is received: its value, and what people call it. */
function pairSchema(field: ChoiceField): Schema {
  if ('bare' in field.options && field.options.bare) return plainSchema(field)
  const labels = [...field.choices.values.values()].map(({ label }) => label)
  return {
    type: 'object',
    properties: { value: valuesOf(field), label: { type: 'string', enum: labels } },
    ...(field.options.nullable && { nullable: true }),
  }
}

function valuesOf({ choices }: ChoiceField): Schema {
  const values = [...choices.values.keys()]
  return {
    type: typeof values[0] === 'number' ? 'integer' : 'string',
    enum: values,
    description: [...choices.values].map(([value, { label }]) => `* \`${value}\` - ${label}`).join('\n'),
  }
}

interface Sizes {
  readonly max?: number
  readonly min?: number
  readonly places?: number
}

/** A value by the type of its field. */
function plainSchema(field: Field): Schema {
  const { max, min } = field.options as Sizes
  const nullable = field.options.nullable ? { nullable: true } : {}
  if (isChoice(field))
    return field.type === 'choiceList' ? listOf(valuesOf(field)) : { ...valuesOf(field), ...nullable }
  const bounds = { ...(max !== undefined && { maximum: max }), ...(min !== undefined && { minimum: min }) }
  switch (field.type) {
    case 'smallint':
    case 'integer':
      return { type: 'integer', ...bounds, ...nullable }
    case 'bigint':
      return { type: 'integer', format: 'int64', ...bounds, ...nullable }
    case 'decimal':
      return { type: 'number', format: 'double', ...bounds, ...nullable }
    case 'json':
      return { ...nullable }
    case 'list':
      return { ...listOf(/int/.test(field.column!.type) ? integer : {}), ...nullable }
    case 'ranges':
      return listOf({ type: 'array', items: integer, minItems: 2, maxItems: 2 })
    case 'modelNames':
      return listOf({ type: 'string' })
    case 'uuid':
      return { type: 'string', format: 'uuid', ...nullable }
    case 'slug':
      return { type: 'string', pattern: '^[-a-zA-Z0-9_]+$', ...(max && { maxLength: max }) }
    case 'color':
      return { type: 'string', pattern: '^[0-9a-f]{6}$', maxLength: 6, ...nullable }
  }
  const length = max !== undefined && field.wire === 'string' ? { maxLength: max } : {}
  return { ...wireSchema(field.options.wire ?? field.wire), ...length, ...nullable }
}

/** A value by the kind that OPTIONS calls it. */
function wireSchema(wire: Wire | undefined): Schema {
  switch (wire) {
    case 'integer':
      return integer
    case 'decimal':
      return { type: 'number', format: 'double' }
    case 'boolean':
      return { type: 'boolean' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'datetime':
      return { type: 'string', format: 'date-time' }
    case 'email':
      return { type: 'string', format: 'email' }
    case 'url':
    case 'image upload':
      return { type: 'string', format: 'uri' }
    case 'file upload':
      return { type: 'string', format: 'binary' }
    case 'list':
      return listOf({})
    case 'string':
    case 'slug':
    case 'choice':
      return { type: 'string' }
    default:
      return {}
  }
}

const described = (field: Field, schema: Schema): Schema =>
  field.options.help ? { ...schema, description: field.options.help } : schema

/** What a client may send of a model, key by key. */
function properties(
  components: Components,
  registry: Registry,
  model: Model,
): Map<string, { readonly schema: Schema; readonly required: boolean }> {
  const found = new Map<string, { schema: Schema; required: boolean }>()
  for (const [key, field] of Object.entries<Field>({ ...model.fields, ...model.spec.inputs })) {
    const { hidden, readonly } = field.options
    if (hidden || readonly || key === 'created' || key === 'last_updated') continue
    if (isAnyRef(field)) {
      const required = field.options.required ?? !field.options.nullable
      const nullable = required ? {} : { nullable: true }
      found.set(`${key}_type`, { schema: { type: 'string', ...nullable }, required })
      found.set(`${key}_id`, {
        schema: { type: 'integer', format: 'int64', ...nullable },
        required: field.options.idRequired ?? required,
      })
    } else found.set(key, { schema: sentValue(components, registry, key, field), required: requiredOf(field) })
  }
  for (const [key, derived] of Object.entries(model.spec.derived ?? {}))
    if (derived.writable) {
      const one = derived.to ? integer : wireSchema(derived.wire)
      found.set(key, { schema: derived.many ? listOf(one) : one, required: derived.required ?? false })
    }
  if ('tags' in model.fields)
    for (const key of ['add_tags', 'remove_tags'])
      found.set(key, { schema: listOf(sentTag(components, registry)), required: false })
  if (featuresOf(model).includes('change_logging'))
    found.set('changelog_message', { schema: { type: 'string', maxLength: 200 }, required: false })
  return found
}

function sentValue(components: Components, registry: Registry, key: string, field: Field): Schema {
  if (key === 'custom_fields') return anything
  if (isRef(field)) {
    const schema: Schema = { oneOf: [integer, namedBy(components, registry, registry.model(field.to))] }
    return field.options.nullable ? orNull(schema) : schema
  }
  if (field.type === 'tags') return listOf(sentTag(components, registry))
  if (isRefs(field)) return listOf(field.options.as ? { type: 'string' } : integer)
  if (field.type === 'image') return { type: 'string', format: 'binary', nullable: true }
  return described(field, plainSchema(field))
}

const sentTag = (components: Components, registry: Registry): Schema => ({
  oneOf: [integer, namedBy(components, registry, registry.model('extras.tag'))],
})

/** A row by what it is called, which does as well as its id. */
function namedBy(components: Components, registry: Registry, model: Model): Schema {
  const name = `Brief${nameOf(model)}Request`
  if (!components.has(name)) {
    const own = briefShape(model).flatMap(part => {
      const field = typeof part === 'string' ? model.fields[part] : undefined
      if (!field || isRef(field) || isRefs(field) || isAnyRef(field) || field.options.readonly) return []
      return [[part as string, described(field, plainSchema(field))] as const]
    })
    components.set(name, { type: 'object', properties: Object.fromEntries(own) })
  }
  return refTo(name)
}
