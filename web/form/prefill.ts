import type { FieldMeta, Meta, ModelMeta } from '@demarc/engine/meta'
import type { QueryClient } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import { briefQuery } from '../api/query.ts'
import type { Search } from '../api/search.ts'
import { inputOf } from '../field/input/index.ts'
import type { Picked } from '../field/input/Picker.tsx'
import { picked } from '../field/input/ref.tsx'
import { fieldsOf, type Values, valuesOf } from './draft.ts'

/** The values of a new object with what the address says of it; objects by id, or by slug or name. */
export async function prefill(client: QueryClient, meta: Meta, model: ModelMeta, search: Search): Promise<Values> {
  const values: Record<string, unknown> = { ...valuesOf(model) }
  const find = async (name: string | undefined, given: readonly string[]): Promise<readonly Picked[]> => {
    const target = meta.models[name ?? '']
    if (!target || !given.length) return []
    const key = given.every(each => /^\d+$/.test(each)) ? 'id' : target.filters.slug ? 'slug' : 'name'
    const params = given.map(each => [key, each] as const)
    const rows = await client.fetchQuery(briefQuery(target, params, given.length)).catch(() => [])
    return rows.map(row => picked(row)!)
  }
  // Links made for NetBox name a kind by its number.
  const typeOf = async ([given]: readonly string[]) => {
    if (!given || !/^\d+$/.test(given)) return given
    const found = await client
      .fetchQuery({
        queryKey: ['object type', given],
        queryFn: () => get<{ app_label: string; model: string }>(`/api/core/object-types/${given}/`),
      })
      .catch(() => undefined)
    return found && `${found.app_label}.${found.model}`
  }
  await Promise.all(
    Object.entries(fieldsOf(model)).map(async ([key, field]) => {
      const given = all(search, key)
      if (field.widget === 'anyRef') {
        const [typeKey, idKey] = field.sent!
        const named = await typeOf([
          ...all(search, typeKey),
          ...all(search, typeKey.replace(/_type$/, '_content_type')),
        ])
        // `interface=7` says it all where the model has nothing else by that name.
        const short = field.to!.find(name => all(search, nameOf(name)).length && !model.fields[nameOf(name)])
        const type = named ?? short
        const [object] = await find(type, [
          ...all(search, idKey),
          ...all(search, idKey.replace(/_id$/, '_object_id')),
          ...(short && !named ? all(search, nameOf(short)) : []),
        ])
        if (type && meta.models[type]) values[key] = { model: type, object: object ?? null }
      } else if (!given.length) return
      else if (field.widget === 'refs' && field.to && field.to.length > 1) {
        const type = await typeOf(all(search, `${key}_type`))
        values[key] = (await find(type, given)).map(each => ({ ...each, $type: type }))
      } else if (field.widget === 'ref') values[key] = (await find(field.to?.[0], given.slice(0, 1)))[0] ?? null
      else if (field.widget === 'refs') values[key] = await find(field.to?.[0], given)
      else if (field.widget === 'tags') values[key] = await find('extras.tag', given)
      else values[key] = read(key, field, given)
    }),
  )
  return values
}

/** `interface` of `dcim.interface`. */
const nameOf = (model: string): string => model.split('.')[1]!

const all = (search: Search, key: string): readonly string[] => [search[key] ?? []].flat() as string[]

function read(key: string, field: FieldMeta, given: readonly string[]): unknown {
  const input = inputOf(field.widget, key)
  const choice = (text: string) => field.choices?.find(([each]) => String(each) === text)?.[0] ?? text
  if (field.widget === 'switch') return given[0] === 'true' || given[0] === 'on'
  if (field.widget === 'multiselect') return given.map(choice)
  if (field.widget === 'select') return choice(given[0]!)
  return input.read(given.join(', '), field)
}
