import type { Field } from '../field/index.ts'
import { isAnyRef, isRef, type Model, type Registry } from '../model/index.ts'
import { anyKey } from '../represent/index.ts'

/** The model and key that a path of references, as `tenant.group`, ends at; undefined where it leads nowhere. */
export function endOf(registry: Registry, model: Model, path: string): { model: Model; key: string } | undefined {
  const [key = '', ...rest] = path.split('.')
  if (rest.length) {
    const field = model.fields[key]
    return field && isRef(field) ? endOf(registry, registry.model(field.to), rest.join('.')) : undefined
  }
  const { fields, spec } = model
  const field = fields[key]
  const shown =
    key === 'id' ||
    (field && !field.options.hidden && !field.options.writeOnly) ||
    (spec.derived && key in spec.derived) ||
    (spec.counts && key in spec.counts) ||
    Object.entries<Field>(fields).some(
      ([name, one]) => isAnyRef(one) && [`${name}_type`, anyKey(name, one)].includes(key),
    )
  return shown ? { model, key } : undefined
}

/** What a column is called where its declaration does not say. */
export function headingOf(registry: Registry, model: Model, path: string): string {
  if (path === 'id') return 'ID'
  const end = endOf(registry, model, path)
  const label = end?.model.fields[end.key]?.options.label
  const text = path.includes('.') ? capitals(path.replaceAll('.', ' ')) : (label ?? path.replaceAll('_', ' '))
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const capitals = (text: string) =>
  text.replace(/(^|[ _])([a-z])/g, (_, space: string, letter: string) => (space && ' ') + letter.toUpperCase())
