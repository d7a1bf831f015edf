import { rules, type Batch } from '@demarc/engine/model'
import { nodeText } from './cabling/node.ts'
import { touch } from './cabling/touch.ts'
import { PortMapping } from './portmapping.ts'

const followPaths = async (batch: Batch) =>
  touch(batch, {
    nodes: batch.changes
      .flatMap(({ row, before }) => (before ? [row, before] : [row]))
      .flatMap(row => [
        nodeText('dcim.frontport', row['front_port_id']),
        nodeText('dcim.rearport', row['rear_port_id']),
      ]),
  })

export default rules(PortMapping, {
  after: { 'paths through the ports are followed again': followPaths },
  afterDelete: { 'paths through the ports are followed again': followPaths },
})
