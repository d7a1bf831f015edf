import type { FieldMeta, Meta, ModelMeta } from '@demarc/engine/meta'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { get } from './client.ts'

/** An object as REST gives it: whole, or brief inside another. */
export interface Row {
  readonly id: number
  readonly url: string
  readonly display: string
  readonly [key: string]: unknown
}

/** What the server tells about itself and the user; fails with 401 when nobody is logged in. */
export const metaQuery = queryOptions({
  queryKey: ['meta'],
  queryFn: ({ signal }) => get<Meta>('/ui/meta', signal),
  staleTime: 5 * 60_000,
  gcTime: Infinity,
  retry: false,
})

const MetaContext = createContext<Meta | undefined>(undefined)

/** Hands the meta down to every page. */
export const MetaProvider = MetaContext.Provider

/** The meta of the logged-in user. */
export function useMeta(): Meta {
  const meta = use(MetaContext)
  if (!meta) throw new Error('useMeta() outside of the shell')
  return meta
}

/** Keeps the meta fresh; only the shell needs it. */
export function useFreshMeta() {
  return useQuery(metaQuery)
}

interface Index {
  readonly byPath: ReadonlyMap<string, ModelMeta>
  readonly byApi: ReadonlyMap<string, ModelMeta>
}

const indexes = new WeakMap<Meta, Index>()

function indexOf(meta: Meta): Index {
  let index = indexes.get(meta)
  if (!index) {
    const all = Object.values(meta.models)
    index = {
      byPath: new Map(all.map(model => [model.path, model])),
      byApi: new Map(all.map(model => [model.api, model])),
    }
    indexes.set(meta, index)
  }
  return index
}

/** The model whose list page has this path. */
export function modelAtPath(meta: Meta, path: string): ModelMeta | undefined {
  return indexOf(meta).byPath.get(path)
}

/** The model and id that a REST address such as `https://host/api/dcim/sites/1/` means. */
export function modelAtUrl(meta: Meta, url: string): { model: ModelMeta; id: string } | undefined {
  const found = /(\/api\/.+\/)([^/]+)\/(?:[?#].*)?$/.exec(url)
  const model = found && indexOf(meta).byApi.get(found[1]!)
  return model ? { model, id: found[2]! } : undefined
}

/** Address of an object's page, if the user may see its model. */
export function pageOf(meta: Meta, row: { readonly url?: unknown }): string | undefined {
  const found = typeof row.url === 'string' ? modelAtUrl(meta, row.url) : undefined
  return found && `${found.model.path}${found.id}/`
}

/** The value of a field in a row, custom fields included. */
export function valueOf(row: Row, key: string): unknown {
  if (!key.startsWith('cf_')) return row[key]
  return (row.custom_fields as Record<string, unknown> | undefined)?.[key.slice(3)]
}

/** What the page of an object is called: its name, or what a change did to what. */
export function titleOf(meta: Meta, model: ModelMeta, row: Row): string {
  if (model.name !== 'core.objectchange' || !row.action) return row.display
  const kind = meta.models[String(row.changed_object_type)]?.label ?? String(row.changed_object_type)
  const { label } = row.action as { readonly label: string }
  return `${titleCase(kind)} ${String(row.object_repr)} ${label.toLowerCase()}`
}

/** The column that names a row and links to its page. */
export function identityOf(model: ModelMeta): string {
  const named = ['text', 'number', 'address', 'mac', 'datetime']
  const plain = (key: string) => named.includes(model.fields[key]?.widget ?? '')
  const first = model.columns[0]
  if (first && first !== 'id' && plain(first) && !model.fields[first]?.label.match(/count$/i)) return first
  return model.columns.includes('name') ? 'name' : 'display'
}

/** Meta of a field; the ever-present keys have one even where the server sends none. */
export function fieldOf(model: ModelMeta, key: string): FieldMeta | undefined {
  if (key !== 'display') return model.fields[key]
  return { ...model.fields.display, label: titleCase(model.label), widget: 'text', sortable: false }
}

/** `virtual machine` → `Virtual machine`; a label that has capitals already stays. */
export function titleCase(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1)
}

/** What to call each of some models; two of the same name are told apart by where they belong. */
export function kindsOf(models: readonly ModelMeta[]): { value: string; label: string }[] {
  return models.map(model => {
    const twin = models.some(each => each !== model && each.label === model.label)
    const app = model.name.split('.')[0]!
    const home = app.length < 5 ? app.toUpperCase() : titleCase(app)
    return { value: model.name, label: titleCase(model.label) + (twin ? ` (${home})` : '') }
  })
}
