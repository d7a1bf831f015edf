import type { ModelMeta } from '@demarc/engine/meta'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Row } from '../../api/meta.ts'

/** What is drawn beside what there is, in volt-amperes. */
export interface Load {
  readonly outlets: number
  readonly allocated: number
  readonly maximum: number
  readonly available: number | null
  readonly percent: number | null
}

export interface LegLoad extends Load {
  readonly leg: string
}

/** How far a rack is used. */
export interface RackFigures {
  readonly space: { readonly units: number; readonly taken: number; readonly percent: number }
  readonly power: Load
  readonly weight: {
    readonly own: number
    readonly total: number
    readonly maximum: number | null
    readonly percent: number | null
  }
}

/** How far address space is used, and by what. */
export interface AddressFigures {
  readonly size: number
  readonly taken: number
  readonly percent: number
  readonly taken_by: 'prefixes' | 'addresses' | 'mark'
}

/** A power port of a device, with what goes through it. */
export interface PortLoad extends Load {
  readonly port: Row
  readonly feed: Row | null
  readonly legs: readonly LegLoad[]
}

/** A power feed with what is drawn from it. */
export interface FeedLoad extends Load {
  readonly ports: readonly (Row & { readonly device: Row })[]
  readonly legs: readonly LegLoad[]
}

/** A power panel with what is drawn from its feeds. */
export interface PanelLoad extends Load {
  readonly feeds: readonly (Load & { readonly feed: Row; readonly legs: readonly LegLoad[] })[]
}

/** Figures that an action of an object tells. */
export const figuresQuery = <T>(model: ModelMeta, id: number, action: 'utilization' | 'power') =>
  queryOptions({
    queryKey: ['figures', model.name, id, action],
    queryFn: ({ signal }) => get<T>(`${model.api}${id}/${action}/`, signal),
  })
