import { rules, type Batch, type Change } from '../model/index.ts'
import { choiceColors, CustomFieldChoiceSet } from './customfieldchoiceset.ts'

type Pair = readonly [value: string, label: string]

export default rules(CustomFieldChoiceSet, {
  load: usedChoices,
  prepare: {
    'choices are pairs of value and label': ({ row, changed, fail }) => {
      const pairs = row['extra_choices'] as unknown[] | null
      if (pairs === null || !changed('extra_choices')) return
      const wrong = pairs.flatMap((pair, at) =>
        isPair(pair) ? [] : [[at, ['Each choice must be a pair of value and label.']] as const],
      )
      if (wrong.length) fail('extra_choices', Object.fromEntries(wrong))
      else row['extra_choices'] = pairs.map(pair => (pair as unknown[]).map(String))
    },
  },
  check: {
    'there is something to choose from': ({ row, fail }) => {
      if (!row['base_choices'] && !row['extra_choices']?.length) fail(null, 'Must define base or extra choices.')
    },
    'no value is there twice': ({ row, fail }) => {
      const seen = new Set<string>()
      for (const [value] of (row['extra_choices'] ?? []) as Pair[]) {
        if (seen.has(value)) return fail('extra_choices', `Duplicate value '${value}' found in extra choices.`)
        seen.add(value)
      }
    },
    'values that are there have colors that are there': ({ row, changed, fail }) => {
      if (!changed('choice_colors', 'extra_choices')) return
      const given = row['choice_colors'] as unknown
      if (typeof given !== 'object' || given === null || Array.isArray(given))
        return fail('choice_colors', 'Colors must be an object that maps values to colors.')
      const values = new Set(((row['extra_choices'] ?? []) as Pair[]).map(([value]) => value))
      for (const [value, color] of Object.entries(given)) {
        if (!values.has(value) && !row['base_choices']) fail('choice_colors', `Unknown choice value '${value}'.`)
        else if (!choiceColors.includes(String(color))) fail('choice_colors', `Unknown color '${String(color)}'.`)
      }
    },
    'a choice stays while objects have it': ({ id, fail }, used: ReadonlyMap<number, string>) => {
      const message = used.get(id)
      if (message) fail(null, message)
    },
  },
  store: {
    'choices come in the order of their values, if so wished': ({ row }) => {
      if (row['order_alphabetically'])
        row['extra_choices'] = [...((row['extra_choices'] ?? []) as Pair[])].sort(([a], [b]) =>
          a < b ? -1 : a > b ? 1 : 0,
        )
    },
  },
})

const isPair = (pair: unknown): pair is unknown[] =>
  Array.isArray(pair) &&
  pair.length === 2 &&
  pair.every(one => typeof one === 'string' || typeof one === 'number') &&
  String(pair[0]) !== ''

const removedFrom = ({ row, before }: Change): string[] => {
  // What is sent has not been judged yet.
  const left = new Set(((row['extra_choices'] ?? []) as unknown[]).filter(isPair).map(([value]) => String(value)))
  return ((before?.['extra_choices'] ?? []) as Pair[]).map(([value]) => value).filter(value => !left.has(value))
}

/** Sets that lose a choice which objects have, and what to say. Two statements. */
async function usedChoices({ changes, tx, registry }: Batch): Promise<ReadonlyMap<number, string>> {
  const losing = changes
    .map(change => ({ id: change.id, removed: removedFrom(change) }))
    .filter(({ removed }) => removed.length)
  const found = new Map<number, string>()
  if (losing.length === 0) return found
  const fields = await tx.query<{ name: string; set_id: number; object_types: string[] }>(
    'select name, choice_set_id as set_id, object_types from extras_customfield where choice_set_id = any($1::bigint[])',
    [losing.map(({ id }) => id)],
  )
  const removedBy = new Map(losing.map(({ id, removed }) => [id, removed]))
  const values: unknown[] = []
  const parts = fields.flatMap(({ name, set_id, object_types }) =>
    object_types.flatMap(type => {
      const model = registry.models.get(type)
      if (!model || !('custom_fields' in model.fields)) return []
      values.push(name, removedBy.get(set_id))
      const [key, gone] = [`$${values.length - 1}::text`, `$${values.length}::text[]`]
      // A selection is a text, several are a list: ? finds a text in either.
      return `(select ${set_id}::bigint as set_id, '${type}' as type, v as value from ${model.table} as t, unnest(${gone}) as v where t.custom_fields -> ${key} ? v limit 1)`
    }),
  )
  if (parts.length === 0) return found
  const rows = await tx.query<{ set_id: number; type: string; value: string }>(parts.join(' union all '), values)
  for (const { set_id, type, value } of rows)
    if (!found.has(set_id))
      found.set(
        set_id,
        `Cannot remove choice ${value} as there are ${registry.model(type).spec.label} objects which reference it.`,
      )
  return found
}
