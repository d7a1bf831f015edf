import { anyRef, boolean, choice, choices, integer, list, ref, smallint, text } from '@demarc/engine/field'
import { model, compare, recorded, related, tagged, type RowOf } from '@demarc/engine/model'
import { CableEnd } from '../dcim/cabletermination.ts'

export const CircuitTerminationSide = choices('CircuitTerminationSide', {
  A: ['A'],
  Z: ['Z'],
})

export const CircuitTermination = model('circuits.circuittermination', {
  label: 'circuit termination',
  about: 'One of the two ends of a circuit: a place or a provider network.',
  features: [...recorded, 'custom_fields', 'custom_links', 'export_templates', 'tags'],

  fields: {
    circuit: ref('circuits.circuit', { onDelete: 'cascade', inverse: 'terminations', filter: { only: 'id' } }),
    term_side: choice(CircuitTerminationSide, { label: 'termination side', filter: { single: true }, max: 1 }),
    termination: anyRef(['circuits.providernetwork', 'dcim.location', 'dcim.region', 'dcim.site', 'dcim.sitegroup'], {
      nullable: true,
    }),
    port_speed: integer({ nullable: true, label: 'port speed (Kbps)', help: 'Physical circuit speed', min: 0 }),
    upstream_speed: integer({
      nullable: true,
      label: 'upstream speed (Kbps)',
      help: 'Upstream speed, if different from port speed',
      min: 0,
    }),
    xconnect_id: text({
      blank: true,
      default: '',
      label: 'cross-connect ID',
      help: 'ID of the local cross-connect',
      max: 50,
    }),
    pp_info: text({
      blank: true,
      default: '',
      label: 'patch panel/port(s)',
      help: 'Patch panel ID and port number(s)',
      max: 100,
    }),
    description: text({ blank: true, default: '', max: 200 }),
    mark_connected: boolean({ default: false, help: 'Treat as if a cable is connected' }),
    cable: ref('dcim.cable', {
      nullable: true,
      readonly: true,
      onDelete: 'set null',
      inverse: '+',
      filter: { only: 'id' },
    }),
    cable_end: choice(CableEnd, { nullable: true, readonly: true, filter: { single: true }, max: 1 }),
    cable_connector: smallint({ nullable: true, hidden: true }),
    cable_positions: list({ nullable: true, hidden: true, of: 'smallint' }),
    _provider_network: ref('circuits.providernetwork', {
      nullable: true,
      hidden: true,
      inverse: 'circuit_terminations',
      filter: false,
    }),
    _location: ref('dcim.location', {
      nullable: true,
      hidden: true,
      onDelete: 'cascade',
      inverse: 'circuit_terminations',
      filter: false,
    }),
    _site: ref('dcim.site', {
      nullable: true,
      hidden: true,
      onDelete: 'cascade',
      inverse: 'circuit_terminations',
      filter: false,
    }),
    _region: ref('dcim.region', {
      nullable: true,
      hidden: true,
      onDelete: 'cascade',
      inverse: 'circuit_terminations',
      filter: false,
    }),
    _site_group: ref('dcim.sitegroup', {
      nullable: true,
      hidden: true,
      onDelete: 'cascade',
      inverse: 'circuit_terminations',
      filter: false,
    }),
    ...tagged,
  },

  display: { from: ['circuit', 'term_side'], as: row => `${row.circuit}: Termination ${row.term_side}` },
  order: ['circuit', 'term_side'],
  unique: [['circuit', 'term_side']],
  quick: ['circuit.cid', 'xconnect_id', 'pp_info', 'description'],
  search: { xconnect_id: 300, pp_info: 300, description: 500, port_speed: 2000, upstream_speed: 2000 },
  brief: ['circuit', 'term_side', 'description', 'cable', '_occupied'],

  filters: {
    cabled: compare('cable', { match: 'boolean', lookup: 'isset' }),
    region: related('_region'),
    site_group: related('_site_group'),
    site: related('_site'),
    location: related('_location'),
    provider_network: related('_provider_network', { only: 'id' }),
    provider: related('circuit.provider'),
  },

  ui: {
    columns: ['circuit', 'term_side', 'termination_type', 'termination', 'description'],
    form: {
      'Circuit Termination': ['circuit', 'term_side', 'description', 'tags', 'termination', 'mark_connected'],
      'Termination Details': ['port_speed', 'upstream_speed', 'xconnect_id', 'pp_info'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_circuittermination: RowOf<typeof CircuitTermination>
  }
}
