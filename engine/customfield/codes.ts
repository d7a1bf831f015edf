import { readFileSync } from 'node:fs'

const files: Readonly<Record<string, string>> = { IATA: 'iata.tsv', ISO_3166: 'iso-3166.tsv' }
const read = new Map<string, ReadonlyMap<string, string>>()

/** The codes of a set that comes with the system, each with its name; none of a set whose list does not come along. */
function codesOf(base: string | null): ReadonlyMap<string, string> {
  const file = files[base ?? '']
  if (!file) return new Map()
  let codes = read.get(file)
  if (!codes) {
    const lines = readFileSync(new URL(`codes/${file}`, import.meta.url), 'utf8')
      .trimEnd()
      .split('\n')
    codes = new Map(lines.map(line => line.split('\t') as [string, string]))
    read.set(file, codes)
  }
  return codes
}

interface ChoiceSet {
  readonly base_choices: string | null
  /** Rows of a NetBox may hold values without labels. */
  readonly extra_choices: readonly (readonly [value: string, label: string] | string)[] | null
  readonly order_alphabetically: boolean
}

/** What a choice set offers, as pairs of value and label: the codes it builds upon, its own, and all by value if so wished. */
export function choicesOf(set: ChoiceSet): readonly (readonly [value: string, label: string])[] {
  const own = (set.extra_choices ?? []).map(one => (typeof one === 'string' ? ([one, one] as const) : one))
  const all = [...codesOf(set.base_choices), ...own]
  return set.order_alphabetically ? all.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) : all
}
