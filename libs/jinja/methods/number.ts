import type { Method } from '../host.ts'
import { Float, isInteger } from '../values.ts'

const valueOf = (value: unknown): number => (value instanceof Float ? value.value : Number(value))

/** What numbers can do. */
export const numberMethods: Readonly<Record<string, Method>> = {
  bit_length: (self: number | bigint) => {
    const whole = BigInt(self)
    const magnitude = whole < 0n ? -whole : whole
    return magnitude === 0n ? 0 : magnitude.toString(2).length
  },
  is_integer: (self: unknown) => isInteger(self) || Number.isInteger(valueOf(self)),
}
