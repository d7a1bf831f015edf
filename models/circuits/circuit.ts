import { choice, choices, date, integer, ref, text } from '@demarc/engine/field'
import { everyday, inverseAny, model, primary, related, type RowOf } from '@demarc/engine/model'
import { distance } from './distance.ts'

export const CircuitStatus = choices('circuits.Circuit.status', {
  planned: ['Planned', 'cyan'],
  provisioning: ['Provisioning', 'blue'],
  active: ['Active', 'green'],
  offline: ['Offline', 'red'],
  deprovisioning: ['Deprovisioning', 'yellow'],
  decommissioned: ['Decommissioned', 'gray'],
})

/** The end of a circuit at one side; kept by the engine. */
const termination = ref('circuits.circuittermination', {
  nullable: true,
  readonly: true,
  onDelete: 'set null',
  inverse: '+',
  filter: { only: 'id' },
  nested: [
    'id',
    'url',
    'display_url',
    'display',
    'termination_type',
    'termination_id',
    'termination',
    'port_speed',
    'upstream_speed',
    'xconnect_id',
    'description',
  ],
})

export const Circuit = model('circuits.circuit', {
  label: 'circuit',
  about: 'A physical link ordered from a provider, with an A and a Z end.',
  features: [...everyday, 'contacts', 'image_attachments'],
  key: 'cid',

  fields: {
    cid: text({ label: 'circuit ID', help: 'Unique circuit ID', max: 100 }),
    provider: ref('circuits.provider', { inverse: 'circuits' }),
    provider_account: ref('circuits.provideraccount', { nullable: true, inverse: 'circuits' }),
    type: ref('circuits.circuittype', { inverse: 'circuits' }),
    status: choice(CircuitStatus, { default: 'active', filter: { notNull: true } }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'circuits' }),
    install_date: date({ nullable: true, label: 'installed' }),
    termination_date: date({ nullable: true, label: 'terminates' }),
    commit_rate: integer({ nullable: true, label: 'commit rate (Kbps)', help: 'Committed rate', min: 0 }),
    ...distance,
    termination_a: termination,
    termination_z: termination,
    ...primary,
  },

  derived: {
    assignments: inverseAny('circuits.circuitgroupassignment.member', 'circuits.circuit', {
      nested: ['id', 'url', 'display', 'group', 'priority'],
      order: '(select name from circuits_circuitgroup where id = group_id), priority, id',
    }),
  },

  display: { from: ['cid'], as: row => row.cid },
  resets: ['provider_account'],
  order: ['provider', 'provider_account', 'cid'],
  unique: [
    ['provider', 'cid'],
    ['provider_account', 'cid'],
  ],
  index: [['provider', 'provider_account', 'cid']],
  quick: [
    'cid',
    'terminations.xconnect_id',
    'terminations.pp_info',
    'terminations.description',
    'description',
    'comments',
  ],
  search: { cid: 100, description: 500, comments: 5000 },
  brief: ['provider', 'cid', 'description'],
  clone: [
    'provider',
    'provider_account',
    'type',
    'status',
    'tenant',
    'install_date',
    'termination_date',
    'commit_rate',
    'description',
  ],

  filters: {
    provider_network: related('terminations._provider_network', { only: 'id' }),
    region: related('terminations._region'),
    site_group: related('terminations._site_group'),
    site: related('terminations._site'),
    location: related('terminations._location', { only: 'id', exact: true }),
  },

  file: {
    table: {
      first: [
        'cid',
        'provider',
        'type',
        'status',
        'tenant',
        ['termination_a', 'Side A'],
        ['termination_z', 'Side Z'],
        'description',
      ],
      more: [
        'id',
        ['provider_account', 'Account'],
        'tenant.group',
        'install_date',
        'termination_date',
        ['commit_rate', 'Commit Rate'],
        'comments',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'assignments',
        'owner.group',
        'owner',
        'distance',
      ],
    },
  },

  ui: {
    icon: 'arrows-left-right',
    columns: ['cid', 'provider', 'type', 'status', 'tenant', 'termination_a', 'termination_z', 'description'],
    form: {
      Circuit: [
        'provider',
        'provider_account',
        'cid',
        'type',
        'status',
        'distance',
        'distance_unit',
        'description',
        'tags',
      ],
      'Service Parameters': ['install_date', 'termination_date', 'commit_rate'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_circuit: RowOf<typeof Circuit>
  }
}
