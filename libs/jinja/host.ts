import type { Args } from './args.ts'
import type { Budget } from './budget.ts'
import type { UndefinedKind } from './values.ts'

/** What methods may use of the rendering they run in. */
export interface Host {
  readonly budget: Budget
  readonly undefined: UndefinedKind
}

/** A method of a type of values: gets the value it is called on. */
export type Method = (self: any, args: Args, host: Host) => unknown
