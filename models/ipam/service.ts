import { anyRef, refs, text } from '@demarc/engine/field'
import { anyOf, everyday, model, primary, related, type Columns, type RowOf } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'
import { addressesOf } from './interface-owner.ts'
import { expandPorts, listening, portFilters, portKeys } from './ports.ts'

/** Whose parent is one of the rows of a model. */
const ofParent = (row: Columns, type: string, parents: RawBuilder<unknown>) =>
  sql<boolean>`(${row['parent_object_type']} = ${sql.lit(type)} and ${row['parent_object_id']} in (${parents}))`

/** `device` and `device_id`: whose parent is one of the rows of a model with the names or ids given. */
const parentFilters = (name: string, type: string) => ({
  [name]: anyOf('text', (row, names) =>
    ofParent(row, type, sql`select id from ${sql.table(type.replace('.', '_'))} where name = any(${names})`),
  ),
  [`${name}_id`]: anyOf<number>('number', (row, ids) => ofParent(row, type, sql`select unnest(${ids}::bigint[])`)),
})

export const Service = model('ipam.service', {
  label: 'application service',
  schemaName: 'Service',
  about: 'An application that listens on ports of a device, a virtual machine or a redundancy group.',
  path: 'services',
  features: [...everyday, 'contacts'],

  fields: {
    parent_object: anyRef(['dcim.device', 'ipam.fhrpgroup', 'virtualization.virtualmachine'], {
      inverse: 'services',
      key: 'parent',
    }),
    name: text({ max: 100 }),
    ...listening,
    ipaddresses: refs('ipam.ipaddress', {
      label: 'IP addresses',
      help: 'The specific IP addresses (if any) to which this application service is bound',
      inverse: 'services',
      filter: false,
      file: { among: { of: 'parent_object', load: addressesOf } },
    }),
    ...primary,
  },

  derived: portKeys,

  display: { from: ['name'], as: row => row.name },
  order: ['name', 'id'],
  index: [['name', 'id'], 'using gin (port_mappings)'],
  quick: ['name', 'description'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'port_mappings', 'description'],
  clone: ['port_mappings', 'description', 'parent', 'ipaddresses'],

  filters: {
    ...portFilters,
    ...parentFilters('device', 'dcim.device'),
    ...parentFilters('virtual_machine', 'virtualization.virtualmachine'),
    ...parentFilters('fhrpgroup', 'ipam.fhrpgroup'),
    ip_address: related('ipaddresses', { by: 'address' }),
  },

  file: {
    table: {
      name: 'ServiceTable',
      first: ['name', 'parent', ['ports', 'Port Mappings'], 'description'],
      more: ['id', 'ipaddresses', 'contacts', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
    columns: { parent: { typed: 'parent_object_type', sets: 'parent_object' } },
    item: expandPorts,
  },

  ui: {
    icon: 'activity',
    columns: ['name', 'parent', 'ports', 'description'],
    form: {
      'Application Service': ['parent', 'name', 'port_mappings', 'ipaddresses', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_service: RowOf<typeof Service>
  }
}
