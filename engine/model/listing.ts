import type { RawBuilder } from 'kysely'
import type { Columns, Model, TableColumn } from './model.ts'

/** A list of its own, with its own page and exports, of some rows of a model. */
export interface Listing {
  /** As `dcim.interfaceconnection`. */
  readonly name: string
  readonly model: Model
  readonly label: string
  readonly about: string
  /** Last part of the address of its page. */
  readonly path: string
  /** The rows that it lists. */
  readonly where: (row: Columns) => RawBuilder<boolean>
  /** Columns of the page. */
  readonly columns: readonly string[]
  /** Columns of an export: those shown at first, and the others. */
  readonly table: { readonly first: readonly TableColumn[]; readonly more: readonly TableColumn[] }
}

/** Declare a list of some rows of a model. */
export const listing = (name: string, model: Model<string, any>, spec: Omit<Listing, 'name' | 'model'>): Listing => ({
  name,
  model: model as Model,
  ...spec,
})
