import { Invalid, pythonType, type Field, type FieldOptions, type Nullable } from './field.ts'

/** A list of values, each with a label and, where it is drawn as a badge, a colour. */
export interface Choices<V extends string | number = string | number> {
  /** A dotted name is the key under which an administrator may extend the list: FIELD_CHOICES['dcim.Rack.status']. */
  readonly name: string
  readonly values: ReadonlyMap<V, { readonly label: string; readonly color?: string }>
}

/** A list of choices, in the order in which they are offered. */
export function choices<const T extends Record<string | number, readonly [label: string, color?: string]>>(
  name: string,
  values: T,
): Choices<keyof T & (string | number)> {
  const numeric = Object.keys(values).every(value => /^\d+$/.test(value))
  const entries = Object.entries(values).map(
    ([value, [label, color]]) => [numeric ? Number(value) : value, color ? { label, color } : { label }] as const,
  )
  return { name, values: new Map(entries) as never }
}

export interface ChoiceOptions<V> extends FieldOptions {
  /** Whether the empty string is taken: for null where that may be; a text that may be null takes it unless said otherwise. */
  readonly blank?: boolean
  readonly default?: V
  /** Most characters of a value. */
  readonly max?: number
  /** Served as the bare value instead of `{ value, label }`. */
  readonly bare?: boolean
  /** Stored in an integer column. */
  readonly column?: 'smallint' | 'integer'
}

export interface ChoiceField<T = unknown> extends Field<T> {
  readonly choices: Choices
}

/** One of a list of values. */
export function choice<V extends string | number, const O extends ChoiceOptions<NoInfer<V>>>(
  list: Choices<V>,
  options: O = {} as O,
): ChoiceField<Nullable<V, O>> {
  const texts = new Map<V, string>()
  spellings.set(list as Choices, [...(spellings.get(list as Choices) ?? []), texts as Map<string | number, string>])
  const textOf = (value: V): string => {
    let text = texts.get(value)
    if (text === undefined) {
      const known = list.values.get(value)
      text = options.bare ? JSON.stringify(value) : jsonOf(value, known?.label ?? '')
      if (known) texts.set(value, text)
    }
    return text
  }
  const numeric = typeof list.values.keys().next().value === 'number'
  return {
    type: 'choice',
    choices: list as Choices,
    options,
    column: { type: options.column ?? (numeric ? 'smallint' : `character varying(${options.max ?? 50})`) },
    match: 'choice',
    wire: options.bare ? 'choice' : 'field',
    widget: 'select',
    parse: value => parseChoice(list as Choices, options, value) as Nullable<V, O>,
    json: (value: V) => ((value as unknown) === '' ? 'null' : textOf(value)),
  }
}

/** Several of a list of values, kept in an array. */
export const choiceList = <V extends string | number, const O extends ChoiceOptions<NoInfer<V>>>(
  list: Choices<V>,
  options: O = {} as O,
): ChoiceField<Nullable<V[], O>> => ({
  type: 'choiceList',
  choices: list as Choices,
  options,
  column: { type: `character varying(${options.max ?? 50})[]` },
  match: 'choice',
  wire: 'list',
  widget: 'multiselect',
  parse(value) {
    if (!Array.isArray(value)) throw new Invalid(`Expected a list of items but got type "${pythonType(value)}".`)
    return value.map(one => parseChoice(list as Choices, {}, one)) as Nullable<V[], O>
  },
})

/** What fields of a list have made of its values so far, to be forgotten when it changes. */
const spellings = new WeakMap<Choices, readonly Map<string | number, string>[]>()

/**
 * Change lists of choices as FIELD_CHOICES says: a list under its name takes the place of ours, under its name with a
 * plus behind it is added to it. Returns names that belong to no list.
 */
export function setChoices(
  lists: ReadonlyMap<string, Choices>,
  setting: Readonly<Record<string, readonly (readonly [value: string | number, label: string, color?: string])[]>>,
): string[] {
  const unknown: string[] = []
  for (const [name, given] of Object.entries(setting)) {
    const list = lists.get(name.replace(/\+$/, ''))
    if (!list) {
      unknown.push(name)
      continue
    }
    const values = list.values as Map<string | number, { label: string; color?: string }>
    if (!name.endsWith('+')) values.clear()
    for (const [value, label, color] of given) values.set(value, color ? { label, color } : { label })
    for (const texts of spellings.get(list) ?? []) texts.clear()
  }
  return unknown
}

const jsonOf = (value: string | number, label: string) => JSON.stringify({ value, label })

/** The value sent, as the list has it: texts of numbers and of truth values are taken for what they say. */
function parseChoice(list: Choices, options: ChoiceOptions<any>, value: unknown): unknown {
  if (typeof value === 'object' && value !== null)
    throw new Invalid('Value must be passed directly (e.g. "foo": 123); do not use a dictionary or list.')
  if (value === '' || value === null) {
    // A number is never blank, unless it is said to be.
    const isNumber = typeof list.values.keys().next().value === 'number'
    if (options.nullable && (value === null || (options.blank ?? !isNumber))) return null
    if (options.blank) return ''
    throw new Invalid('This field may not be blank.')
  }
  const candidates = [
    value,
    typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
    typeof value === 'number' ? String(value) : value,
  ]
  const found = candidates.find(one => list.values.has(one as string))
  if (found === undefined)
    throw new Invalid(
      options.bare ? `"${String(value)}" is not a valid choice.` : `${String(value)} is not a valid choice.`,
    )
  return found
}
