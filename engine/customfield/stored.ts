import type { Transaction } from '../database/index.ts'
import type { Registry } from '../model/index.ts'

/** What happens to the stored values of custom fields, by model: one statement for each model and kind of change. */
export interface StoredChanges {
  /** Values for objects that have none yet, by field. */
  readonly defaults: Map<string, Record<string, unknown>>
  /** New names of fields, by the old. */
  readonly renames: Map<string, Record<string, string>>
  readonly removals: Map<string, string[]>
}

export const noStoredChanges = (): StoredChanges => ({ defaults: new Map(), renames: new Map(), removals: new Map() })

/** Make stored values follow their fields. Neither change log nor events hear of it. */
export async function changeStored(
  tx: Transaction,
  registry: Registry,
  { removals, renames, defaults }: StoredChanges,
): Promise<void> {
  const tableOf = (name: string) => {
    const model = registry.models.get(name)
    if (!model || !('custom_fields' in model.fields)) return null
    tx.touch(model.table)
    return model.table
  }
  for (const [name, keys] of removals) {
    const table = tableOf(name)
    if (table)
      await tx.query(
        `update ${table} set custom_fields = custom_fields - $1::text[] where custom_fields ?| $1::text[]`,
        [keys],
      )
  }
  for (const [name, names] of renames) {
    const table = tableOf(name)
    if (table)
      await tx.query(
        `update ${table} set custom_fields = (
           select jsonb_object_agg(coalesce(v.new, e.key), e.value) from jsonb_each(custom_fields) as e
           left join unnest($1::text[], $2::text[]) as v(old, new) on v.old = e.key
         ) where custom_fields ?| $1::text[]`,
        [Object.keys(names), Object.values(names)],
      )
  }
  for (const [name, values] of defaults) {
    const table = tableOf(name)
    // A key that is there stays, whatever its value: of two objects the right one wins.
    if (table)
      await tx.query(
        `update ${table} set custom_fields = $1::jsonb || custom_fields where not custom_fields ?& $2::text[]`,
        [JSON.stringify(values), Object.keys(values)],
      )
  }
}
