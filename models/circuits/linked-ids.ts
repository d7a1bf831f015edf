import { pythonType } from '@demarc/engine/field'
import type { Batch, Change } from '@demarc/engine/model'

/** Ids that a client names under a key that is no field of the model, told from those that there are not. */
export interface Ids {
  /** Object to what is no list of ids of rows that exist. */
  readonly check: (key: string, value: unknown, fail: Change['fail']) => void
}

const isId = (value: unknown) => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))

/** Read which of the ids that clients sent under a key exist. One statement. */
export async function readIds({ changes, rowsOf }: Batch, key: string, model: string): Promise<Ids> {
  const sent = changes.flatMap(({ input }) => (Array.isArray(input[key]) ? (input[key] as unknown[]) : []))
  const rows = await rowsOf(model, sent.filter(isId).map(Number))
  return {
    check(name, value, fail) {
      if (value === undefined) return
      if (value === null) return fail(name, 'This field may not be null.')
      if (!Array.isArray(value)) return fail(name, `Expected a list of items but got type "${pythonType(value)}".`)
      for (const one of value) {
        if (!isId(one)) fail(name, `Incorrect type. Expected pk value, received ${pythonType(one)}.`)
        else if (!rows.has(Number(one))) fail(name, `Invalid pk "${one}" - object does not exist.`)
      }
    },
  }
}
