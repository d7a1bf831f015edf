import type { Transaction } from '../database/index.ts'
import type { Model } from '../model/index.ts'
import type { Faults } from './faults.ts'
import type { Links } from './links.ts'
import type { Draft, TagDraft } from './parse.ts'

/** Tags that a row will have: those sent, or those it has with some added and removed; undefined where nothing was sent. */
export function tagsOf({ set, add, remove }: TagDraft, before: Links | undefined): number[] | undefined {
  if (!set && !add && !remove) return undefined
  const current = set ?? before?.tags.map(tag => tag.id) ?? []
  return [...new Set([...current, ...(add ?? [])])].filter(tag => !remove?.includes(tag))
}

/** The tags that rows will have, with their names; one statement where some are new to a row. */
export async function tagsToBe(
  tx: Transaction,
  rows: readonly { readonly tags: TagDraft | undefined; readonly before: Links | undefined }[],
): Promise<Links['tags'][]> {
  const wanted = rows.map(({ tags, before }) => (tags ? tagsOf(tags, before) : undefined))
  const ids = [...new Set(wanted.flatMap(tags => tags ?? []))]
  const found = ids.length
    ? await tx.query<{ id: number; name: string }>('select id, name from extras_tag where id = any($1::bigint[])', [
        ids,
      ])
    : []
  const byId = new Map(found.map(tag => [tag.id, tag]))
  return rows.map(({ before }, at) => wanted[at]?.map(id => byId.get(id)!) ?? before?.tags ?? [])
}

/** Refuse rows that are to be given and to lose the same tags; one statement where there are any. */
export async function refuseOverlap(tx: Transaction, drafts: readonly Draft[]): Promise<void> {
  const overlaps = drafts.flatMap(({ tags, faults }) => {
    const both = (tags.add ?? []).filter(tag => tags.remove?.includes(tag))
    return both.length ? [{ faults, both }] : []
  })
  if (overlaps.length === 0) return
  const tags = await tx.query<{ id: number; name: string }>(
    'select id, name from extras_tag where id = any($1::bigint[]) order by name',
    [[...new Set(overlaps.flatMap(({ both }) => both))]],
  )
  for (const { faults, both } of overlaps) {
    const names = tags.filter(tag => both.includes(tag.id)).map(tag => tag.name)
    faults.add('remove_tags', `Tags may not be present in both "add_tags" and "remove_tags": ${names.join(', ')}`)
  }
}

/** Refuse rows that are given tags meant for other types of objects. One statement. */
export async function checkTags(
  tx: Transaction,
  model: Model,
  made: readonly { readonly faults: Faults; readonly tags: TagDraft; readonly before: Links | undefined }[],
): Promise<void> {
  const given = made.flatMap(({ faults, tags, before }) => {
    const had = new Set(before?.tags.map(tag => tag.id))
    const added = tagsOf(tags, before)?.filter(tag => !had.has(tag)) ?? []
    return added.length ? [{ faults, added }] : []
  })
  if (given.length === 0) return
  const restricted = await tx.query<{ id: number; name: string }>(
    `select id, name from extras_tag where id = any($1::bigint[]) and object_types <> '{}' and not $2 = any(object_types) order by weight, name`,
    [[...new Set(given.flatMap(({ added }) => added))], model.name],
  )
  for (const { faults, added } of given) {
    const wrong = restricted.find(tag => added.includes(tag.id))
    if (wrong) faults.abort(`Tag ${wrong.name} cannot be assigned to ${model.name.split('.')[1]} objects.`)
  }
}
