import { datetime, ref, smallint } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const PortMapping = model('dcim.portmapping', {
  label: 'port mapping',
  about: 'A position of a rear port and the position of a front port that it leads to.',
  internal: true,
  features: ['change_logging'],

  fields: {
    created: datetime({ nullable: true, filter: false }),
    last_updated: datetime({ nullable: true, filter: false }),
    front_port_position: smallint({ default: 1, filter: false }),
    rear_port_position: smallint({ default: 1, filter: false }),
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'port_mappings', filter: false }),
    front_port: ref('dcim.frontport', { onDelete: 'cascade', inverse: 'mappings', filter: false }),
    rear_port: ref('dcim.rearport', { onDelete: 'cascade', inverse: 'mappings', filter: false }),
  },

  display: { from: [], as: row => `#${row.id}` },
  order: [],
  unique: [
    ['front_port', 'front_port_position'],
    ['rear_port', 'rear_port_position'],
  ],
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_portmapping: RowOf<typeof PortMapping>
  }
}
