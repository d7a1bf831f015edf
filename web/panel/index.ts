import type { ModelMeta } from '@demarc/engine/meta'
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Row } from '../api/meta.ts'

/** What a panel is drawn from. */
export interface PanelProps {
  readonly model: ModelMeta
  readonly row: Row
}

/**
 * Where a panel stands on the page of an object: `lead` has the wide column to itself, and the facts stand beside it;
 * `main` follows the facts; `rail` is on top of the narrow column.
 */
export type Place = 'lead' | 'main' | 'rail'

/** A drawing that pages of some models have besides what follows from their fields. */
export interface PanelSpec {
  readonly name: string
  readonly place: Place
  readonly Body: LazyExoticComponent<ComponentType<PanelProps>>
}

const power = () => import('./utilization/Power.tsx')
const DevicePower = lazy(async () => ({ default: (await power()).DevicePower }))
const FeedPower = lazy(async () => ({ default: (await power()).FeedPower }))
const PanelPower = lazy(async () => ({ default: (await power()).PanelPower }))
const RackPanel = lazy(async () => ({ default: (await import('./rack/RackPanel.tsx')).RackPanel }))
const inRack = () => import('./rack/InRack.tsx')
const DeviceInRack = lazy(async () => ({ default: (await inRack()).DeviceInRack }))
const ReservedInRack = lazy(async () => ({ default: (await inRack()).ReservedInRack }))
const RackUtilization = lazy(async () => ({
  default: (await import('./utilization/RackUtilization.tsx')).RackUtilization,
}))

/** The panels of each model that has any. */
const panels: Readonly<Record<string, readonly PanelSpec[]>> = {
  'dcim.device': [
    { name: 'power', place: 'main', Body: DevicePower },
    { name: 'in its rack', place: 'rail', Body: DeviceInRack },
  ],
  'dcim.powerfeed': [{ name: 'power', place: 'rail', Body: FeedPower }],
  'dcim.powerpanel': [{ name: 'power', place: 'main', Body: PanelPower }],
  'dcim.rack': [
    { name: 'elevations', place: 'lead', Body: RackPanel },
    { name: 'utilization', place: 'rail', Body: RackUtilization },
  ],
  'dcim.rackreservation': [{ name: 'in its rack', place: 'rail', Body: ReservedInRack }],
}

/** The panels that a page of a model has at a place. */
export const panelsOf = (model: ModelMeta, place: Place): readonly PanelSpec[] =>
  (panels[model.name] ?? []).filter(panel => panel.place === place)

/** A page besides those of models; the menu shows it below the list of a model, to whoever may view that. */
export interface PageSpec {
  readonly path: string
  readonly label: string
  readonly icon: string
  readonly below: string
  readonly Body: LazyExoticComponent<ComponentType>
}

/** Pages with a drawing of their own. */
export const pages: readonly PageSpec[] = [
  {
    path: '/dcim/rack-elevations/',
    label: 'Elevations',
    icon: 'layout-grid',
    below: 'dcim.rackreservation',
    Body: lazy(async () => ({ default: (await import('./rack/Elevations.tsx')).Elevations })),
  },
]
