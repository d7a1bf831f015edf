import type { RawBuilder } from 'kysely'

/**
 * A field type says, in one place, everything the engine asks about one kind of value: how it is stored, written to a
 * response, described to a client, filtered and drawn. REST, GraphQL, CSV, the UI and the migrations add no knowledge
 * of their own.
 */
export interface Field<T = unknown> {
  /** The kind of field, as `text` or `ref`. */
  readonly type: string
  /** The TypeScript type of the stored value; never present at run time. */
  readonly '~row'?: T
  readonly options: FieldOptions
  /** The column that stores it; absent where the value lives elsewhere (many-to-many). */
  readonly column?: Column
  /** Suffix of the column's name: a reference `site` is stored as `site_id`. */
  readonly suffix?: '_id'
  /** The stored value of what a client sent (null is dealt with before); throws {@link Invalid}. */
  readonly parse?: (value: unknown) => T
  /** The JSON text of a stored value; JSON.stringify where absent. */
  readonly json?: (value: never) => string
  /** How query parameters compare it. */
  readonly match: Match
  /** What OPTIONS calls it. */
  readonly wire: Wire
  readonly widget: Widget
}

export interface FieldOptions {
  /** What a person calls it; the name with spaces where absent. */
  readonly label?: string
  readonly help?: string
  /** May be null. */
  readonly nullable?: boolean
  /** May be the empty string. */
  readonly blank?: boolean
  readonly unique?: boolean
  readonly default?: unknown
  /** What OPTIONS calls it, where not by its type. */
  readonly wire?: Wire
  /** Set by the server only. */
  readonly readonly?: boolean
  /** Taken when a row is made, and left aside when one is changed. */
  readonly once?: boolean
  /** Stored, but not part of a representation. */
  readonly hidden?: boolean
  /** Sent by clients, never shown. */
  readonly writeOnly?: boolean
  /** Whether a client must send it, where that does not follow from the column. */
  readonly required?: boolean
  /** Which query parameters it has; false for none. */
  readonly filter?: false | FilterOptions
  /** An index of its own. References have one unless it says false. */
  readonly index?: boolean
  /** How it stands in a file of rows; false where it does not. */
  readonly file?: false | FileOptions
}

/** How a field stands in a file of rows. */
export interface FileOptions {
  /** No column: whoever imports stands here. */
  readonly author?: true
  /** A switch whose default holds where the file has no such column; otherwise it is off then. */
  readonly defaults?: true
  /** The other model's field that names it, where a header does not say. */
  readonly by?: string
  /** Columns that tell among which rows it is found, and the field there: `{ vlan_group: 'group' }`. */
  readonly within?: Readonly<Record<string, string>>
  /** A reference that it has in common with this row, or with what this row is a part of, or else has not. */
  readonly common?: string
  /** Whose it has to be. */
  readonly among?: FileAmong
}

/** That rows named in a file are those of what another reference of the row points to. */
export interface FileAmong {
  /** That reference, to any of several models. */
  readonly of: string
  /** SQL that yields `id` of rows of a model, and as `value` the ids of what is theirs. */
  readonly load: (model: string, ids: RawBuilder<number[]>) => RawBuilder<unknown>
}

/** How a field's own query parameters differ from what its type gives. */
export interface FilterOptions {
  /** The last value counts alone. */
  readonly single?: boolean
  /** The word `null` is refused. */
  readonly notNull?: boolean
  /** Compares without regard to case. */
  readonly ignoreCase?: boolean
  /** Only the parameter that takes ids, or only the one that takes names. */
  readonly only?: 'id' | 'key'
  /** Has no suffix `empty`. */
  readonly noEmpty?: boolean
  /** Has no lookup suffixes. */
  readonly plain?: boolean
  /** Name of the parameter, where it is not the field's. */
  readonly name?: string
  /** For a tree: only the node itself, not what is below it. */
  readonly exact?: boolean
  /** For the name of a model: the parameter `<name>_id` takes its number. */
  readonly typeId?: boolean
  /** The other model's field whose values the parameter takes. */
  readonly by?: string
}

export interface Column {
  /** As PostgreSQL's format_type() prints it. */
  readonly type: string
  readonly collate?: string
}

/** A family of comparisons: which suffixes a parameter has and how its values are read. */
export type Match =
  | 'text'
  | 'number'
  | 'decimal'
  | 'datetime'
  | 'date'
  | 'choice'
  | 'boolean'
  | 'ref'
  | 'tag'
  | 'modelName'
  | 'uuid'
  | 'mac'
  | 'wwn'
  | 'timezone'
  | 'duration'
  | 'none'

export type Wire =
  | 'field'
  | 'string'
  | 'slug'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'email'
  | 'url'
  | 'choice'
  | 'list'
  | 'nested object'
  | 'image upload'
  | 'file upload'

export type Widget =
  | 'text'
  | 'longtext'
  | 'duration'
  | 'markdown'
  | 'number'
  | 'switch'
  | 'select'
  | 'multiselect'
  | 'ref'
  | 'refs'
  | 'anyRef'
  | 'tags'
  | 'color'
  | 'date'
  | 'datetime'
  | 'json'
  | 'address'
  | 'mac'
  | 'url'
  | 'image'
  | 'list'
  | 'mapping'
  | 'attributes'

/** `T`, or `T | null` where the options say `nullable`. */
export type Nullable<T, O> = O extends { readonly nullable: true } ? T | null : T

/** A value that a client may not send, with the reason, or reasons by position or key. */
export class Invalid extends Error {
  readonly detail: unknown

  constructor(detail: string | Readonly<Record<string, unknown>>) {
    super(typeof detail === 'string' ? detail : JSON.stringify(detail))
    this.detail = detail
  }
}

/** How Python would call the type of a JSON value, which clients match on. */
export const pythonType = (value: unknown): string => {
  if (value === null) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return 'dict'
}
