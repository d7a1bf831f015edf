import { rules } from '@demarc/engine/model'
import { diameterChecks, diameterStore } from './coolant.ts'
import { CoolingOutflowTemplate } from './coolingoutflowtemplate.ts'
import { modularTemplateChecks, ofSameType } from './template-rules.ts'

export default rules(CoolingOutflowTemplate, {
  refs: ['cooling_intake'],
  check: {
    ...modularTemplateChecks,
    ...diameterChecks,
    'an outflow is supplied by an intake of its own type': ofSameType('cooling_intake', null, 'Cooling intake'),
  },
  store: diameterStore,
})
