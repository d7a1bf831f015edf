import { rules } from '@demarc/engine/model'
import { portRules } from './ports.rules.ts'
import { Service } from './service.ts'

export default rules(Service, { prepare: portRules })
