import { datetime, ref, smallint } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'

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

  display: {
    from: ['front_port_position', 'rear_port_position'],
    as: (row, { front, rear }) => `${front}:${row.front_port_position} to ${rear}:${row.rear_port_position}`,
    load: ids => sql`
      select mapping.id, json_build_object('front', front.name, 'rear', rear.name) as value
      from dcim_porttemplatemapping as mapping
      join dcim_frontporttemplate as front on front.id = mapping.front_port_id
      join dcim_rearporttemplate as rear on rear.id = mapping.rear_port_id
      where mapping.id = any(${ids})`,
  },
  order: [],
  unique: [
    ['front_port', 'front_port_position'],
    ['rear_port', 'rear_port_position'],
  ],

  file: { document: ['front_port', 'front_port_position', 'rear_port', 'rear_port_position'] },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_porttemplatemapping: RowOf<typeof PortTemplateMapping>
  }
}
