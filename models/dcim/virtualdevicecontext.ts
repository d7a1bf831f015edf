import { choice, choices, ref, smallint, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { primaryAddress, primaryAddresses, primaryAddressFilter } from './primary-address.ts'

export const VirtualDeviceContextStatus = choices('dcim.VirtualDeviceContext.status', {
  active: ['Active', 'green'],
  planned: ['Planned', 'cyan'],
  offline: ['Offline', 'red'],
})

export const VirtualDeviceContext = model('dcim.virtualdevicecontext', {
  label: 'virtual device context',
  about: 'A logical partition of a device.',

  fields: {
    name: text({ max: 64, collate: 'natural' }),
    device: ref('dcim.device', { nullable: true, inverse: 'vdcs', filter: { by: 'id' }, required: true }),
    identifier: smallint({ nullable: true, help: 'Numeric identifier unique to the parent device', min: 0 }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'vdcs' }),
    ...primaryAddresses,
    status: choice(VirtualDeviceContextStatus),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['identifier', 'tenant'],
  order: ['name'],
  unique: [
    ['device', 'identifier'],
    ['device', 'name'],
  ],
  index: [['name']],
  counts: {
    interface_count: 'dcim.interface.vdcs',
  },
  quick: ['name', 'description', { equals: 'identifier' }],
  search: { name: 100, identifier: 300, description: 500, comments: 5000 },
  brief: ['name', 'identifier', 'device', 'description'],

  derived: primaryAddress,

  filters: {
    ...primaryAddressFilter,
    interface: related('interfaces', { only: 'id' }),
  },

  file: {
    table: {
      first: ['name', 'identifier', 'status', 'tenant', ['primary_ip', 'IP Address']],
      more: [
        'id',
        'tenant.group',
        ['primary_ip4', 'IPv4 Address'],
        ['primary_ip6', 'IPv6 Address'],
        'comments',
        'tags',
        ['interface_count', 'Interfaces'],
        'created',
        'last_updated',
        'owner.group',
        'owner',
        'device',
      ],
    },
  },

  ui: {
    icon: 'box-multiple',
    columns: ['name', 'identifier', 'status', 'tenant', 'primary_ip'],
    form: {
      'Virtual Device Context': ['device', 'name', 'status', 'identifier', 'primary_ip4', 'primary_ip6', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_virtualdevicecontext: RowOf<typeof VirtualDeviceContext>
  }
}
