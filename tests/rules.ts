import type { Batch, Change, Rules } from '@demarc/engine/model'
import { registry } from '@demarc/models'

/** Rules that have objected to something in this run, as `dcim.site: a rule`. */
export const broken = new Set<string>()

/** Rules that may object: each is to be broken by some test. */
export const breakable: string[] = []

type Check = (change: Change, loaded: unknown) => void
type BeforeDelete = (batch: Batch) => Promise<void>

/** Take note of the objections of a model's rules. */
function watch(model: string, rules: { -readonly [K in keyof Rules]: Rules[K] }): void {
  for (const stage of ['prepare', 'check'] as const)
    if (rules[stage])
      rules[stage] = wrapped(
        model,
        rules[stage],
        (check, note): Check =>
          (change, loaded) =>
            check(noting(change, note), loaded),
      )
  if (rules.beforeDelete)
    rules.beforeDelete = wrapped(
      model,
      rules.beforeDelete,
      (check, note): BeforeDelete =>
        batch =>
          check({ ...batch, changes: batch.changes.map(change => noting(change, note)) }),
    )
}

function wrapped<F extends Check | BeforeDelete>(
  model: string,
  rules: Readonly<Record<string, F>>,
  wrap: (rule: F, note: () => void) => F,
): Record<string, F> {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => {
      const full = `${model}: ${name}`
      if (mayObject(rule)) breakable.push(full)
      return [name, wrap(rule, () => broken.add(full))]
    }),
  )
}

/** A rule that only fills in neither objects nor hands its change on to what does. */
const mayObject = (rule: object) =>
  /\b(fail|abort)\b|\(change\b(?! =>)[^)]*\)(?! =>)|\bchange,/.test(String(rule).replace(/^[^=]*=>/, ''))

/** A change whose objections are noted. */
const noting = (change: Change, note: () => void): Change => ({
  ...change,
  fail(key, message) {
    note()
    change.fail(key, message)
  },
  abort(message, status) {
    note()
    change.abort(message, status)
  },
})

for (const { name } of registry.models.values())
  watch(name, registry.rules(name) as { -readonly [K in keyof Rules]: Rules[K] })
