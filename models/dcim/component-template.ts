import { ref, text } from '@demarc/engine/field'
import { logged, recorded } from '@demarc/engine/model'
import { componentName, namedAndLabelled } from './component.ts'

/** The name of a template, from which the names of components follow. */
export const templateName = {
  ...componentName,
  name: text({
    help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
    max: 64,
    collate: 'natural',
  }),
} as const

/** The first fields of a template that device types alone have. The type sees its templates under the name given, and counts them. */
export const deviceTypeTemplate = (inverse: string, counter: string) =>
  ({
    device_type: ref('dcim.devicetype', { onDelete: 'cascade', inverse, counter, filter: { only: 'id' } }),
    ...templateName,
  }) as const

/** The first fields of a template that belongs to a device type or to a module type. */
export const modularTemplate = (inverse: string, counter: string) =>
  ({
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse,
      counter,
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse,
      counter,
      filter: { only: 'id' },
    }),
    ...templateName,
  }) as const

/** The last fields of every template. */
export const templateRest = { description: text({ blank: true, default: '', max: 200 }), ...logged } as const

/** What the declarations of all templates have in common. */
export const templateSpec = {
  page: false,
  features: recorded,
  display: namedAndLabelled,
  quick: ['name', 'description'],
  patterns: ['name', 'label'],
  brief: ['name', 'description'],
  partOf: ['device_type', 'module_type'],
} as const

/** What the declarations of templates of modular components have in common besides. */
export const modularTemplateSpec = {
  ...templateSpec,
  order: ['device_type', 'module_type', 'name'],
  unique: [
    ['device_type', 'name'],
    ['module_type', 'name'],
  ],
  index: [['device_type', 'module_type', 'name']],
  resets: ['device_type', 'module_type'],
} as const
