import type { DecimalOptions, Field, ModelNameOptions } from '../field/index.ts'
import { displayOfType } from '../objecttype/index.ts'
import { isAnyRef, isChoice, targetsOf, type Endpoint, type Model, type Registry } from '../model/index.ts'
import { keysOf } from '../represent/index.ts'
import type { Call } from './context.ts'

interface FieldFacts {
  readonly type: Field['wire']
  readonly required: boolean
  readonly read_only: boolean
  readonly label: string
  readonly help_text?: string
  readonly max_length?: number
  readonly min_value?: number
  readonly max_value?: number
  readonly max_digits?: number
  readonly decimal_places?: number
  readonly choices?: readonly { readonly value: unknown; readonly display_name: string }[]
}

/** `OPTIONS`: what a client may send here, field by field. */
export async function describe(
  call: Call,
  model: Model,
  kind: 'list' | 'instance',
  verbs: readonly string[],
): Promise<object> {
  const name = model.spec.label.replace(/(^|\s)[a-z]/g, letter => letter.toUpperCase())
  const fields = describeFields(call.registry, model)
  return {
    name: `${name} ${kind === 'list' ? 'List' : 'Instance'}`,
    description: model.spec.about,
    renders: ['application/json', 'text/html'],
    parses: ['application/json', 'multipart/form-data'],
    ...(verbs.length && { actions: Object.fromEntries(verbs.map(verb => [verb, fields])) }),
  }
}

/** `OPTIONS` of an endpoint that is no model's. */
export const describeEndpoint = ({ label, about }: Pick<Endpoint, 'label' | 'about'>) => ({
  name: label,
  description: about,
  renders: ['application/json', 'text/html'],
  parses: ['application/json', 'multipart/form-data'],
})

/** What OPTIONS says of each key: its type, and whether a client must or may send it. */
export function describeFields(registry: Registry, model: Model): Record<string, FieldFacts> {
  const facts: Record<string, FieldFacts> = {}
  const fixed = { id: 'integer', url: 'field', display_url: 'field', display: 'field' } as const
  for (const key of keysOf(model)) {
    const label = labelOf(key)
    if (key in fixed)
      facts[key] = {
        type: fixed[key as keyof typeof fixed],
        required: false,
        read_only: true,
        label: key === 'id' ? 'ID' : label,
      }
    else facts[key] = describeKey(registry, model, key, label)
  }
  for (const [key, field] of Object.entries<Field>(model.fields))
    if (field.options.writeOnly) facts[key] = describeKey(registry, model, key, labelOf(key))
  for (const key of Object.keys(model.spec.inputs ?? {})) facts[key] = describeKey(registry, model, key, labelOf(key))
  if ('tags' in model.fields) {
    facts['add_tags'] = { type: 'field', required: false, read_only: false, label: 'Add tags' }
    facts['remove_tags'] = { type: 'field', required: false, read_only: false, label: 'Remove tags' }
  }
  return facts
}

function describeKey(registry: Registry, model: Model, key: string, label: string): FieldFacts {
  const { fields, spec } = model
  const derived = spec.derived?.[key]
  if (derived)
    return {
      type: derived.wire ?? 'field',
      required: derived.required ?? false,
      read_only: !derived.writable,
      label: derived.label ?? label,
      ...(derived.choices && { choices: derived.choices.map(value => ({ value, display_name: String(value) })) }),
    }
  if (spec.counts?.[key]) {
    const count = spec.counts[key]
    return {
      type: typeof count === 'object' ? (count.wire ?? (count.below ? 'integer' : 'field')) : 'field',
      required: false,
      read_only: true,
      label,
    }
  }
  if (key === '_depth') return { type: 'integer', required: false, read_only: true, label }
  const field = fields[key] ?? spec.inputs?.[key]
  if (field && !isAnyRef(field)) {
    const choices =
      isChoice(field) && !field.options.readonly
        ? { choices: [...field.choices.values].map(([value, { label }]) => ({ value, display_name: label })) }
        : {}
    return {
      type: field.options.wire ?? field.wire,
      required: requiredOf(field),
      read_only: Boolean(field.options.readonly),
      label: capitalized(field.options.label ?? label),
      ...(field.options.help && { help_text: field.options.help }),
      ...boundsOf(field),
      ...choices,
      ...(field.type === 'modelName' && { choices: typeChoices(namesFor(registry, field)) }),
    }
  }
  for (const [name, any] of Object.entries<Field>(fields)) {
    if (!isAnyRef(any)) continue
    const required = any.options.required ?? !any.options.nullable
    if (key === `${name}_type`)
      return {
        type: 'field',
        required,
        read_only: Boolean(any.options.readonly),
        label,
        ...(tellsTypes(model) && !any.options.readonly && { choices: typeChoices(targetsOf(registry, any)) }),
      }
    if (key === `${name}_id`)
      return {
        type: 'integer',
        required: any.options.idRequired ?? required,
        read_only: Boolean(any.options.readonly),
        label,
      }
  }
  return { type: 'field', required: false, read_only: true, label }
}

/** Whether a client must send a field when it creates a row. */
export function requiredOf(field: Field): boolean {
  const { required, nullable, blank, readonly, default: fallback } = field.options
  if (required !== undefined) return required
  return (
    !nullable &&
    !blank &&
    !readonly &&
    fallback === undefined &&
    field.type !== 'refs' &&
    field.type !== 'tags' &&
    field.type !== 'boolean'
  )
}

/** How long a text, how large a number may be. */
function boundsOf(field: Field): Partial<FieldFacts> {
  if (field.options.readonly) return {}
  const type = field.column?.type ?? ''
  const { min, max, digits, places } = field.options as Partial<DecimalOptions>
  const length = /^character varying\((\d+)\)$/.exec(type)?.[1]
  if (length && texts.has(field.wire)) return { max_length: Number(length) }
  if (field.wire !== 'integer' && field.wire !== 'decimal') return {}
  const range = ranges[type]
  const [least, most] = [min ?? range?.[0], max ?? range?.[1]]
  return {
    ...(least !== undefined && { min_value: least }),
    ...(most !== undefined && { max_value: most }),
    ...(digits && { max_digits: digits, decimal_places: places ?? 0 }),
  }
}

const texts: ReadonlySet<Field['wire']> = new Set(['string', 'slug', 'email', 'url'])

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  smallint: [-32_768, 32_767],
  integer: [-2_147_483_648, 2_147_483_647],
  bigint: [-(2 ** 63), 2 ** 63],
}

/** Where a reference to any of several models says which: in the apps whose models are about others. */
const tellsTypes = ({ app }: Model) => ['core', 'extras', 'users'].includes(app)

/** Models that a field may name. */
const namesFor = (registry: Registry, field: Field): readonly string[] => {
  const { having } = field.options as ModelNameOptions
  return having ? registry.having(having) : [...registry.models.keys()]
}

/** Names of models to choose from, in the order of what they are called. */
const typeChoices = (names: readonly string[]) =>
  names
    .map(name => ({ value: name, display_name: displayOfType(name) }))
    .toSorted((a, b) => (a.display_name < b.display_name ? -1 : 1))

const labelOf = (key: string) => capitalized(key.replaceAll('_', ' ').trim().replace(/\bid$/, 'ID'))

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
