import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import type { Row } from '../api/meta.ts'

/** An object on a path, or what holds one, by its name as `dcim.interface:12`. */
export type Node = string

/** How something on a path is shown. */
export interface Look {
  readonly model: string
  readonly id: number
  /** Null where the user may not view it. */
  readonly display: string | null
  /** What holds it; itself where nothing does. */
  readonly parent: Node
  readonly color: string
  readonly lines: readonly string[]
  /** The cable or radio link plugged into it. */
  readonly link: Node | null
  /** Of a link. */
  readonly status: { readonly value: string; readonly label?: string; readonly color?: string } | null
}

/** What a path leaves, the links it takes, and what it comes to. */
export interface Segment {
  readonly near: readonly Node[]
  readonly links: readonly Node[]
  readonly far: readonly Node[]
}

/** A path as it is drawn. */
export interface Route {
  /** Null where no path is known that leads through the cable. */
  readonly id: number | null
  readonly is_active: boolean
  readonly is_complete: boolean
  readonly is_split: boolean
  readonly metres: number
  /** Whether the metres are all there are. */
  readonly definitive: boolean
  readonly segments: readonly Segment[]
  /** The ways a split path could go on. */
  readonly onward: readonly Node[]
}

/** The paths that begin at an object or lead through it. */
export interface Routes {
  /** The kinds of objects that a cable may lead to from here. */
  readonly partners: readonly string[]
  /** How many there are; only the first are told. */
  readonly count: number
  readonly routes: readonly Route[]
  readonly objects: Readonly<Record<Node, Look>>
}

/** Asks for the paths of an object. */
export const routesQuery = (model: ModelMeta, id: string) =>
  queryOptions({
    queryKey: ['routes', model.name, id],
    queryFn: ({ signal }) => get<Routes>(`${model.api}${id}/routes/`, signal),
  })

const unplugged = new Set(['virtual', 'bridge', 'lag', 'channel'])
const wireless = /^ieee802\.(11|15)|^(gsm|cdma|lte|4g|5g)$|wireless/

const typeOf = (row: Row) => (row.type as { value?: string } | null)?.value ?? ''

/** Whether a cable can be plugged into an object as it is: it takes one, has none, and is not said to have one. */
export function isOpen(model: ModelMeta, row: Row): boolean {
  if (!model.fields.link_peers || row._occupied) return false
  if (model.name === 'dcim.interface') return !unplugged.has(typeOf(row)) && !wireless.test(typeOf(row))
  return row.termination_type !== 'circuits.providernetwork'
}

/** Whether an object is a wireless interface without a link. */
export const isRadio = (model: ModelMeta, row: Row): boolean =>
  model.name === 'dcim.interface' && !row._occupied && wireless.test(typeOf(row))

/** Whether an object's page shows its paths. */
export const isTraced = (model: ModelMeta): boolean => model.panels.includes('trace')

/** The page of an object on a path, if the user may see it. */
export function hrefOf(meta: Meta, { model, id, display }: Look): string | undefined {
  const path = meta.models[model]?.path
  return path && display !== null ? `${path}${id}/` : undefined
}

/** From where to where a path leads, in words. */
export function wordsOf(route: Route, objects: Routes['objects']): string {
  const side = (nodes: readonly Node[] = []) => {
    const [first] = nodes
    if (!first) return 'open end'
    const { display, parent } = objects[first]!
    const holder = parent === first ? '' : `${objects[parent]?.display ?? 'restricted'} `
    return holder + (display ?? 'restricted') + (nodes.length > 1 ? ` +${nodes.length - 1}` : '')
  }
  const last = route.segments.at(-1)
  return `${side(route.segments[0]?.near)} → ${side(last?.far.length || last?.links.length ? last.far : last?.near)}`
}
