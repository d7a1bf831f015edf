import type { Expression, RawBuilder } from 'kysely'
import type { Database } from '../database/index.ts'
import type { AnyRef, Field, Ref, Refs, Shape, Stored, Widget } from '../field/index.ts'
import type { FilterSpec } from './filters.ts'
import type { Batch } from './rules.ts'

export type Fields = Readonly<Record<string, Field<any>>>

/** An object type: what it holds, how it is named, ordered, filtered and shown. */
export interface Model<N extends string = string, F extends Fields = Fields> {
  readonly name: N
  readonly app: string
  readonly table: string
  readonly fields: F
  readonly spec: Spec<F>
}

export interface Spec<F extends Fields> {
  /** What one is called, as `rack role`. */
  readonly label: string
  readonly plural?: string
  /** One or two sentences; they open this model's page in the docs and its empty list in the UI. */
  readonly about: string
  /** Last part of its address, as `rack-roles`; the plural with hyphens where absent. */
  readonly path?: string
  /** The same in the UI, where that differs. */
  readonly uiPath?: string
  /** Has no page in the UI, hence no `display_url`. */
  readonly page?: false
  /** Has no endpoint of its own: a table the engine keeps for other models. */
  readonly internal?: true
  /** Which rows a user who is no superuser sees at all, whatever they are permitted. */
  readonly visible?: (row: Columns, user: number) => RawBuilder<boolean>
  /** Everyone who is logged in may view every row. */
  readonly open?: true
  /** Requests about many rows are never left to a worker: their answers hold secrets. */
  readonly foreground?: true
  /** What a client may do over REST besides reading; everything where absent. */
  readonly writes?: readonly ('POST' | 'PUT' | 'PATCH' | 'DELETE')[]
  /** What else an object of this type can have. `everyday` where absent. */
  /** What it is called in the OpenAPI document, where not by its label. */
  readonly schemaName?: string
  readonly features?: readonly Feature[]
  /** How a row is named in a list, a link or a log. */
  readonly display: Display<F>
  /** The field by whose value other models' filters name it; `slug` or else `name` where absent. */
  readonly key?: string
  /** Rows form a tree: `parent`, with `path` (and `sort_path`) kept by the engine. `hidden` keeps their depth from clients. */
  readonly tree?: true | 'hidden'
  readonly order: readonly Order[]
  readonly unique?: readonly Unique[]
  readonly index?: readonly (readonly string[] | string)[]
  /** Further reads that derived values share: SQL that yields `id` and `value` for the rows with the ids given. */
  readonly loads?: Readonly<Record<string, Load>>
  /** Values that are not columns. */
  readonly derived?: Readonly<Record<string, Derived<F>>>
  /** What a client may send with a row that is no part of it. */
  readonly inputs?: Fields
  /** Numbers of rows of other models that point here, as `device_count: 'dcim.device.rack'`. */
  readonly counts?: Readonly<Record<string, Count>>
  /** Order of the keys of a representation where it is not fields, derived, counts. */
  readonly keys?: readonly string[]
  /** Query parameters beyond those that the fields and features give; false takes one of those away. */
  readonly filters?: Readonly<Record<string, FilterSpec | false>>
  /** Its list takes no query parameters but those of every list. */
  readonly unfiltered?: true
  /** A JSON field whose keys are parameters too: `attr_<key>`. */
  readonly attributes?: keyof F & string
  /** The references, in this order, to what a row is a part of: the change log of that shows changes of this. */
  readonly partOf?: readonly string[]
  /** Ids that the change log keeps of a row beside its fields, by key; read for many rows at once, as `id` and `other`. */
  readonly records?: Readonly<Record<string, Load>>
  /** Keys that a PUT or POST without them sets to their default, or else to null. */
  readonly resets?: readonly string[]
  /** What `?q=` searches: texts that may contain the term, numbers that may equal it, or a condition of its own. */
  readonly quick?: readonly (
    | string
    | { readonly equals: string }
    | ((row: Columns, term: string) => RawBuilder<boolean> | undefined)
  )[]
  /** Fields found by global search; a lower number is a better match. */
  readonly search?: Readonly<Record<string, number>>
  /** Keys of a `?brief=true` answer, and, without the counts, of the object nested in others. */
  readonly brief?: Shape
  /** The brief form has these keys alone, without id and display text. */
  readonly briefAlone?: true
  /** Fields of a new row that may hold a pattern where a person makes several at once, that which names them first. */
  readonly patterns?: readonly string[]
  /** Fields carried over by "Clone". */
  readonly clone?: readonly string[]
  readonly ui?: Ui
  /** How its rows stand in files: CSV, JSON or YAML. */
  readonly file?: FileSpec
}

/** What a file of rows says beside the fields of a model. */
export interface FileSpec {
  /** The field by which rows of other models name one of these; `name`, or else what it is shown by, where absent. */
  readonly key?: string
  /** The columns of its table, those shown at first and the others: keys or paths, with a heading where that is not the label. */
  readonly table?: {
    /** What NetBox calls it, where that does not follow from the label. */
    readonly name?: string
    readonly first: readonly TableColumn[]
    readonly more: readonly TableColumn[]
    /** Columns that are worked out for a file alone: their texts for rows, by id. */
    readonly figures?: Readonly<
      Record<string, (db: Database, ids: readonly number[]) => Promise<ReadonlyMap<number, string>>>
    >
  }
  /** The keys of a row in a YAML document, where tables of it are exported as documents. */
  readonly document?: readonly string[]
  /** Its rows may be named by whoever may not view them. */
  readonly open?: true
  /** Other rows whose parts may be named as parts of a row, as those of a stack by its master. */
  readonly covers?: Load
  /** Columns beside the fields. */
  readonly columns?: Readonly<Record<string, FileColumn>>
  /** Fields that a row needs no value of where another column is given: `template_code: 'data_file'`. */
  readonly instead?: Readonly<Record<string, string>>
  /** Columns under which faults of keys are told that are no columns: `a_terminations: 'side_a_name'`. */
  readonly told?: Readonly<Record<string, string>>
  /** Lists of parts in a JSON or YAML document, in the order in which they are made: `interfaces: 'dcim.interfacetemplate'`. */
  readonly parts?: Readonly<Record<string, string>>
  /** The last word on what is made of a row, given the ids that its columns name. */
  readonly item?: (
    item: Record<string, any>,
    found: Readonly<Record<string, any>>,
    fail: (column: string, fault: string) => void,
  ) => void
  /** What follows once the rows are in. */
  readonly after?: (batch: Batch, rows: readonly FileRow[]) => Promise<void>
}

/** A column of a table: a key of the representation, or a path of references to one, as `tenant.group`; and its heading. */
export type TableColumn = string | readonly [path: string, heading: string]

/** A row that came from a file, and the values and ids of its columns that are no fields. */
export interface FileRow {
  readonly id: number
  readonly found: Readonly<Record<string, any>>
}

/** A column that names a row of another model, or only holds a value for `item` and `after`. */
export interface FileColumn {
  /** The other model; where it depends on which other column is given, by the name of that. */
  readonly to?: string | Readonly<Record<string, string>>
  /** The other model is the one that this column tells. */
  readonly typed?: string
  /** What that column says, and the model meant by it, where it does not name the model. */
  readonly types?: Readonly<Record<string, string>>
  /** Several, with commas between. */
  readonly many?: true
  /** The columns that tell among which rows it is found, and the field there: `{ device: 'device' }`. */
  readonly within?: Readonly<Record<string, string>>
  /** The reference to any of several models that it stands for. */
  readonly sets?: string
}

/** `name`, `-time`, or an expression. A reference sorts as the other model does. */
export type Order =
  | string
  | { readonly by: string; readonly nulls: 'first' | 'last' }
  | { readonly sql: (row: Columns) => RawBuilder<unknown>; readonly desc?: boolean }

/** Columns that may not repeat together. */
export type Unique =
  | readonly string[]
  | {
      readonly columns: readonly string[]
      readonly where?: string
      readonly nulls?: 'same'
      readonly message?: string
      readonly name?: string
    }

/** SQL that yields `id` and `value` for the rows whose ids are given. */
export type Load = (ids: RawBuilder<number[]>) => RawBuilder<unknown>

export interface Display<F extends Fields> {
  /** The columns it reads; a reference among them is given as the other row's own display text. */
  readonly from: readonly string[]
  readonly as: (row: any, loaded?: any) => string
  /** A read of its own, whose value is handed to `as`. */
  readonly load?: Load
  /** References are only followed, and the read only made, where this holds. */
  readonly when?: (row: any) => boolean
  readonly '~fields'?: F
}

/** A value that is worked out when a row is read. */
export interface Derived<F extends Fields> {
  /** Columns of the row that it reads. */
  readonly from?: readonly (keyof Row<F> & string)[]
  /** A read of its own. */
  readonly load?: Load
  /** Names of the model's shared reads that it uses. */
  readonly loads?: readonly string[]
  /** The value; for a reference (`to`) an id, or a pair of model and id where `to` is `any`, or a list of them. */
  readonly as: (row: any, loaded: any, settings: Readonly<Record<string, unknown>>) => unknown
  readonly to?: string
  /** What is made of each row it refers to, where that is not shown as it stands. */
  readonly wrap?: (shown: any, ref: any) => unknown
  readonly nested?: Shape
  readonly many?: boolean
  readonly wire?: Field['wire']
  readonly label?: string
  /** The widget that draws it, where that does not follow from what it is, and the models of what stands in it. */
  readonly drawn?: { readonly widget: Widget; readonly to?: readonly string[]; readonly by?: string }
  /** A client may send it all the same. */
  readonly writable?: boolean
  readonly required?: boolean
  readonly choices?: readonly (string | number)[]
  /** The table of links behind it, which a client may change from this side, too. */
  readonly link?: { readonly table: string; readonly own: string; readonly other: string }
  /** Described to clients but left out of what they are served, as NetBox does. */
  readonly unserved?: true
  readonly '~fields'?: F
}

/** A count of rows that point here; `below` counts those of all descendants in the tree too. */
export type Count =
  | string
  | { readonly of: string; readonly below?: true; readonly load?: Load; readonly wire?: Field['wire'] }

/** Accessors for the columns of the row a filter looks at: `row.name` is a reference to that column. */
export type Columns = Readonly<Record<string, Expression<any> & RawBuilder<any>>>

export interface Ui {
  readonly icon?: string
  /** Columns shown before the user chooses. */
  readonly columns?: readonly string[]
  /** Groups of fields in the form and on the object's page. */
  readonly form?: Readonly<Record<string, readonly string[]>>
  readonly panels?: readonly string[]
}

export type Feature =
  | 'bookmarks'
  | 'change_logging'
  | 'cloning'
  | 'contacts'
  | 'custom_fields'
  | 'custom_links'
  | 'custom_validation'
  | 'event_rules'
  | 'export_templates'
  | 'image_attachments'
  | 'jobs'
  | 'journaling'
  | 'notifications'
  | 'synced_data'
  | 'tags'

/** What nearly every object can have. */
export const everyday: readonly Feature[] = [
  'bookmarks',
  'change_logging',
  'cloning',
  'custom_fields',
  'custom_links',
  'custom_validation',
  'event_rules',
  'export_templates',
  'journaling',
  'notifications',
  'tags',
]

/** What a part of another object can have, and nothing more. */
export const recorded: readonly Feature[] = ['change_logging', 'custom_validation', 'event_rules']

/** What a query returns and a rule sees: one property per column. */
export type Row<F extends Fields> = Simplify<
  { readonly id: number } & {
    readonly [K in keyof F & string as F[K] extends Refs ? never : F[K] extends Ref | AnyRef ? `${K}_id` : K]:
      | NonNullable<F[K]['~row']>
      | Extract<F[K]['~row'], null>
  } & {
    readonly [K in keyof F & string as F[K] extends AnyRef ? `${K}_type` : never]: F[K] extends AnyRef<infer N>
      ? N | null
      : never
  }
>

/** What a client may send. */
export type Draft<F extends Fields> = Partial<
  Omit<Row<F>, 'id' | { [K in keyof F]: F[K] extends Stored ? K : never }[keyof F]>
>

export type RowOf<M> = M extends Model<string, infer F> ? Row<F> : never
export type Simplify<T> = { [K in keyof T]: T[K] } & {}

/** Declare an object type. */
export function model<const N extends `${string}.${string}`, const F extends Fields>(
  name: N,
  spec: { readonly fields: F } & Spec<F>,
): Model<N, F> {
  return { name, app: name.split('.')[0]!, table: name.replace('.', '_'), fields: spec.fields, spec }
}
