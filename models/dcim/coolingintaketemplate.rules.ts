import { rules } from '@demarc/engine/model'
import { diameterChecks, diameterStore, flowChecks, flowStore } from './coolant.ts'
import { CoolingIntakeTemplate } from './coolingintaketemplate.ts'
import { modularTemplateChecks } from './template-rules.ts'

export default rules(CoolingIntakeTemplate, {
  check: { ...modularTemplateChecks, ...diameterChecks, ...flowChecks },
  store: { ...diameterStore, ...flowStore },
})
