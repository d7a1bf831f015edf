import type { Author, Entry } from '../changelog/record.ts'
import { customFieldsOf, customFieldWriter } from '../customfield/index.ts'
import type { Database, Transaction } from '../database/index.ts'
import type { Queue } from '../job/queue.ts'
import { isAnyRef, isRef, type Model, type Registry } from '../model/index.ts'
import type { Permissions } from '../permission/index.ts'
import { planOf, representRows } from '../represent/index.ts'
import type { Storage } from '../storage/index.ts'

/** Who writes, where, and what has been written so far in one transaction. */
export interface WriteContext {
  readonly db: Database
  readonly tx: Transaction
  readonly registry: Registry
  readonly settings: Readonly<Record<string, any>>
  readonly author: Author
  readonly permissions: Permissions
  /** The HTTP request that writes, if it is one: its address with and without what all addresses begin with, and its parameters. */
  readonly request?: {
    readonly path: string
    readonly path_info: string
    readonly method: string
    readonly GET: Readonly<Record<string, string>>
  }
  /** Rows are changed all at once: each is checked against the others as they will be. */
  readonly together?: true
  /** Rows that are created come back as they were, and what they had with them: nothing else follows of them. */
  readonly returning?: true
  /** Where uploaded files are kept. */
  readonly storage?: Storage
  /** Where rules put what is to be done later; without, it is done at once or not at all. */
  readonly queue?: Queue
  /** Nothing is kept of what is not finished when this is aborted. */
  readonly signal?: AbortSignal
  /** What rules show once of rows that were created, by model and id. */
  readonly revealed?: Map<string, Readonly<Record<string, unknown>>>
  /** The moment of the change, in PostgreSQL's text. */
  readonly now: string
  readonly entries: Entry[]
  /** What is to be done last, by name. */
  readonly closing: Map<string, (entries: Entry[]) => Promise<void>>
  /** Files kept so far, which go again if nothing comes of the change. */
  readonly kept: string[]
  /** What objects looked like that are deleted, where an event rule asks for it: by model and id. */
  readonly departed: Map<string, Readonly<Record<string, unknown>>>
}

/** What a caller of the writing functions gives. */
export interface WriteCall extends Omit<WriteContext, 'tx' | 'now' | 'entries' | 'closing' | 'kept' | 'departed'> {}

const displayShape = ['display'] as const

/** The display texts of rows of a model, by id. */
export async function displaysOf(
  context: WriteContext,
  model: Model,
  rows: readonly Readonly<Record<string, any>>[],
): Promise<Map<number, string>> {
  const { db, tx, registry } = context
  const customFields = customFieldWriter(registry, await customFieldsOf(db))
  const texts = await representRows(
    { db: tx, registry, origin: '', settings: context.settings, customFields },
    planOf(registry, model, displayShape, false),
    rows,
  )
  return new Map(rows.map((row, at) => [row['id'] as number, (JSON.parse(texts[at]!) as { display: string }).display]))
}

/** Rows of a model by id, locked where they are to be changed. */
export async function rowsById(
  tx: Transaction,
  model: Model,
  ids: Iterable<number>,
  lock = false,
): Promise<Map<number, any>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  const rows = await tx.query<{ id: number }>(
    `select * from ${model.table} where id = any($1::bigint[]) order by id${lock ? ' for update' : ''}`,
    [wanted],
  )
  return new Map(rows.map(row => [row.id, row]))
}

/** Rows that references of other rows point to, path by path; one statement a model and level. */
export async function followRefs(
  context: WriteContext,
  model: Model,
  rows: readonly Readonly<Record<string, any>>[],
  paths: readonly string[],
): Promise<Map<string, Map<string, any>>> {
  const found = new Map<string, Map<string, any>>()
  const byDepth = [...paths].sort((a, b) => a.split('.').length - b.split('.').length)
  for (const path of byDepth) {
    const names = path.split('.')
    const last = names.at(-1)!
    const parentPath = names.slice(0, -1).join('.')
    if (parentPath && !found.has(parentPath))
      throw new Error(`rules of ${model.name} name ${path} but not ${parentPath}`)
    const parents = parentPath ? [...found.get(parentPath)!.values()] : rows
    const parentModel = names.slice(0, -1).reduce<Model>((at, name) => modelBehind(context.registry, at, name), model)
    const field = parentModel.fields[last]
    const byKey = new Map<string, any>()
    if (field && isRef(field)) {
      const to = context.registry.model(field.to)
      const ids = parents.map(parent => parent[`${last}_id`]).filter((id): id is number => typeof id === 'number')
      for (const [id, row] of await rowsById(context.tx, to, ids)) byKey.set(`${to.name}:${id}`, row)
    } else if (field && isAnyRef(field)) {
      const byModel = Map.groupBy(
        parents.filter(parent => parent[`${last}_type`] && parent[`${last}_id`] !== null),
        parent => parent[`${last}_type`] as string,
      )
      for (const [name, of] of byModel) {
        const to = context.registry.models.get(name)
        if (!to) continue
        for (const [id, row] of await rowsById(
          context.tx,
          to,
          of.map(parent => parent[`${last}_id`] as number),
        ))
          byKey.set(`${name}:${id}`, row)
      }
    } else throw new Error(`rules of ${model.name} name ${path}, which is no reference`)
    found.set(path, byKey)
  }
  return found
}

export function modelBehind(registry: Registry, model: Model, name: string): Model {
  const field = model.fields[name]
  if (!field || !isRef(field)) throw new Error(`${model.name}.${name} is no reference`)
  return registry.model(field.to)
}

/** The row that a reference of a row points to, among those followed before. */
export function refOf(
  context: WriteContext,
  model: Model,
  row: Readonly<Record<string, any>>,
  path: string,
  found: ReadonlyMap<string, ReadonlyMap<string, any>>,
): any {
  let [at, current]: [Model, any] = [model, row]
  const names = path.split('.')
  for (const [index, name] of names.entries()) {
    if (!current) return null
    const field = at.fields[name]!
    const target = isAnyRef(field) ? (current[`${name}_type`] as string | null) : isRef(field) ? field.to : null
    const id = current[`${name}_id`]
    if (!target || id === null || id === undefined) return null
    current = found.get(names.slice(0, index + 1).join('.'))?.get(`${target}:${id}`) ?? null
    at = context.registry.models.get(target)!
  }
  return current
}
