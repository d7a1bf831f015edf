import { columnOf, isRef, isRefs, type Model } from '../model/index.ts'
import { demandsIn, unmet, type Demand } from '../validation/index.ts'
import { followRefs, modelBehind, refOf, type WriteContext } from './context.ts'
import type { Links } from './links.ts'

/** An object that is looked at, and what it is or will be linked to. */
export interface Looked {
  readonly row: Readonly<Record<string, any>>
  readonly links: ReadonlyMap<string, readonly number[]>
  readonly tags: Links['tags']
}

/** What an administrator demands of objects of a model when they are written, or when they go. */
export function demandsOf(
  { settings }: Pick<WriteContext, 'settings'>,
  setting: 'CUSTOM_VALIDATORS' | 'PROTECTION_RULES',
  model: Model,
): readonly Demand[] {
  return demandsIn(setting, settings[setting]).get(model.name) ?? []
}

/** For each object, which demands it does not meet. One statement a relation, whatever the number of objects. */
export async function unmetDemands(
  context: WriteContext,
  model: Model,
  demands: readonly Demand[],
  objects: readonly Looked[],
): Promise<string[][]> {
  if (demands.length === 0 || objects.length === 0) return objects.map(() => [])
  const paths = new Set<string>()
  for (const { path } of demands) for (const relation of relationsIn(context, model, path)) paths.add(relation)
  const found = await followRefs(
    context,
    model,
    objects.map(({ row }) => row),
    [...paths],
  )
  return objects.map(object =>
    demands.flatMap(demand => {
      const value = valueAt(context, model, object, demand.path, found)
      if (value === skipped) return []
      if (value === absent) return [`Invalid attribute "${demand.path}" for ${model.spec.label}`]
      return unmet(demand, value) ?? []
    }),
  )
}

const absent = Symbol('no such attribute')
const skipped = Symbol('nothing to look at')

/** `site.region.name` leads through `site` and `site.region`. */
function relationsIn({ registry }: WriteContext, model: Model, path: string): string[] {
  const names = path.split('.').slice(0, -1)
  const relations: string[] = []
  for (let [at, current]: [number, Model] = [0, model]; at < names.length; at++) {
    const field = current.fields[names[at]!]
    if (!field || !isRef(field)) break
    relations.push(names.slice(0, at + 1).join('.'))
    current = modelBehind(registry, current, names[at]!)
  }
  return relations
}

function valueAt(
  context: WriteContext,
  model: Model,
  { row, links, tags }: Looked,
  path: string,
  found: Map<string, Map<string, any>>,
): unknown {
  const names = path.split('.')
  if (names[0] === 'request') return requestValue(context, names.slice(1))
  const relations = relationsIn(context, model, path)
  if (relations.length < names.length - 1) return absent
  const owner = names.slice(0, -1).reduce<Model>((at, name) => modelBehind(context.registry, at, name), model)
  const of = names.length === 1 ? row : refOf(context, model, row, names.slice(0, -1).join('.'), found)
  const last = names.at(-1)!
  if (last === 'id' || last === 'pk') return of?.id ?? null
  const field = owner.fields[last]
  if (!field) return last.endsWith('_id') && last in (of ?? {}) ? of[last] : absent
  if (isRefs(field))
    return names.length > 1 ? absent : field.type === 'tags' ? tags.map(tag => tag.name) : (links.get(last) ?? [])
  const value: unknown = of?.[columnOf(last, field)] ?? null
  return field.type === 'decimal' && value !== null ? Number(value) : value
}

function requestValue({ author, request }: WriteContext, [first, second]: readonly string[]): unknown {
  if (!request) return skipped
  if (first === 'method') return request.method
  if (first === 'id') return author.requestId
  if (first !== 'user') return absent
  const { user } = author
  return second === undefined
    ? (user?.username ?? null)
    : second === 'username' || second === 'id'
      ? (user?.[second] ?? null)
      : absent
}
