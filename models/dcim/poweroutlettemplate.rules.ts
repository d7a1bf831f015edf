import { rules } from '@demarc/engine/model'
import { PowerOutletTemplate } from './poweroutlettemplate.ts'
import { modularTemplateChecks, ofSameType } from './template-rules.ts'

export default rules(PowerOutletTemplate, {
  refs: ['power_port'],
  check: {
    ...modularTemplateChecks,
    'an outlet is fed by a port of its own type': ofSameType('power_port', null, 'Parent power port'),
  },
})
