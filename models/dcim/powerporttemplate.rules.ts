import { rules } from '@demarc/engine/model'
import { drawChecks } from './power-draw.ts'
import { PowerPortTemplate } from './powerporttemplate.ts'
import { modularTemplateChecks } from './template-rules.ts'

export default rules(PowerPortTemplate, { check: { ...modularTemplateChecks, ...drawChecks } })
