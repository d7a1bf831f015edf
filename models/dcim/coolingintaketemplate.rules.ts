import { rules } from '@demarc/engine/model'
import { diameterChecks, diameterStore, flowChecks, flowStore, positive } from './coolant.ts'
import { CoolingIntakeTemplate } from './coolingintaketemplate.ts'
import { modularTemplateChecks } from './template-rules.ts'

export default rules(CoolingIntakeTemplate, {
  prepare: { 'measures are above nothing': positive('diameter', 'max_flow') },
  check: { ...modularTemplateChecks, ...diameterChecks, ...flowChecks },
  store: { ...diameterStore, ...flowStore },
})
