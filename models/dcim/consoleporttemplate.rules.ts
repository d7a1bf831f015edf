import { rules } from '@demarc/engine/model'
import { ConsolePortTemplate } from './consoleporttemplate.ts'
import { modularTemplateChecks } from './template-rules.ts'

export default rules(ConsolePortTemplate, { check: modularTemplateChecks })
