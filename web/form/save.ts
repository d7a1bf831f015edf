import type { ModelMeta } from '@demarc/engine/meta'
import { ApiError, send } from '../api/client.ts'
import type { Row } from '../api/meta.ts'
import { bodyOf, type Faults, landed, packed, type Values } from './draft.ts'
import type { FormState } from './Sheet.tsx'

/** Sends a new object, with what the form does not show; what is wrong with it lands in the form. */
export function create(model: ModelMeta, form: FormState, more: Values = {}): Promise<Row | undefined> {
  return saved(model, form, () => {
    const { body, faults } = bodyOf(model, form.values)
    return { faults, send: () => send<Row>('POST', model.api, packed({ ...body, ...more })) }
  })
}

/** Sends what was changed of an object; what is wrong with it lands in the form. */
export function update(model: ModelMeta, form: FormState, id: number, more: Values = {}): Promise<Row | undefined> {
  return saved(model, form, () => {
    const { body, faults } = bodyOf(model, form.values, form.before)
    return { faults, send: () => send<Row>('PATCH', `${model.api}${id}/`, packed({ ...body, ...more })) }
  })
}

/** What the server says is wrong, by field; what is of no field as a message of the whole. */
export function refused(model: ModelMeta, error: unknown): Faults {
  if (error instanceof ApiError && error.status === 400 && Object.keys(error.fields).length)
    return landed(model, error.fields)
  return { __all__: [error instanceof Error ? error.message : String(error)] }
}

async function saved(
  model: ModelMeta,
  form: FormState,
  prepare: () => { readonly faults: Faults; readonly send: () => Promise<Row> },
): Promise<Row | undefined> {
  const { faults, send } = prepare()
  if (Object.keys(faults).length) {
    form.fail(faults)
    return undefined
  }
  try {
    return await send()
  } catch (error) {
    form.fail(refused(model, error))
    return undefined
  }
}
