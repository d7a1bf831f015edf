import { rules } from '@demarc/engine/model'
import { cabledComponent } from './component-rules.ts'
import { drawChecks } from './power-draw.ts'
import { PowerPort } from './powerport.ts'

export default rules(PowerPort, { ...cabledComponent, check: { ...cabledComponent.check, ...drawChecks } })
