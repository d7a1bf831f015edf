/** A row of text values, in the order of its table's columns. */
export type SourceRow = readonly (string | null)[]

/** Rows of one table, some at a time. The first batch of a table may be empty and only tell its columns. */
export interface Batch {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly SourceRow[]
}

/** Rows of a table that were counted, not read. */
export interface Count {
  readonly table: string
  readonly columns: readonly string[]
  readonly count: number
}

/** A NetBox database to read from. Its whole content is gone over twice: looked at first, then read. */
export interface Source {
  /** Every table: the rows of those wanted, the number of rows of the others. */
  readonly look: (wanted: (table: string) => boolean) => AsyncIterable<Batch | Count>
  /** The rows of the tables wanted. */
  readonly read: (wanted: (table: string) => boolean) => AsyncIterable<Batch>
  /** The last number that each sequence gave. Known once the source was looked at. */
  readonly sequences: () => Promise<ReadonlyMap<string, number>>
  readonly close: () => Promise<void>
}
