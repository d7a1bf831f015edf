import { setImmediate as pause } from 'node:timers/promises'
import { TemplateError } from './errors.ts'

/** How much one rendering may take. */
export interface Limits {
  /** Statements, turns of loops, calls and items of lists. */
  readonly steps: number
  /** Characters of output, and of any text on the way. */
  readonly output: number
  /** Macros, includes and parents within each other. */
  readonly depth: number
  /** Milliseconds. */
  readonly time: number
}

export const defaultLimits: Limits = { steps: 2_000_000, output: 20_000_000, depth: 200, time: 60_000 }

const turn = 5_000

/** Counts what one rendering takes, and ends it with an error when it is too much. */
export class Budget {
  readonly limits: Limits
  readonly #until: number
  #steps = 0
  #output = 0
  #depth = 0
  #pauseAt = turn

  constructor(limits: Limits) {
    this.limits = limits
    this.#until = performance.now() + limits.time
  }

  /** Takes steps. The promise, which is there now and then, lets others work meanwhile. */
  step(count = 1): Promise<void> | undefined {
    this.#steps += count
    if (this.#steps > this.limits.steps) throw exceeded(`it takes more than ${this.limits.steps} steps`)
    if (this.#steps < this.#pauseAt) return undefined
    this.#pauseAt = this.#steps + turn
    if (performance.now() > this.#until) throw exceeded(`it takes longer than ${this.limits.time} ms`)
    return pause()
  }

  /** A text of this length is about to be made. */
  length(count: number): void {
    if (count > this.limits.output) throw exceeded(`a text has more than ${this.limits.output} characters`)
  }

  written(count: number): void {
    this.#output += count
    if (this.#output > this.limits.output) throw exceeded(`it writes more than ${this.limits.output} characters`)
  }

  /** Does something one level deeper. */
  async deeper<T>(run: () => Promise<T>): Promise<T> {
    if (++this.#depth > this.limits.depth) throw new TemplateError('RecursionError', 'maximum recursion depth exceeded')
    try {
      return await run()
    } finally {
      this.#depth--
    }
  }
}

const exceeded = (what: string): TemplateError => new TemplateError('SecurityError', `Template is stopped: ${what}.`)
