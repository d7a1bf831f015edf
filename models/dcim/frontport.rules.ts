import { rules } from '@demarc/engine/model'
import { followPorts } from './cabling/touch.ts'
import { cabledComponent } from './component-rules.ts'
import { FrontPort } from './frontport.ts'
import { mappingRules } from './portmapping-rules.ts'

const mappings = mappingRules({
  own: 'front_port',
  far: 'dcim.rearport',
  mapping: 'dcim.portmapping',
  shared: ['device_id'],
})

export default rules(FrontPort, {
  ...cabledComponent,
  ...mappings,
  check: { ...cabledComponent.check, ...mappings.check },
  after: { ...mappings.after, 'paths follow its positions': followPorts },
})
