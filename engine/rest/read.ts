import { HttpError } from '../http/index.ts'
import type { Model } from '../model/index.ts'
import { readRow, type AnyRow } from '../query/index.ts'
import { planOf } from '../represent/index.ts'
import { allowed, represent, type Call } from './context.ts'
import { shapeOf } from './shape.ts'
import type { Act } from '../permission/index.ts'

/** `GET /api/<app>/<path>/<id>/`: one row that the caller may view, and its entity tag. */
export async function read(call: Call, model: Model, id: number): Promise<{ text: string; etag: string | undefined }> {
  const plan = planOf(call.registry, model, shapeOf(call, model), false)
  const row = await findRow(call, model, id, 'view', [...new Set([...plan.columns, ...stampsOf(model)])])
  const [text] = await represent(call, plan, [row])
  return { text: text!, etag: etagOf(row) }
}

/** The row with an id among those the caller may act on; 404 where there is none. */
export async function findRow(
  call: Call,
  model: Model,
  id: number,
  act: Act,
  columns: readonly string[],
): Promise<AnyRow> {
  const row = await readRow(call.db, call.registry, model, id, allowed(call, act, model), columns)
  if (!row) throw notFound(model)
  return row
}

export const notFound = (model: Model) =>
  new HttpError(404, {
    detail: `No ${model.spec.label.replace(/\b[a-z]/g, letter => letter.toUpperCase()).replaceAll(' ', '')} matches the given query.`,
  })

/** The columns of which an entity tag is made. */
export const stampsOf = (model: Model): string[] => ['created', 'last_updated'].filter(name => name in model.fields)

/** `W/"…"` with the moment of the last change; undefined for what keeps none. */
export function etagOf(row: AnyRow): string | undefined {
  const moment: string | undefined = row['last_updated'] ?? row['created']
  if (!moment) return undefined
  const [, day, time, fraction] = /^(\S+?)[ T](\d\d:\d\d:\d\d)(\.\d+)?/.exec(moment)!
  return `W/"${day}T${time}${fraction ? fraction.padEnd(7, '0') : ''}+00:00"`
}
