import { anyRef, choice, choices, ref, text } from '@demarc/engine/field'
import { model, everyday, primary, related, type RowOf } from '@demarc/engine/model'

export const ClusterStatus = choices('virtualization.Cluster.status', {
  planned: ['Planned', 'cyan'],
  staging: ['Staging', 'blue'],
  active: ['Active', 'green'],
  decommissioning: ['Decommissioning', 'yellow'],
  offline: ['Offline', 'red'],
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
    scope: anyRef(['dcim.region', 'dcim.sitegroup', 'dcim.site', 'dcim.location'], {
      nullable: true,
      inverse: 'clusters',
    }),
    _location: ref('dcim.location', { nullable: true, hidden: true, onDelete: 'cascade', inverse: '+', filter: false }),
    _site: ref('dcim.site', { nullable: true, hidden: true, onDelete: 'cascade', inverse: '+', filter: false }),
    _region: ref('dcim.region', { nullable: true, hidden: true, onDelete: 'set null', inverse: '+', filter: false }),
    _site_group: ref('dcim.sitegroup', {
      nullable: true,
      hidden: true,
      onDelete: 'set null',
      inverse: '+',
      filter: false,
    }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
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

  filters: {
    region: related('_region'),
    site_group: related('_site_group'),
    site: related('_site'),
    location: related('_location'),
  },

  ui: {
    icon: 'stack-2',
    columns: ['name', 'type', 'group', 'status', 'tenant', 'device_count'],
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
