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
