import type { Transaction } from '../database/index.ts'
import type { Change, Model } from '../model/index.ts'

/** Let one request at a time move rows of a tree, so that what it checks still holds when it writes. */
export async function lockTree(tx: Transaction, model: Model, items: readonly unknown[]): Promise<void> {
  if (!model.spec.tree) return
  const moves = items.some(item => typeof item === 'object' && item !== null && ('parent' in item || 'name' in item))
  if (moves) await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`tree of ${model.table}`])
}

/**
 * A row of a tree may hang neither on itself nor on what is below it, and its name may not break the path of names. Rows are
 * judged one after another, each with those before it where they will be.
 */
export function checkTree(changes: readonly Change[], parents: ReadonlyMap<number, any>): void {
  const above = new Map<number, number>()
  for (const { path } of parents.values()) {
    const ids = String(path).split('.').map(Number)
    for (const [at, id] of ids.entries()) if (at > 0) above.set(id, ids[at - 1]!)
  }
  for (const { row, before, fail, id } of changes) {
    if (String(row['name'] ?? '').includes('\t')) fail('name', 'Name cannot contain tab characters.')
    if (!before) continue
    const parent = (row['parent_id'] ?? undefined) as number | undefined
    let at = parent
    while (at !== undefined && at !== id) at = above.get(at)
    if (at === id) fail('parent', 'Cannot assign self or a descendant as parent.')
    else if (parent === undefined) above.delete(id)
    else above.set(id, parent)
  }
}
