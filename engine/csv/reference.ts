import type { ActiveCustomField } from '../customfield/index.ts'
import type { Model, Registry } from '../model/index.ts'
import { accessorIn, fileKeys } from './columns.ts'
import { requiredColumns } from './import.ts'

/** A column that a file of rows may have. */
export interface ColumnReference {
  readonly name: string
  /** A new row takes it. */
  readonly required?: true
  /** The model it names rows of, by the field `by` unless the header says another one, as `site.slug`. */
  readonly to?: string
  readonly by?: string
  /** Names several, with commas between. */
  readonly many?: true
}

/** All columns that a file of a model's rows may have, those that a new row takes first. */
export function columnsOf(
  registry: Registry,
  model: Model,
  customFields: readonly ActiveCustomField[],
): readonly ColumnReference[] {
  const required = new Set(requiredColumns(model))
  const columns = [...fileKeys(registry, model, customFields).values()].map((key): ColumnReference => ({
    name: key.name,
    ...(required.has(key.name) && { required: true as const }),
    ...(key.to && { to: key.to.name, by: accessorIn(key, key.to) }),
    ...(key.many && { many: true as const }),
  }))
  return columns.toSorted((a, b) => Number(required.has(b.name)) - Number(required.has(a.name)))
}
