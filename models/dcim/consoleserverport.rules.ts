import { rules } from '@demarc/engine/model'
import { cabledComponent } from './component-rules.ts'
import { ConsoleServerPort } from './consoleserverport.ts'

export default rules(ConsoleServerPort, cabledComponent)
