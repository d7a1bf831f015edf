import type { Change } from '../model/index.ts'

/** A row of a tree may hang neither on itself nor on what is below it, and its name may not break the path of names. */
export function checkTree(change: Change, parent: any): void {
  const { row, before, fail, id } = change
  if (String(row['name'] ?? '').includes('\t')) fail('name', 'Name cannot contain tab characters.')
  if (!before || row['parent_id'] === null || row['parent_id'] === undefined) return
  const above = String(parent?.path ?? '')
    .split('.')
    .map(Number)
  if (row['parent_id'] === id || above.includes(id)) fail('parent', 'Cannot assign self or a descendant as parent.')
}
