import { rules } from '@demarc/engine/model'
import { FrontPortTemplate } from './frontporttemplate.ts'
import { mappingRules } from './portmapping-rules.ts'
import { modularTemplateChecks } from './template-rules.ts'

const mappings = mappingRules({
  own: 'front_port',
  far: 'dcim.rearporttemplate',
  mapping: 'dcim.porttemplatemapping',
  shared: ['device_type_id', 'module_type_id'],
})

export default rules(FrontPortTemplate, { ...mappings, check: { ...modularTemplateChecks, ...mappings.check } })
