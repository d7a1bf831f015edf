import { HttpError } from '@demarc/engine/http'

/** Reads the parameters of an action one by one; `checked` hands on what was read, or answers 400 with all that was wrong. */
export function parameterReader(params: URLSearchParams) {
  const faults: Record<string, string[]> = {}
  const given = (name: string) => params.get(name)?.trim() || null
  return {
    oneOf<V extends string | null>(name: string, values: readonly V[], fallback: V): V {
      const value = (given(name) ?? fallback) as V
      if (value !== fallback && !values.includes(value)) faults[name] = [`"${value}" is not a valid choice.`]
      return value
    },
    whole(name: string, fallback: number | null): number | null {
      const value = given(name)
      if (value === null) return fallback
      if (!/^[-+]?\d+$/.test(value) || !Number.isSafeInteger(Number(value)))
        faults[name] = ['A valid integer is required.']
      return Number(value)
    },
    /** A height in rack units: a multiple of one half, up to the tallest rack there is. */
    height(name: string, fallback: number): number {
      const value = Number(given(name) ?? fallback)
      if (!(value >= 0.5 && value <= 100 && (value * 2) % 1 === 0))
        faults[name] = ['Give a height from 0.5 to 100 rack units, in steps of 0.5.']
      return value
    },
    truth(name: string, fallback: boolean): boolean {
      const value = (given(name) ?? String(fallback)).toLowerCase()
      if (['true', 't', 'y', 'yes', 'on', '1'].includes(value)) return true
      if (!['false', 'f', 'n', 'no', 'off', '0'].includes(value)) faults[name] = ['Must be a valid boolean.']
      return false
    },
    checked<T>(input: T): T {
      if (Object.keys(faults).length) throw new HttpError(400, faults)
      return input
    },
  }
}
