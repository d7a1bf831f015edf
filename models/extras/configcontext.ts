import { boolean, datetime, json, ref, refs, smallint, text } from '@demarc/engine/field'
import { model, logged, recorded, related, type RowOf } from '@demarc/engine/model'

export const ConfigContext = model('extras.configcontext', {
  label: 'config context',
  about: 'Data handed to the devices and virtual machines to which it applies.',
  features: [...recorded, 'cloning', 'custom_links', 'synced_data'],

  fields: {
    name: text({ unique: true, max: 100 }),
    weight: smallint({ default: 1000, min: 0 }),
    profile: ref('extras.configcontextprofile', { nullable: true, inverse: 'config_contexts' }),
    description: text({ blank: true, default: '', max: 200 }),
    is_active: boolean({ default: true }),
    regions: refs('dcim.region', { inverse: '+', filter: false }),
    site_groups: refs('dcim.sitegroup', { inverse: '+', filter: false }),
    sites: refs('dcim.site', { inverse: '+', filter: false }),
    locations: refs('dcim.location', { inverse: '+', filter: false }),
    device_types: refs('dcim.devicetype', { inverse: '+', filter: false }),
    roles: refs('dcim.devicerole', { inverse: '+', filter: false }),
    platforms: refs('dcim.platform', { inverse: '+', filter: false }),
    cluster_types: refs('virtualization.clustertype', {
      inverse: '+',
      filter: false,
    }),
    cluster_groups: refs('virtualization.clustergroup', {
      inverse: '+',
      filter: false,
    }),
    clusters: refs('virtualization.cluster', { inverse: '+', filter: false }),
    tenant_groups: refs('tenancy.tenantgroup', { inverse: '+', filter: false }),
    tenants: refs('tenancy.tenant', { inverse: '+', filter: false }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    tags: refs('extras.tag', { inverse: '+', as: 'slug', filter: { name: 'tag' } }),
    data_source: ref('core.datasource', {
      nullable: true,
      help: 'Remote data source',
      inverse: '+',
      filter: { only: 'id' },
    }),
    data_path: text({
      blank: true,
      default: '',
      help: 'Path to remote file (relative to data source root)',
      readonly: true,
      max: 1000,
      filter: false,
    }),
    data_file: ref('core.datafile', { nullable: true, onDelete: 'set null', inverse: '+', filter: { only: 'id' } }),
    data_synced: datetime({ nullable: true, label: 'date synced', readonly: true }),
    data: json(),
    auto_sync_enabled: boolean({
      default: false,
      help: 'Enable automatic synchronization of data when the data file is updated',
      hidden: true,
    }),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['weight', 'name'],
  index: [['weight', 'name']],
  quick: ['name', 'description', 'data'],
  brief: ['name', 'description'],
  clone: [
    'weight',
    'profile',
    'is_active',
    'regions',
    'site_groups',
    'sites',
    'locations',
    'device_types',
    'roles',
    'platforms',
    'cluster_types',
    'cluster_groups',
    'clusters',
    'tenant_groups',
    'tenants',
    'tags',
    'data',
  ],

  filters: {
    tenant_group: related('tenant_groups', { exact: true }),
    region: related('regions', { exact: true }),
    site_group: related('site_groups', { exact: true }),
    site: related('sites'),
    location: related('locations', { exact: true }),
    device_type: related('device_types', { only: 'id' }),
    device_role: related('roles', { exact: true }),
    platform: related('platforms', { exact: true }),
    cluster_type: related('cluster_types'),
    cluster_group: related('cluster_groups'),
    cluster: related('clusters', { only: 'id' }),
    tenant: related('tenants'),
  },

  file: {
    table: {
      first: ['name', 'weight', 'profile', ['is_active', 'Active'], ['is_synced', 'Synced'], 'description'],
      more: [
        'id',
        'regions',
        'sites',
        'locations',
        'roles',
        'platforms',
        'cluster_types',
        'cluster_groups',
        'clusters',
        'tenant_groups',
        'tenants',
        ['data_source', 'Data Source'],
        ['data_file', 'Data File'],
        'data_synced',
        'tags',
        'created',
        'last_updated',
        'owner',
      ],
    },
  },

  ui: {
    columns: ['name', 'weight', 'profile', 'is_active', 'description'],
    form: {
      'Config Context': ['name', 'weight', 'profile', 'description', 'data', 'is_active'],
      'Data Source': ['data_source', 'data_file', 'auto_sync_enabled'],
      Assignment: [
        'regions',
        'site_groups',
        'sites',
        'locations',
        'device_types',
        'roles',
        'platforms',
        'cluster_types',
        'cluster_groups',
        'clusters',
        'tenant_groups',
        'tenants',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_configcontext: RowOf<typeof ConfigContext>
  }
}
