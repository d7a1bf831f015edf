import { rules } from '@demarc/engine/model'
import { ModuleBayTemplate } from './modulebaytemplate.ts'
import { modularTemplateChecks } from './template-rules.ts'

export default rules(ModuleBayTemplate, { check: modularTemplateChecks })
