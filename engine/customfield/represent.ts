import type { Model, Registry } from '../model/index.ts'
import { briefShape, type Reader, type Wanted } from '../represent/index.ts'
import type { ActiveCustomField, CustomFieldsByModel } from './cache.ts'

/** How the custom fields of a row are shown. */
export interface CustomFields {
  readonly refs: (model: Model, row: any) => readonly Wanted[]
  readonly write: (model: Model, row: any, reader: Reader) => string
}

/** The map of custom fields in a representation: every assigned field, null where it has no value. */
export function customFieldWriter(registry: Registry, byModel: CustomFieldsByModel): CustomFields {
  const of = (model: Model) => byModel.get(model.name) ?? []
  const ids = (field: ActiveCustomField, value: unknown) => {
    if (!field.related_object_type || !registry.models.has(field.related_object_type)) return []
    return (field.type === 'object' ? [value] : Array.isArray(value) ? value : []).filter(id => typeof id === 'number')
  }
  return {
    refs: (model, row) =>
      of(model).flatMap(field => {
        if (field.type !== 'object' && field.type !== 'multiobject') return []
        const to = registry.models.get(field.related_object_type ?? '')
        return to
          ? ids(field, row.custom_fields?.[field.name]).map(id => ({ model: to, id, shape: briefShape(to) }))
          : []
      }),
    write(model, row, reader) {
      const texts = of(model).map(field => {
        const value = row.custom_fields?.[field.name] ?? null
        return `${JSON.stringify(field.name)}:${textOf(field, value, reader)}`
      })
      return `{${texts.join()}}`
    },
  }

  function textOf(field: ActiveCustomField, value: unknown, reader: Reader): string {
    if (value === null) return 'null'
    const choice = (one: unknown) => ({ value: one, label: field.choices.get(String(one)) ?? one })
    switch (field.type) {
      case 'select':
        return value === '' ? 'null' : JSON.stringify(choice(value))
      case 'multiselect':
        return Array.isArray(value) ? JSON.stringify(value.map(choice)) : 'null'
      case 'object':
      case 'multiobject': {
        const to = registry.models.get(field.related_object_type ?? '')
        const texts = to
          ? ids(field, value)
              .map(id => reader.text(to, id, briefShape(to)))
              .filter(text => text !== 'null')
          : []
        if (field.type === 'object') return texts[0] ?? 'null'
        return texts.length || (Array.isArray(value) && value.length === 0) ? `[${texts.join()}]` : 'null'
      }
      case 'datetime':
        return JSON.stringify(String(value).replace(' ', 'T'))
      default:
        return JSON.stringify(value)
    }
  }
}
