import { rules } from '@demarc/engine/model'
import { portRules } from './ports.rules.ts'
import { ServiceTemplate } from './servicetemplate.ts'

export default rules(ServiceTemplate, { prepare: portRules })
