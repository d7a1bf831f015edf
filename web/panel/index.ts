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
  /** Fields that it draws, which so stand nowhere else. */
  readonly draws?: readonly string[]
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

const AddressUtilization = lazy(async () => ({
  default: (await import('./utilization/AddressUtilization.tsx')).AddressUtilization,
}))

const FileContent = lazy(async () => ({ default: (await import('./job/FileContent.tsx')).FileContent }))
const JobReport = lazy(async () => ({ default: (await import('./job/JobReport.tsx')).JobReport }))
const RecentJobs = lazy(async () => ({ default: (await import('./job/RecentJobs.tsx')).RecentJobs }))

/** The panels of each model that has any. */
const panels: Readonly<Record<string, readonly PanelSpec[]>> = {
  'core.datafile': [{ name: 'content', place: 'main', Body: FileContent }],
  'core.datasource': [{ name: 'jobs', place: 'main', Body: RecentJobs }],
  'core.job': [{ name: 'report', place: 'main', draws: ['data', 'error', 'log_entries'], Body: JobReport }],
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
  'extras.webhook': [{ name: 'jobs', place: 'main', Body: RecentJobs }],
  'ipam.aggregate': [{ name: 'utilization', place: 'rail', Body: AddressUtilization }],
  'ipam.iprange': [{ name: 'utilization', place: 'rail', Body: AddressUtilization }],
  'ipam.prefix': [{ name: 'utilization', place: 'rail', Body: AddressUtilization }],
}

/** The panels that a page of a model has at a place. */
export const panelsOf = (model: ModelMeta, place: Place): readonly PanelSpec[] =>
  (panels[model.name] ?? []).filter(panel => panel.place === place)

/** The fields of a model that its panels draw. */
export const drawnIn = (model: ModelMeta): readonly string[] =>
  (panels[model.name] ?? []).flatMap(panel => panel.draws ?? [])

/** A page besides those of models; the menu shows it below the list of a model, to whoever may view that. */
export interface PageSpec {
  readonly path: string
  readonly label: string
  readonly icon: string
  readonly below: string
  /** Whether it is of use to superusers alone. */
  readonly superusers?: boolean
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
  {
    path: '/core/background-queues/',
    label: 'Background tasks',
    icon: 'activity',
    below: 'core.job',
    superusers: true,
    Body: lazy(async () => ({ default: (await import('./job/BackgroundTasks.tsx')).BackgroundTasks })),
  },
]
