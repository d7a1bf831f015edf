import { text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'
import { expandPorts, listening, portFilters, portKeys } from './ports.ts'

export const ServiceTemplate = model('ipam.servicetemplate', {
  label: 'application service template',
  schemaName: 'ServiceTemplate',
  about: 'A protocol and its ports, from which services are made.',
  path: 'service-templates',

  fields: {
    name: text({ unique: true, max: 100 }),
    ...listening,
    ...primary,
  },

  derived: portKeys,

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  index: ['using gin (port_mappings)'],
  quick: ['name', 'description'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'port_mappings', 'description'],
  clone: ['port_mappings', 'description'],

  filters: portFilters,

  file: {
    table: {
      name: 'ServiceTemplateTable',
      first: ['name', ['ports', 'Port Mappings'], 'description'],
      more: ['id', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
    item: expandPorts,
  },

  ui: {
    columns: ['name', 'ports', 'description'],
    form: {
      'Application Service Template': ['name', 'port_mappings', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_servicetemplate: RowOf<typeof ServiceTemplate>
  }
}
