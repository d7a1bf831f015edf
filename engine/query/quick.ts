import { sql, type RawBuilder } from 'kysely'
import type { Columns, Model, Registry } from '../model/index.ts'
import { along, fieldAt, resolvePath } from './path.ts'
import { compare } from './compile.ts'

/** The condition behind `?q=` for a model: any of its texts contains the term, or a condition of its own holds. */
export function quickSearch(
  registry: Registry,
  model: Model,
): (row: Columns, value: string) => RawBuilder<boolean> | undefined {
  const parts = (model.spec.quick ?? []).map(part => {
    if (typeof part === 'function') return part
    const path = typeof part === 'string' ? part : part.equals
    const steps = resolvePath(registry, model, path)
    if (!steps) throw new Error(`${model.name} is searched by ${path}, which leads nowhere`)
    if (typeof part === 'object')
      return (_row: Columns, term: string) =>
        /^-?\d{1,15}$/.test(term)
          ? along('t', steps, column => compare(column, 'exact', Number(term), fieldAt(steps)))
          : undefined
    return (row: Columns, term: string) =>
      along('t', steps, column => compare(column, 'icontains', term, fieldAt(steps)))
  })
  return (row, value) => {
    const term = value.trim()
    if (!term) return undefined
    const conditions = parts.map(part => part(row, term)).filter(condition => condition !== undefined)
    return conditions.length ? sql<boolean>`(${sql.join(conditions, sql` or `)})` : sql<boolean>`false`
  }
}
