import { anyRef, list, refs, text } from '@demarc/engine/field'
import { model, everyday, primary, related, type RowOf } from '@demarc/engine/model'

export const Service = model('ipam.service', {
  label: 'application service',
  about: 'An application that listens on ports of a device, a virtual machine or a redundancy group.',
  path: 'services',
  features: [...everyday, 'contacts'],

  fields: {
    parent_object: anyRef(['dcim.device', 'ipam.fhrpgroup', 'virtualization.virtualmachine'], {
      inverse: 'services',
      key: 'parent',
    }),
    name: text({ max: 100 }),
    port_mappings: list({ default: [], help: 'Protocol/port pairs, e.g. tcp/80', of: 'character varying(63)' }),
    ipaddresses: refs('ipam.ipaddress', {
      label: 'IP addresses',
      help: 'The specific IP addresses (if any) to which this application service is bound',
      inverse: 'services',
      filter: false,
    }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name', 'id'],
  index: [['name', 'id']],
  quick: ['name', 'description'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'port_mappings', 'description'],
  clone: ['port_mappings', 'description', 'parent', 'ipaddresses'],

  filters: {
    ip_address: related('ipaddresses', { by: 'address' }),
  },

  ui: {
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
