import type { Database } from '../database/index.ts'
import type { Registry } from './registry.ts'
import type { Model } from './model.ts'

/** What an action of a row is given. */
export interface ReadCall {
  readonly db: Database
  readonly registry: Registry
  readonly model: Model
  /** The row, one property per column. */
  readonly row: Readonly<Record<string, any>>
  readonly params: URLSearchParams
  /** Start of absolute addresses, as `https://demarc.example`. */
  readonly origin: string
  /** Brief representations, in order, of rows of any model. */
  readonly brief: (refs: readonly (readonly [model: string, id: number])[]) => Promise<(object | null)[]>
  /** Rows of a model that the caller may view, represented in full. */
  readonly may: (action: string, model: string) => Promise<boolean>
}
