import { anyRef, choice, choices, integer, ref, text } from '@demarc/engine/field'
import { model, recorded, related, tagged, type RowOf } from '@demarc/engine/model'
import { cabled, cabledFilters, cabledKeys, cableOf } from '../dcim/cabling/cabled.ts'
import { scopeFilters } from '../ipam/scope.ts'

export const CircuitTerminationSide = choices('CircuitTerminationSide', {
  A: ['A'],
  Z: ['Z'],
})

/** Where a termination is, and all that this lies in; kept by the engine. */
const whereabouts = { nullable: true, hidden: true, inverse: 'circuit_terminations', filter: false } as const

export const CircuitTermination = model('circuits.circuittermination', {
  label: 'circuit termination',
  about: 'One of the two ends of a circuit: a place or a provider network.',
  features: [...recorded, 'custom_fields', 'custom_links', 'export_templates', 'tags'],

  fields: {
    circuit: ref('circuits.circuit', { onDelete: 'cascade', inverse: 'terminations', filter: { only: 'id' } }),
    term_side: choice(CircuitTerminationSide, {
      label: 'termination side',
      bare: true,
      filter: { single: true },
      max: 1,
    }),
    termination: anyRef(['circuits.providernetwork', 'dcim.location', 'dcim.region', 'dcim.site', 'dcim.sitegroup'], {
      nullable: true,
      halfOnWhole: true,
      onDelete: 'cascade',
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
    ...cabled,
    _provider_network: ref('circuits.providernetwork', whereabouts),
    _location: ref('dcim.location', { ...whereabouts, onDelete: 'cascade' }),
    _site: ref('dcim.site', { ...whereabouts, onDelete: 'cascade' }),
    _region: ref('dcim.region', { ...whereabouts, onDelete: 'set null' }),
    _site_group: ref('dcim.sitegroup', { ...whereabouts, onDelete: 'set null' }),
    ...tagged,
  },

  loads: { cable: cableOf('circuits_circuittermination') },
  derived: cabledKeys,

  display: { from: ['circuit', 'term_side'], as: row => `${row.circuit}: Termination ${row.term_side}` },
  partOf: ['circuit'],
  order: ['circuit', 'term_side'],
  unique: [['circuit', 'term_side']],
  quick: ['circuit.cid', 'xconnect_id', 'pp_info', 'description'],
  search: { xconnect_id: 300, pp_info: 300, description: 500, port_speed: 2000, upstream_speed: 2000 },
  brief: ['circuit', 'term_side', 'description', 'cable', '_occupied'],

  filters: {
    ...cabledFilters,
    ...scopeFilters,
    provider_network: related('_provider_network', { only: 'id' }),
    provider: related('circuit.provider'),
  },

  file: {
    table: {
      first: [
        'id',
        'circuit',
        ['circuit.provider', 'Provider'],
        ['term_side', 'Side'],
        ['termination_type', 'Termination Type'],
        ['termination', 'Termination Point'],
        'description',
      ],
      more: [
        ['site_group', 'Site Group'],
        'region',
        'site',
        'location',
        ['provider_network', 'Provider Network'],
        'port_speed',
        'upstream_speed',
        'xconnect_id',
        'pp_info',
        'created',
        'last_updated',
      ],
    },
  },

  ui: {
    icon: 'plug-connected',
    panels: ['trace'],
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
