import { datetime, ref, smallint } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const PortTemplateMapping = model('dcim.porttemplatemapping', {
  label: 'port template mapping',
  about: 'A position of a rear port template and the position of a front port template that it leads to.',
  internal: true,
  features: ['change_logging'],

  fields: {
    created: datetime({ nullable: true, filter: false }),
    last_updated: datetime({ nullable: true, filter: false }),
    front_port_position: smallint({ default: 1, filter: false }),
    rear_port_position: smallint({ default: 1, filter: false }),
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'port_mappings',
      filter: false,
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'port_mappings',
      filter: false,
    }),
    front_port: ref('dcim.frontporttemplate', { onDelete: 'cascade', inverse: 'mappings', filter: false }),
    rear_port: ref('dcim.rearporttemplate', { onDelete: 'cascade', inverse: 'mappings', filter: false }),
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
    dcim_porttemplatemapping: RowOf<typeof PortTemplateMapping>
  }
}
