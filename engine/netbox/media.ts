import { constants } from 'node:fs'
import { copyFile, mkdir, opendir, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { Database } from '../database/index.ts'
import type { Field } from '../field/index.ts'
import type { Registry } from '../model/index.ts'
import { Problem } from '../problem/index.ts'

/** What became of the uploaded files. */
export interface MediaReport {
  readonly copied: number
  /** Files that rows name. */
  readonly named: number
  /** Of those, the ones that are not there. */
  readonly missing: readonly string[]
}

/** Makes sure, before anything else is done, that there is a folder to copy from. */
export async function checkMedia(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (!found?.isDirectory()) throw new Problem('media', `--media: there is no folder ${folder}.`)
}

/** Copies a folder of uploaded files, and tells which files that rows name are not there. */
export async function takeMedia(
  db: Database,
  registry: Registry,
  media: string | undefined,
  mediaRoot: string,
): Promise<MediaReport> {
  const root = resolve(mediaRoot)
  const copied = media && resolve(media) !== root ? await copyFolder(resolve(media), root) : 0
  const names = await filesNamed(db, registry)
  const missing: string[] = []
  for (const name of names) {
    const file = resolve(root, name)
    const found = file.startsWith(root + sep) && (await stat(file).catch(() => null))
    if (!found || !found.isFile()) missing.push(name)
  }
  return { copied, named: names.length, missing }
}

async function copyFolder(from: string, to: string): Promise<number> {
  let copied = 0
  const folders = [from]
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    const target = join(to, relative(from, folder))
    await mkdir(target, { recursive: true })
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name)
      if (path === to) continue
      if (entry.isDirectory()) folders.push(path)
      else if ((await stat(path).catch(() => null))?.isFile()) {
        await copyFile(path, join(target, entry.name), constants.COPYFILE_FICLONE)
        copied++
      }
    }
  }
  return copied
}

/** The files that rows name, by the columns that hold uploaded pictures. */
async function filesNamed(db: Database, registry: Registry): Promise<string[]> {
  const selects = [...registry.models.values()].flatMap(({ table, fields }) =>
    Object.entries<Field>(fields)
      .filter(([, field]) => field.type === 'image')
      .map(([column]) => `select ${column} as file from ${table} where ${column} <> ''`),
  )
  if (!selects.length) return []
  const { rows } = await db.pool.query<{ file: string }>(`${selects.join(' union ')} order by file`)
  return rows.map(({ file }) => file)
}
