/** A number with thousands apart, and at most two decimals. */
export const figure = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 })

/** A number of addresses; as a power of two, exact or nearly, where its digits would tell nobody anything. */
export function addresses(count: number): string {
  if (count < 1e12) return figure(count)
  const power = Math.round(Math.log2(count))
  const raised = [...String(power)].map(digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')
  return `${2 ** power === count ? '' : '≈ '}2${raised}`
}
