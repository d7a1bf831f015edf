import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import { ApiError, fieldsOf as messagesOf, send } from '../api/client.ts'
import type { Row } from '../api/meta.ts'
import { Unfit } from '../field/input/view.ts'
import { bodyOf, type Faults, landed, packed, type Values } from './draft.ts'
import { expand } from './pattern.ts'
import { refused } from './save.ts'
import type { FormState } from './Sheet.tsx'

/** A model as the form for new ones sees it: its names may be patterns, and so may numbers that go with them. */
export function patterned(model: ModelMeta): ModelMeta {
  const [first] = model.patterns ?? []
  if (!first) return model
  const fields: Record<string, FieldMeta> = { ...model.fields }
  for (const key of model.patterns!) {
    const { max: _, ...field } = fields[key]!
    const example = { address: '192.0.2.[1-10]/24', prefix: '10.[0-3].0.0/16', vid: '[100-110]' }[key] ?? 'Port [1-24]'
    const help = [field.help, `Several at once: ${example}`].filter(Boolean).join('. ')
    fields[key] = {
      ...field,
      ...(field.widget === 'number' && { widget: 'text' }),
      ...(key === first && { help }),
    }
  }
  return { ...model, fields }
}

/** What the pattern in a field stands for; throws {@link Unfit}. */
export function valuesIn(text: unknown, field: FieldMeta): readonly string[] {
  const pattern = String(text ?? '').trim()
  return expand(pattern, field.widget === 'address' && pattern.includes(':'))
}

/** A body for each name that the patterns of a form stand for; what does not fit together lands at its field. */
export function seriesOf(
  model: ModelMeta,
  body: Values,
): { readonly bodies: readonly Values[]; readonly faults: Faults } {
  const faults: Record<string, readonly string[]> = {}
  const lists: (readonly [key: string, values: readonly unknown[]])[] = []
  for (const key of model.patterns ?? []) {
    if (body[key] === undefined || body[key] === null || body[key] === '') continue
    try {
      const values = valuesIn(body[key], model.fields[key]!)
      const isNumber = model.fields[key]!.widget === 'number'
      if (isNumber && values.some(value => !/^-?\d+$/.test(value))) faults[key] = ['This is no number.']
      lists.push([key, isNumber ? values.map(Number) : values])
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
      faults[key] = [error.message]
    }
  }
  const [first, ...rest] = lists
  if (!first || Object.keys(faults).length) return { bodies: [body], faults }
  const size = first[1].length
  const what = model.fields[first[0]]!.label.toLowerCase()
  for (const [key, values] of rest)
    if (values.length !== size && values.length !== 1)
      faults[key] = [`This stands for ${values.length} values, but the ${what} for ${size}.`]
  const dealt = size > 1 ? dealtOut(model, body, size, faults) : []
  const bodies = first[1].map((_, at) => ({
    ...body,
    ...dealt[at],
    ...Object.fromEntries(lists.map(([key, values]) => [key, values.length === 1 ? values[0] : values[at]])),
  }))
  return { bodies, faults }
}

/** The mappings of several ports, whose positions are counted on from one port to the next. */
function dealtOut(model: ModelMeta, body: Values, size: number, faults: Record<string, readonly string[]>): Values[] {
  const key = Object.keys(model.fields).find(each => model.fields[each]!.widget === 'mapping')
  const lines = key ? ((body[key] ?? []) as readonly { readonly position: number }[]) : []
  if (!key || !lines.length) return []
  const positions = Number(body['positions'] ?? 1)
  if (lines.length !== size * positions)
    faults[key] = [
      `${size} ports of ${positions} positions take ${size * positions} lines, but there are ${lines.length}.`,
    ]
  return Array.from({ length: size }, (_, at) => ({
    [key]: lines
      .filter(({ position }) => Math.ceil(position / positions) === at + 1)
      .map(line => ({ ...line, position: line.position - at * positions })),
  }))
}

/** Sends all that a form and its patterns stand for in one request: all are made, or none. */
export async function createAll(
  model: ModelMeta,
  form: FormState,
  more: Values = {},
): Promise<readonly Row[] | undefined> {
  const { body, faults } = bodyOf(patterned(model), form.values)
  const series = seriesOf(model, { ...body, ...more })
  const all = { ...series.faults, ...faults }
  if (Object.keys(all).length) {
    form.fail(all)
    return undefined
  }
  const [only, ...others] = series.bodies
  try {
    if (!others.length) return [await send<Row>('POST', model.api, packed(only!))]
    return await send<readonly Row[]>('POST', model.api, series.bodies)
  } catch (error) {
    const named = error instanceof ApiError && error.items.length > 0
    form.fail(named ? namedFaults(model, series.bodies, error) : refused(model, error))
    return undefined
  }
}

/** What is wrong with some of several new objects, at their fields, each with its name. */
function namedFaults(model: ModelMeta, bodies: readonly Values[], { items }: ApiError): Faults {
  const out: Record<string, string[]> = {}
  for (const { index, errors } of items.slice(0, 5)) {
    const name = String(bodies[index ?? -1]?.[model.patterns?.[0] ?? 'name'] ?? `#${(index ?? 0) + 1}`)
    for (const [key, texts] of Object.entries(landed(model, messagesOf(errors))))
      (out[key] ??= []).push(...texts.map(text => `${name}: ${text}`))
  }
  if (items.length > 5) (out.__all__ ??= []).push(`And ${items.length - 5} more are refused.`)
  return out
}
