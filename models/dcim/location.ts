import { choice, choices, ref, slug, text } from '@demarc/engine/field'
import { model, everyday, primary, related, tree, type RowOf } from '@demarc/engine/model'

export const LocationStatus = choices('dcim.Location.status', {
  planned: ['Planned', 'cyan'],
  staging: ['Staging', 'blue'],
  active: ['Active', 'green'],
  decommissioning: ['Decommissioning', 'yellow'],
  retired: ['Retired', 'red'],
})

export const Location = model('dcim.location', {
  label: 'location',
  about: 'An area inside a site, as a floor or a room. Locations nest.',
  features: [...everyday, 'contacts', 'image_attachments'],
  tree: true,

  fields: {
    name: text({ max: 100 }),
    slug: slug(),
    site: ref('dcim.site', { onDelete: 'cascade', inverse: 'locations' }),
    parent: ref('dcim.location', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'children',
      filter: { exact: true },
      nested: ['id', 'url', 'display_url', 'display', 'name', 'slug', '_depth'],
    }),
    status: choice(LocationStatus, { default: 'active', filter: { notNull: true } }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'locations' }),
    facility: text({ blank: true, default: '', help: 'Local facility ID or description', max: 50 }),
    ...primary,
    ...tree,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['parent'],
  order: ['site', 'sort_path'],
  unique: [
    {
      columns: ['site', 'parent', 'name'],
      nulls: 'same',
      message: 'A location with this name already exists within the specified site.',
    },
    {
      columns: ['site', 'parent', 'slug'],
      nulls: 'same',
      message: 'A location with this slug already exists within the specified site.',
    },
  ],
  index: [['sort_path']],
  counts: {
    prefix_count: 'ipam.prefix._location',
    rack_count: { of: 'dcim.rack.location', below: true },
    device_count: { of: 'dcim.device.location', below: true },
  },
  quick: ['name', 'facility', 'slug', 'description', 'comments'],
  search: { name: 100, facility: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'rack_count', '_depth'],
  clone: ['site', 'parent', 'status', 'tenant', 'facility', 'description'],

  filters: {
    region: related('site.region'),
    site_group: related('site.group'),
    ancestor: related('parent'),
  },

  file: {
    table: {
      first: [
        'name',
        'site',
        'status',
        'facility',
        'tenant',
        ['rack_count', 'Racks'],
        ['device_count', 'Devices'],
        ['vlangroup_count', 'VLAN Groups'],
        'description',
      ],
      more: [
        'id',
        'parent',
        'tenant.group',
        'slug',
        'comments',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'building',
    columns: ['name', 'site', 'status', 'facility', 'tenant', 'rack_count', 'device_count', 'description'],
    form: {
      Location: ['site', 'parent', 'name', 'slug', 'status', 'facility', 'description', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_location: RowOf<typeof Location>
  }
}
