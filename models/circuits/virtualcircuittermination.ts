import { choice, choices, ref, text } from '@demarc/engine/field'
import { model, recorded, related, tagged, type RowOf } from '@demarc/engine/model'

export const VirtualCircuitTerminationRole = choices('VirtualCircuitTerminationRole', {
  peer: ['Peer', 'green'],
  hub: ['Hub', 'blue'],
  spoke: ['Spoke', 'orange'],
})

export const VirtualCircuitTermination = model('circuits.virtualcircuittermination', {
  label: 'virtual circuit termination',
  about: 'Where a virtual circuit meets a virtual interface, and in which role.',
  features: [...recorded, 'custom_fields', 'custom_links', 'export_templates', 'tags'],

  fields: {
    virtual_circuit: ref('circuits.virtualcircuit', {
      onDelete: 'cascade',
      inverse: 'terminations',
      filter: { only: 'id' },
    }),
    role: choice(VirtualCircuitTerminationRole, { default: 'peer', filter: { notNull: true } }),
    interface: ref('dcim.interface', {
      file: { by: 'id' },
      unique: true,
      onDelete: 'cascade',
      inverse: 'virtual_circuit_termination',
      filter: { only: 'id' },
    }),
    description: text({ blank: true, default: '', max: 200 }),
    ...tagged,
  },

  display: {
    from: ['virtual_circuit', 'role'],
    as: row =>
      `${row.virtual_circuit}: ${VirtualCircuitTerminationRole.values.get(row.role)?.label ?? row.role} termination`,
  },
  partOf: ['virtual_circuit'],
  order: ['virtual_circuit', 'role', 'id'],
  index: [['virtual_circuit', 'role', 'id']],
  quick: ['virtual_circuit.cid', 'description'],
  search: { description: 500 },
  brief: ['virtual_circuit', 'role', 'interface', 'description'],

  filters: {
    provider: related('virtual_circuit.provider_network.provider'),
    provider_account: related('virtual_circuit.provider_account'),
    provider_network: related('virtual_circuit.provider_network', { only: 'id' }),
  },

  file: {
    table: {
      first: ['id', 'virtual_circuit', 'role', ['interface.device', 'Device'], 'interface', 'description'],
      more: [
        ['virtual_circuit.provider_network.provider', 'Provider'],
        ['virtual_circuit.provider_network', 'Provider network'],
        ['virtual_circuit.provider_account', 'Account'],
        'created',
        'last_updated',
      ],
    },
  },

  ui: {
    panels: ['trace'],
    columns: ['virtual_circuit', 'role', 'interface', 'description'],
    form: {
      'Virtual Circuit Termination': ['virtual_circuit', 'role', 'interface', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_virtualcircuittermination: RowOf<typeof VirtualCircuitTermination>
  }
}
