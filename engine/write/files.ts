import { isImage, picturePath, type Field } from '../field/index.ts'
import type { Change, Model } from '../model/index.ts'
import { isUpload, type Picture } from '../storage/index.ts'
import type { WriteContext } from './context.ts'

/** Keep the pictures that rows came with: their paths take the pictures' places. What they replace goes once all is committed. */
export async function keepFiles(context: WriteContext, model: Model, changes: readonly Change[]): Promise<void> {
  for (const [name, field] of Object.entries<Field>(model.fields)) {
    if (!isImage(field)) continue
    for (const { row, before } of changes) {
      if (isUpload(row[name])) {
        const picture = row[name] as Picture
        if (!context.storage) throw new Error(`there is nowhere to keep the ${name} of ${model.name}`)
        const path = await context.storage.save(picturePath(field, row, picture), picture.bytes)
        context.kept.push(path)
        row[name] = path
      }
      if (before?.[name] && before[name] !== row[name]) forget(context, before[name])
    }
  }
}

/** Forget the files of rows that are gone, once all is committed. */
export function forgetFiles(context: WriteContext, model: Model, rows: Iterable<Readonly<Record<string, any>>>): void {
  for (const [name, field] of Object.entries<Field>(model.fields)) {
    if (!isImage(field)) continue
    for (const row of rows) if (row[name]) forget(context, row[name])
  }
}

/** A file that cannot be removed is left lying: the change itself has happened. */
function forget({ storage, tx }: WriteContext, path: string): void {
  if (storage) tx.afterCommit(() => void storage.remove(path).catch(() => undefined))
}

/** Forget what was kept for a change that did not come to be. */
export async function forgetKept({ storage, kept }: Pick<WriteContext, 'storage' | 'kept'>): Promise<void> {
  for (const path of kept) await storage?.remove(path).catch(() => undefined)
}
