import type { Entry } from '../changelog/record.ts'
import type { Transaction } from '../database/index.ts'
import type { Queue } from '../job/queue.ts'
import type { Permissions } from '../permission/constrain.ts'
import type { Fields, Model } from './model.ts'
import type { Registry } from './registry.ts'

/** A row that is being created, changed or deleted, with a way to look around and to object. */
export interface Change {
  readonly model: Model
  readonly kind: 'create' | 'update' | 'delete'
  readonly id: number
  /** The row as it will be, one property per column; rules may set columns of it. */
  readonly row: Record<string, any>
  /** The row as it was. */
  readonly before: Readonly<Record<string, any>> | null
  /** What the client sent, key by key. */
  readonly input: Readonly<Record<string, any>>
  /** Ids behind many-to-many fields that the client sent. */
  readonly links: Map<string, number[]>
  /** Whether any of these columns differs from before; always true for a new row. */
  readonly changed: (...columns: string[]) => boolean
  /** The row that a reference points to, of those named in `refs`; null where it points to none. */
  readonly ref: (name: string) => any
  /** Object: on a key, or on the object as a whole. */
  readonly fail: (key: string | null, message: string | Readonly<Record<string, unknown>>) => void
  /** Refuse outright: not an objection to a value, hence answered as `detail`. */
  readonly abort: (message: string, status?: 400 | 403 | 409) => void
}

/** All changes of one model in a request, and what they are made with. */
export interface Batch {
  readonly model: Model
  readonly changes: readonly Change[]
  readonly tx: Transaction
  readonly registry: Registry
  readonly settings: Readonly<Record<string, any>>
  readonly user: { readonly id: number; readonly username: string } | null
  /** Rows change all at once: one may take what another leaves, whichever comes first. */
  readonly together: boolean
  /** Rows that are created were there before, and come back with all that they had: nothing is to be made for them. */
  readonly returning: boolean
  /** What the writer may do. */
  readonly permissions: Permissions
  /** Where a job is put that is to follow; null where nobody would do it. */
  readonly queue: Queue | null
  /** Show values, once, in the answer to the request that created a row: a secret that is not kept. */
  readonly reveal: (id: number, values: Readonly<Record<string, unknown>>) => void
  /**
   * Change rows of a model beside those of the request: checked by nobody, recorded in the change log. As a `consequence`,
   * the change log serves them without what was before.
   */
  readonly update: (
    model: string,
    rows: readonly { readonly id: number; readonly [column: string]: unknown }[],
    as?: 'consequence',
  ) => Promise<void>
  /** Create rows of a model beside those of the request; returns their ids. */
  readonly create: (
    model: string,
    rows: readonly Record<string, unknown>[],
    links?: readonly Readonly<Record<string, number[]>>[],
  ) => Promise<number[]>
  /** Delete rows of a model beside those of the request, with all that depends on them. */
  readonly remove: (model: string, ids: readonly number[]) => Promise<void>
  /**
   * Do something once everything of the request is written, before the change log is: of work under the same name, only
   * what was given first. It may put the entries of the change log in another order.
   */
  readonly last: (name: string, work: (entries: Entry[]) => Promise<void>) => void
  /** The display texts of rows of a model, by id. */
  readonly displays: (model: string, ids: Iterable<number>) => Promise<Map<number, string>>
  /** Rows of a model by id, read once for the whole request. */
  readonly rowsOf: (model: string, ids: Iterable<number | null | undefined>) => Promise<Map<number, any>>
}

/** Rows of another model that are written as a part of some: the terminations of a cable. */
export interface Parts {
  readonly model: string
  /** The reference of a part to what it is a part of. */
  readonly field: string
  /** The keys of a request that make parts, from what the change log keeps of them and the names of models by number. */
  readonly item: (
    parts: readonly Readonly<Record<string, any>>[],
    models: ReadonlyMap<number, string>,
  ) => Readonly<Record<string, unknown>>
}

/** What must hold for a model, and what follows from a change. The name of a rule is a sentence. */
export interface Rules {
  /** References whose rows are at hand in every rule: `change.ref('site')`; of those rows, `device.site`. */
  readonly refs?: readonly string[]
  /** What the rules need to know besides, read once for all changes and handed to each. */
  readonly load?: (batch: Batch) => Promise<unknown>
  /** Normalise and fill in, before anything is checked. Objections here hide what comes after. */
  readonly prepare?: Readonly<Record<string, (change: Change, loaded: any) => void>>
  /** What must hold. The first that fails for a row is reported, beside errors of uniqueness. */
  readonly check?: Readonly<Record<string, (change: Change, loaded: any) => void>>
  /** Columns that only the engine writes, once everything holds. */
  readonly store?: Readonly<Record<string, (change: Change, loaded: any) => void>>
  /** What follows in the same transaction, once the rows are in. */
  readonly after?: Readonly<Record<string, (batch: Batch, loaded: any) => Promise<void>>>
  /** What must be true, or done, before rows go; `fail` on a change keeps everything. */
  readonly beforeDelete?: Readonly<Record<string, (batch: Batch) => Promise<void>>>
  /**
   * Rows that stay in their table, as it is left to a job to remove them, though for everyone they are deleted from now on.
   * Of those that were `told` to be deleted before, nothing is told again.
   */
  readonly linger?: (batch: Batch) => Promise<ReadonlyMap<number, { readonly told: boolean }>>
  /** What follows once rows are gone. */
  readonly afterDelete?: Readonly<Record<string, (batch: Batch) => Promise<void>>>
  /** Rows that come and go with those of the model, and are sent with them. */
  readonly parts?: Parts
}

export interface RuleSet {
  readonly model: string
  readonly rules: Rules
}

/** Declare the rules of a model. */
export const rules = <F extends Fields>(model: Model<string, F>, rules: Rules): RuleSet => ({
  model: model.name,
  rules,
})
