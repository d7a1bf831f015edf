import type { Model, Order, Registry } from '../model/index.ts'
import type { Condition } from '../query/index.ts'
import type { Exposed } from '@demarc/jinja'

/** A part of the rows of a model. */
export interface Selection {
  readonly model: Model
  readonly where: Condition
  readonly order: readonly Order[]
  readonly limit: number | null
  readonly offset: number
}

/** A row that a template can see. */
export interface SeenRow extends Exposed {
  readonly model: Model
  readonly id: number
  readonly row: Readonly<Record<string, any>>
  readonly display: string
}

/** What a template reads through: never more than its user may view, and not without end. */
export interface TemplateReader {
  readonly registry: Registry
  /** Rows in their order. */
  readonly rows: (selection: Selection) => Promise<readonly SeenRow[]>
  readonly count: (selection: Selection) => Promise<number>
  /** The row with an id; those that its peers point to are read along with it. */
  readonly one: (model: Model, id: number, peers: readonly number[]) => Promise<SeenRow | null>
  /** Values of the full representation that are no columns, by id. */
  readonly derived: (model: Model, rows: readonly SeenRow[], key: string) => Promise<ReadonlyMap<number, unknown>>
  /** Rows of a model, to be narrowed further. `load` says how all of them are read at once with those of peers. */
  readonly all: (model: Model, where: Condition, load?: () => Promise<readonly SeenRow[]>) => Exposed
  /** A condition of a template: `site__name__in`. */
  readonly condition: (model: Model, key: string, value: unknown) => Condition
}
