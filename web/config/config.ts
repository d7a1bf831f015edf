import type { ModelMeta } from '@demarc/engine/meta'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import type { Row } from '../api/meta.ts'

/** What a device or virtual machine is configured with, and where it comes from. */
export interface Contexts {
  readonly data: object
  /** Its own data, which lies over all contexts; null for none. */
  readonly local: object | null
  /** The least important first; of those that the user may not view, only the weight is told. */
  readonly contexts: readonly {
    readonly context: Row | null
    readonly weight: number
    readonly data: object | null
  }[]
}

/** The contexts of an object. */
export const contextsQuery = (model: ModelMeta, id: string) =>
  queryOptions({
    queryKey: ['config-contexts', model.name, id],
    queryFn: ({ signal }) => get<Contexts>(`${model.api}${id}/config-contexts/`, signal),
  })

/** A configuration, or what went wrong with it: nothing of either where there is no template. */
export interface Rendered {
  readonly configtemplate: Row | null
  readonly content: string | null
  readonly error: {
    readonly message: string
    readonly line: number | null
    /** The file in which the line stands, where the template comes from one. */
    readonly template: string | null
  } | null
}

/** The rendered configuration of an object, made anew each time. */
export const renderedQuery = (model: ModelMeta, id: string) =>
  queryOptions({
    queryKey: ['rendered-config', model.name, id],
    queryFn: ({ signal }) => get<Rendered>(`${model.api}${id}/rendered-config/`, signal),
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
