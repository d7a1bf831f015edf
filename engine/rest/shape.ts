import type { Shape } from '../field/index.ts'
import type { Model } from '../model/index.ts'
import { briefShape, keysOf } from '../represent/index.ts'
import type { Call } from './context.ts'

const shapes = new Map<string, Shape>()

/** The keys a request asks for: `fields`, or all but `omit`, or `brief`, or all. */
export function shapeOf({ params }: Pick<Call, 'params'>, model: Model): Shape {
  const names = (parameter: string) =>
    params
      .getAll(parameter)
      .flatMap(value => value.split(','))
      .filter(Boolean)
  const [fields, omit] = [names('fields'), names('omit')]
  if (!fields.length && !omit.length && params.get('brief') && model.spec.brief) return briefShape(model)
  const signature = `${model.name}?${fields.length ? `fields=${fields}` : `omit=${omit}`}`
  const known = shapes.get(signature)
  if (known) return known
  const keys = keysOf(model).filter(key => (fields.length ? fields.includes(key) : !omit.includes(key)))
  if (shapes.size > 2000) shapes.clear()
  shapes.set(signature, keys)
  return keys
}
