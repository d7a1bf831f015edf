import type { Database } from '../database/index.ts'
import type { Condition } from '../query/query.ts'
import type { AnyRow } from '../query/page.ts'
import type { WriteCall } from '../write/context.ts'
import type { Registry } from './registry.ts'
import type { Model } from './model.ts'

/** What an endpoint is given. */
export interface EndpointCall {
  readonly db: Database
  readonly registry: Registry
  /** What an administrator has set. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly params: URLSearchParams
  /** What the client sent: a JSON value, the parts of a form, or undefined. */
  readonly body: () => Promise<unknown>
  /** For the functions of engine/write. */
  readonly write: WriteCall
  /** Rows in their full representation, in the order of the ids, whether the caller may view them or not. */
  readonly written: (model: string, ids: readonly number[]) => Promise<object[]>
  /** How many of what there is the client may get; null for all. */
  readonly limit: number | null
  /** Start of absolute addresses, as `https://demarc.example`. */
  readonly origin: string
  /** Brief representations, in order, of rows of any model. */
  readonly brief: (refs: readonly (readonly [model: string, id: number])[]) => Promise<(object | null)[]>
  /** One row in its full representation; 404 where the caller may not view it. */
  readonly full: (model: string, id: number) => Promise<object>
  /** Which of some rows the caller may view. */
  readonly visible: (model: string, ids: readonly number[]) => Promise<ReadonlySet<number>>
  /** One page of a list that is made in memory, as the request asks for it. */
  readonly page: (items: readonly unknown[]) => object
  /** Whether the caller may do something to any row of a model. */
  readonly may: (action: string, model: string) => Promise<boolean>
}

/** What an action of a row is given. */
export interface ReadCall extends EndpointCall {
  readonly model: Model
  /** The row, one property per column. */
  readonly row: Readonly<Record<string, any>>
  /** Whether the client wants plain text, of an action that can give it. */
  readonly wantsText: boolean
}

/** Rows that an action of a list found: those of one page, and the page that `results` of them make. */
export interface FoundRows {
  readonly rows: readonly AnyRow[]
  readonly list: (results: readonly object[]) => object
}

/** What an action of a list is given. */
export interface ListCall extends EndpointCall {
  readonly model: Model
  /**
   * One page of the rows that the caller may act on and that the request's filters find, in the order asked for. `own`
   * are parameters of the action, which are no filters here. 400 with all that is wrong with the filters.
   */
  readonly find: (
    columns: readonly string[],
    narrow?: { readonly own?: readonly string[]; readonly where?: Condition },
  ) => Promise<FoundRows>
  /** The items of the body: each an object with the id of a row, none twice; 400 otherwise. */
  readonly items: () => Promise<readonly Readonly<Record<string, unknown>>[]>
  /**
   * Change rows all at once: each is checked against the others as they will be, not as they are one after another.
   * Answers the rows in their full representation, in the model's own order; what is refused as a bulk change is.
   */
  readonly changeTogether: (
    items: readonly (Readonly<Record<string, unknown>> & { readonly id: number })[],
  ) => Promise<object[]>
}

/** An answer with a status of its own. */
export class Answer {
  readonly status: number
  readonly value: unknown

  constructor(status: number, value: unknown) {
    this.status = status
    this.value = value
  }
}
