import fc from 'fast-check'
import type { Address, Family } from './address.ts'

/** Any address of the family (or of either) with any mask, for property tests; zeros and ones are frequent. */
export function anyAddress(family?: Family): fc.Arbitrary<Address> {
  const families = family ? fc.constant(family) : fc.constantFrom<Family>(4, 6)
  return families.chain(chosen => {
    const width = chosen === 4 ? 32 : 128
    const group = fc.oneof(fc.constantFrom(0, 0, 1, 0xffff), fc.nat(0xffff))
    return fc.record(
      {
        family: fc.constant(chosen),
        value: fc
          .array(group, { minLength: width / 16, maxLength: width / 16 })
          .map(groups => groups.reduce((value, next) => (value << 16n) | BigInt(next), 0n)),
        length: fc.nat(width),
      },
      { noNullPrototype: true },
    )
  })
}
