import type { Model } from '../model/index.ts'
import type { FaultMap, Faults } from './faults.ts'

/** Rows that stand in the way of a deletion. */
type Blocked = readonly { readonly model: Model; readonly id: number; readonly display: string }[]

/** Rows that were refused: which of those sent, why, and how gravely. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    super('refused')
    this.refusals = refusals
  }
}

export interface Refusal {
  /** Place in the request; or the id, once the row is known. */
  readonly index?: number
  readonly id?: number
  readonly faults: FaultMap
  readonly status: 400 | 403 | 409
  /** The answer to a request that wrote nothing else, where it was refused outright. */
  readonly detail?: string
  /** Rows that stand in the way of a deletion. */
  readonly blockers?: Blocked
}

/** What faults amount to. */
export const refusalOf = (faults: Faults, by: { readonly index: number } | { readonly id: number }): Refusal => ({
  ...by,
  faults: faults.map,
  status: faults.aborted?.status ?? 400,
  ...(faults.aborted && { detail: faults.aborted.detail }),
})

export const denied = 'You do not have permission to perform this action on this object.'
