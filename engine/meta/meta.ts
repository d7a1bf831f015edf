import type { Widget } from '../field/index.ts'

/** What the browser is told, once, so that it can draw every page: `GET /ui/meta`. */
export interface Meta {
  readonly version: string
  readonly user: {
    readonly id: number
    readonly username: string
    readonly display: string
    readonly superuser: boolean
  }
  readonly menus: readonly Menu[]
  /** By model name, as `dcim.rack`; only those this user may view, and lists of some of their rows. */
  readonly models: Readonly<Record<string, ModelMeta>>
  /** The permission that each other list takes, as `dcim.view_rack`, by the path of its page. */
  readonly closed: Readonly<Record<string, string>>
}

export interface Menu {
  readonly label: string
  readonly icon: string
  readonly groups: readonly { readonly label: string; readonly models: readonly string[] }[]
}

/** What somebody may do to some of a model's objects: the last are what its actions take, as `sync`. */
export type May = 'view' | 'add' | 'change' | 'delete' | (string & {})

export interface ModelMeta {
  readonly name: string
  readonly label: string
  readonly plural: string
  readonly about: string
  /** Path of the list page, as `/dcim/racks/`; an object's page is `${path}${id}/`. */
  readonly path: string
  /** Path of the REST list, as `/api/dcim/racks/`. */
  readonly api: string
  readonly icon: string
  readonly may: readonly May[]
  /** Every key of the REST representation, in its order, custom fields as `cf_<name>`. */
  readonly fields: Readonly<Record<string, FieldMeta>>
  /** What its table is called where columns are kept, as `SiteTable`. */
  readonly table: string
  /** Columns shown before the user chooses. */
  readonly columns: readonly string[]
  /** What may be sent though it is never shown, as a password. */
  readonly inputs?: Readonly<Record<string, FieldMeta>>
  /** Fields that a clone takes over. */
  readonly clone?: readonly string[]
  /** Fields of a new one that take patterns, as `Ethernet[1-4]`; the first tells how many are made. */
  readonly patterns?: readonly string[]
  /** What else its objects can have, as `journaling`. */
  readonly features: readonly string[]
  /** Groups of fields, for the object page and the form. */
  readonly form: readonly { readonly name: string; readonly fields: readonly string[] }[]
  /** Bespoke drawings on the object page. */
  readonly panels: readonly string[]
  /** Query parameters a person is offered. */
  readonly filters: Readonly<Record<string, FilterMeta>>
}

export type { Widget }

export interface FieldMeta {
  readonly label: string
  readonly widget: Widget
  readonly help?: string
  readonly nullable?: boolean
  readonly required?: boolean
  /** Set by the server only. */
  readonly readonly?: boolean
  readonly default?: unknown
  readonly choices?: readonly (readonly [value: string | number, label: string, color?: string])[]
  /** Where choices are found, page by page and by `q`, that are too many to be told here. */
  readonly lookup?: string
  /** Models a reference may point to. */
  readonly to?: readonly string[]
  /** The keys under which a reference to one of several models is sent: its model, and its id. */
  readonly sent?: readonly [type: string, id: string]
  /** The field whose value says what may stand in it: the profile of attributes. */
  readonly by?: string
  /** Models that a reference may point to, by the values of that field. */
  readonly kinds?: Readonly<Record<string, string>>
  /** What a list holds. */
  readonly items?: 'number' | 'range' | 'pair' | 'text'
  /** Most characters of a text. */
  readonly max?: number
  readonly unit?: string
  readonly sortable?: boolean
  /** Drawn in the monospace face, with a copy button. */
  readonly mono?: boolean
  /** Heading under which custom fields are grouped. */
  readonly group?: string
}

export interface FilterMeta {
  readonly label: string
  readonly kind: 'text' | 'number' | 'choice' | 'boolean' | 'ref' | 'date'
  readonly choices?: readonly (readonly [value: string | number, label: string])[]
  /** The model whose rows may be picked, and the key of the picked row that the parameter takes. */
  readonly to?: string
  readonly key?: string
}
