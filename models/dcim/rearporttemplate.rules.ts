import { rules } from '@demarc/engine/model'
import { RearPortTemplate } from './rearporttemplate.ts'
import { mappingRules } from './portmapping-rules.ts'
import { modularTemplateChecks } from './template-rules.ts'

const mappings = mappingRules({
  own: 'rear_port',
  far: 'dcim.frontporttemplate',
  mapping: 'dcim.porttemplatemapping',
  shared: ['device_type_id', 'module_type_id'],
})

export default rules(RearPortTemplate, { ...mappings, check: { ...modularTemplateChecks, ...mappings.check } })
