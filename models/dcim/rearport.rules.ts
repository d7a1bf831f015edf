import { rules } from '@demarc/engine/model'
import { followPorts } from './cabling/touch.ts'
import { cabledComponent } from './component-rules.ts'
import { RearPort } from './rearport.ts'
import { mappingRules } from './portmapping-rules.ts'

const mappings = mappingRules({
  own: 'rear_port',
  far: 'dcim.frontport',
  mapping: 'dcim.portmapping',
  shared: ['device_id'],
})

export default rules(RearPort, {
  ...cabledComponent,
  ...mappings,
  check: { ...cabledComponent.check, ...mappings.check },
  after: { ...mappings.after, 'paths follow its positions': followPorts },
})
