import { order } from './operators.ts'

/** Values in order of their keys; those with equal keys keep their order. */
export async function sortValues(
  values: readonly unknown[],
  keyOf: (value: unknown) => unknown,
  reverse: boolean,
): Promise<unknown[]> {
  const keyed: { key: unknown; value: unknown }[] = []
  for (const value of values) keyed.push({ key: await keyOf(value), value })
  keyed.sort((a, b) => (reverse ? order(b.key, a.key) : order(a.key, b.key)))
  return keyed.map(({ value }) => value)
}
