import { ref, text, type Shape } from '@demarc/engine/field'
import { compare, related, tagged, type FilterSpec } from '@demarc/engine/model'
import { linkShape } from './shapes.ts'

const hiddenRef = {
  nullable: true,
  hidden: true,
  constraint: false,
  onDelete: 'set null',
  inverse: '+',
  filter: false,
} as const

/** Where a component's device stands, kept with the component so that finding it by site takes no join. */
const place = {
  _site: ref('dcim.site', hiddenRef),
  _location: ref('dcim.location', hiddenRef),
  _rack: ref('dcim.rack', hiddenRef),
} as const

/** The name of a component, and what is printed beside it. */
export const componentName = {
  name: text({ max: 64, collate: 'natural' }),
  label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
} as const

/** The first fields of a part of a device. The device sees its parts under the name given, and counts them. */
export const deviceComponent = (inverse: string, counter: string) =>
  ({ device: ref('dcim.device', { onDelete: 'cascade', inverse, counter }), ...componentName }) as const

/** The first fields of a part that a device may have by way of a module. */
export const modularComponent = (
  inverse: string,
  counter: string,
  nested: Shape = ['id', 'url', 'display', 'device', { module_bay: linkShape }],
) =>
  ({
    device: ref('dcim.device', { onDelete: 'cascade', inverse, counter }),
    module: ref('dcim.module', {
      nullable: true,
      onDelete: 'cascade',
      inverse,
      filter: { only: 'id' },
      nested,
    }),
    ...componentName,
  }) as const

/** The last fields of every part of a device. */
export const componentRest = {
  description: text({ blank: true, default: '', max: 200 }),
  owner: ref('users.owner', { nullable: true, inverse: '+' }),
  ...place,
  ...tagged,
} as const

/** A component or a template of one is called by its name, with the label where it has one. */
export const namedAndLabelled = {
  from: ['name', 'label'],
  as: (row: { name: string; label: string }) => (row.label ? `${row.name} (${row.label})` : row.name),
} as const

/** What the declarations of most components have in common. */
export const componentSpec = {
  display: namedAndLabelled,
  order: ['device', 'name'],
  unique: [['device', 'name']],
  quick: ['name', 'label', 'description'],
  patterns: ['name', 'label'],
  partOf: ['device'],
} as const

/** Components are found by their device, and by where that stands. */
export const componentFilters: Readonly<Record<string, FilterSpec>> = {
  region: related('device.site.region'),
  site_group: related('device.site.group'),
  site: related('_site'),
  location: related('_location', { exact: true }),
  rack: related('_rack'),
  device_type: related('device.device_type', { by: 'model' }),
  device_role: related('device.role', { exact: true }),
  virtual_chassis: related('device.virtual_chassis'),
  device_status: compare('device.status'),
  tenant: related('device.tenant'),
}
