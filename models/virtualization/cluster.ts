import { choice, choices, ref, text } from '@demarc/engine/field'
import { everyday, model, primary, type Derived, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { scopeFilters, scoped } from '../ipam/scope.ts'

export const ClusterStatus = choices('virtualization.Cluster.status', {
  planned: ['Planned', 'cyan'],
  staging: ['Staging', 'blue'],
  active: ['Active', 'green'],
  decommissioning: ['Decommissioning', 'yellow'],
  offline: ['Offline', 'red'],
})

/** What the virtual machines of a cluster take together; null where none says. */
const allocated = (resource: 'vcpus' | 'memory' | 'disk', wire: 'decimal' | 'integer'): Derived<any> => ({
  loads: ['allocated'],
  wire,
  as: (_row, { allocated }) => allocated?.[resource] ?? null,
})

export const Cluster = model('virtualization.cluster', {
  label: 'cluster',
  about: 'Hosts on which virtual machines run.',
  features: [...everyday, 'contacts'],

  fields: {
    name: text({ max: 100, collate: 'natural' }),
    type: ref('virtualization.clustertype', { inverse: 'clusters' }),
    group: ref('virtualization.clustergroup', { nullable: true, inverse: 'clusters' }),
    status: choice(ClusterStatus, { default: 'active', filter: { notNull: true } }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'clusters' }),
    ...scoped('clusters'),
    ...primary,
  },

  loads: {
    allocated: ids => sql`
      select cluster_id as id,
        json_build_object('vcpus', sum(vcpus), 'memory', sum(memory), 'disk', sum(disk)) as value
      from virtualization_virtualmachine
      where cluster_id = any(${ids})
      group by cluster_id`,
  },
  derived: {
    allocated_vcpus: allocated('vcpus', 'decimal'),
    allocated_memory: allocated('memory', 'integer'),
    allocated_disk: allocated('disk', 'integer'),
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['group', 'scope'],
  order: ['name'],
  index: [['name']],
  unique: [
    ['group', 'name'],
    ['_site', 'name'],
  ],
  counts: {
    device_count: 'dcim.device.cluster',
    virtualmachine_count: 'virtualization.virtualmachine.cluster',
  },
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description', 'virtualmachine_count'],
  clone: ['scope', 'type', 'group', 'status', 'tenant'],

  filters: scopeFilters,

  file: {
    table: {
      first: [
        'name',
        'type',
        'group',
        'status',
        'tenant',
        ['device_count', 'Devices'],
        ['virtualmachine_count', 'VMs'],
      ],
      more: [
        'id',
        'tenant.group',
        'scope',
        ['scope_type', 'Scope Type'],
        'description',
        'comments',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
    columns: { scope_name: { typed: 'scope_type', sets: 'scope' }, site: { to: 'dcim.site' } },
    item(item, { site }) {
      if (site) Object.assign(item, { scope_type: 'dcim.site', scope_id: site })
    },
  },

  ui: {
    icon: 'stack-2',
    columns: ['name', 'type', 'group', 'status', 'tenant', 'device_count', 'virtualmachine_count'],
    form: {
      Cluster: ['name', 'type', 'group', 'status', 'description', 'tags'],
      Scope: ['scope'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    virtualization_cluster: RowOf<typeof Cluster>
  }
}
