import { rules } from '@demarc/engine/model'
import { cabledComponent } from './component-rules.ts'
import { ConsolePort } from './consoleport.ts'

export default rules(ConsolePort, cabledComponent)
