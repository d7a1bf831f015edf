import { rules } from '@demarc/engine/model'
import { ConsoleServerPortTemplate } from './consoleserverporttemplate.ts'
import { modularTemplateChecks } from './template-rules.ts'

export default rules(ConsoleServerPortTemplate, { check: modularTemplateChecks })
