import type { Field, FieldOptions, Nullable } from './field.ts'

export type OnDelete = 'protect' | 'restrict' | 'cascade' | 'set null' | 'none'

/** Keys of a nested representation. A reference among them may have its own; `{ family: 'value' }` is that part of it. */
export type Shape = readonly (string | Readonly<Record<string, Shape | string>>)[]

export interface RefOptions extends FieldOptions {
  /** What happens to this row when the other goes. */
  readonly onDelete?: OnDelete
  /** The name under which the other model sees these rows, in filters and constraints; this model's name where absent. */
  readonly inverse?: string
  /** Narrow the picker by another field of the form, as { site: 'site' }. */
  readonly narrow?: Readonly<Record<string, string>>
  /** How the other row is shown inside this one, where not by its brief form. */
  readonly nested?: Shape
  /** Served as a bare id. */
  readonly bare?: boolean
  /** No foreign key: what the column repeats is checked where it comes from, and a check of each row would cost for nothing. */
  readonly constraint?: false
  /** The column of the other model that counts these rows. */
  readonly counter?: string
}

/** A foreign key: field `site` is stored as `site_id` and served as a brief object. */
export interface Ref<N extends string = string, T = unknown> extends Field<T> {
  readonly type: 'ref'
  readonly to: N
  readonly options: RefOptions
}

/** A reference to one row of another model. */
export const ref = <const N extends string, const O extends RefOptions>(
  to: N,
  options: O = {} as O,
): Ref<N, Nullable<number, O>> => ({
  type: 'ref',
  to,
  options,
  column: { type: 'bigint' },
  suffix: '_id',
  match: 'ref',
  wire: options.bare ? 'field' : 'nested object',
  widget: 'ref',
})

export interface RefsOptions extends FieldOptions {
  /** The table that links them, and its two columns, where they are not `<table>_<field>`, `<model>_id` and `<to>_id`. */
  readonly link?: { readonly table?: string; readonly own?: string; readonly other?: string }
  readonly inverse?: string
  readonly nested?: Shape
  /** Served as a list of this key of the other model instead of brief objects. */
  readonly as?: string
}

/** Many-to-many. */
export interface Refs<N extends string = string> extends Field<never> {
  readonly type: 'refs' | 'tags'
  readonly to: N
  readonly options: RefsOptions
}

/** References to any number of rows of another model, served as brief objects. */
export const refs = <const N extends string>(to: N, options: RefsOptions = {}): Refs<N> => ({
  type: 'refs',
  to,
  options,
  match: 'ref',
  wire: 'field',
  widget: 'refs',
})

/** The tags of an object. */
export const tags = (): Refs<'extras.tag'> => ({
  type: 'tags',
  to: 'extras.tag',
  options: { inverse: '+', nested: ['id', 'url', 'display_url', 'display', 'name', 'slug', 'color'] },
  match: 'tag',
  wire: 'field',
  widget: 'tags',
})

export interface AnyRefOptions extends FieldOptions {
  readonly onDelete?: OnDelete
  /** The name under which the other models see these rows. */
  readonly inverse?: string
  /** The key under which the row it points to is shown, where it is not the field's name. */
  readonly key?: string
  /** Whether a client must send `<field>_id`, where that differs from `<field>_type`. */
  readonly idRequired?: boolean
  /** A type without an id is reported on the object as a whole. */
  readonly halfOnWhole?: boolean
  /** What it points to, where a row that is not there is told of on the object as a whole: `parent object`. */
  readonly missing?: string
  /** Rules say which models it may point to, not the reading of what a client sent. */
  readonly judged?: boolean
  /** In forms, the models by the values of the choice field that says which it is. */
  readonly kinds?: { readonly by: string; readonly to: Readonly<Record<string, string>> }
  /** Whether the parameters `<field>_type` and `<field>_id` exist. */
  readonly filters?: { readonly type?: boolean; readonly typeId?: boolean; readonly id?: boolean }
  readonly nested?: Shape
}

/** A reference to a row of any of several models, stored as `<name>_type` (a model's name) and `<name>_id`. */
export interface AnyRef<N extends string = string, T = unknown> extends Field<T> {
  readonly type: 'anyRef'
  /** The models it may point to, or the feature that they all have. */
  readonly to: readonly N[] | { readonly feature: string }
  readonly options: AnyRefOptions
}

/** A reference to a row of any of the models given, or of those that have a feature. */
export const anyRef = <const N extends string, const O extends AnyRefOptions>(
  to: readonly N[] | { readonly feature: string },
  options: O = {} as O,
): AnyRef<N, Nullable<number, O>> => ({
  type: 'anyRef',
  to,
  options,
  column: { type: 'bigint' },
  suffix: '_id',
  match: 'none',
  wire: 'field',
  widget: 'anyRef',
})
