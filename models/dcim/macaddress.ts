import { anyRef, mac } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'

export const MACAddress = model('dcim.macaddress', {
  label: 'MAC address',
  plural: 'MAC addresses',
  about: 'A link-layer address, optionally assigned to an interface.',

  fields: {
    mac_address: mac({ label: 'MAC address' }),
    assigned_object: anyRef(['dcim.interface', 'virtualization.vminterface'], {
      nullable: true,
      inverse: 'mac_addresses',
    }),
    ...primary,
  },

  display: { from: ['mac_address'], as: row => row.mac_address.toUpperCase() },
  order: ['mac_address', 'id'],
  index: [['mac_address', 'id']],
  quick: ['mac_address', 'description'],
  search: { mac_address: 100, description: 500, comments: 5000 },
  brief: ['mac_address', 'description'],

  filters: {
    interface: related('interface'),
    vminterface: related('vminterface'),
  },

  ui: {
    columns: ['mac_address', 'is_primary', 'assigned_object', 'description'],
    form: {
      'Mac address': ['mac_address', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_macaddress: RowOf<typeof MACAddress>
  }
}
