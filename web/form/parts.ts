import type { Meta, ModelMeta } from '@demarc/engine/meta'

/** A kind of parts that an object may have. */
export interface Parts {
  readonly model: ModelMeta
  /** The field of a part that names what it is a part of. */
  readonly key: string
}

/** The kinds of parts that may be added to objects of a model, several at once: the interfaces of a device. */
export function partsOf(meta: Meta, whole: ModelMeta): readonly Parts[] {
  const own = whole.name.split('.')[1]
  return Object.values(meta.models).flatMap(model => {
    if (!model.patterns || !model.may.includes('add')) return []
    const key = Object.keys(model.fields).find(each => each.replaceAll('_', '') === own)
    return key && model.fields[key]!.to?.[0] === whole.name ? [{ model, key }] : []
  })
}

/** Address of the form for new parts of an object, which leads back to its page. */
export function partsHref({ model, key }: Parts, whole: ModelMeta, row: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams({ [key]: String(row.id), return_url: `${whole.path}${String(row.id)}/` })
  // What a module brings is the device's, too.
  const device = (row.device as { id: number } | undefined)?.id
  if (key === 'module' && device) params.set('device', String(device))
  return `${model.path}add/?${params}`
}
