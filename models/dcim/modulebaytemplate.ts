import { boolean, text } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { moduleBayTypeFilter, moduleBayTypes } from './compatibility.ts'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'

export const ModuleBayTemplate = model('dcim.modulebaytemplate', {
  label: 'module bay template',
  about: 'A module bay that each new device or module of a type gets.',
  ...modularTemplateSpec,
  patterns: ['name', 'label', 'position'],

  fields: {
    ...modularTemplate('modulebaytemplates', 'module_bay_template_count'),
    position: text({
      blank: true,
      default: '',
      help: 'Identifier to reference when renaming installed components',
      max: 30,
    }),
    enabled: boolean({ default: true }),
    ...moduleBayTypes(
      'module_bay_templates',
      'Types of modules that can be installed in this bay (empty = unconstrained)',
    ),
    ...templateRest,
  },

  brief: ['name', 'enabled', 'description'],

  filters: {
    ...moduleBayTypeFilter,
  },

  file: { document: ['name', 'label', 'position', 'enabled', 'description', 'module_bay_types'] },

  ui: {
    form: {
      'Module bay template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'position',
        'enabled',
        'description',
        'module_bay_types',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_modulebaytemplate: RowOf<typeof ModuleBayTemplate>
  }
}
