import { choice, choices, decimal, ref, refs, slug, text, timezone } from '@demarc/engine/field'
import { model, everyday, primary, related, type RowOf } from '@demarc/engine/model'

export const SiteStatus = choices('dcim.Site.status', {
  planned: ['Planned', 'cyan'],
  staging: ['Staging', 'blue'],
  active: ['Active', 'green'],
  decommissioning: ['Decommissioning', 'yellow'],
  retired: ['Retired', 'red'],
})

export const Site = model('dcim.site', {
  label: 'site',
  about: 'A physical place: a building, a campus or a cabinet by the road. Racks, devices and VLANs belong to it.',
  features: [...everyday, 'contacts', 'image_attachments'],

  fields: {
    name: text({ unique: true, help: 'Full name of the site', max: 100, collate: 'natural' }),
    slug: slug({ unique: true }),
    status: choice(SiteStatus, { default: 'active', filter: { notNull: true } }),
    region: ref('dcim.region', { nullable: true, onDelete: 'set null', inverse: 'sites' }),
    group: ref('dcim.sitegroup', { nullable: true, onDelete: 'set null', inverse: 'sites' }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'sites' }),
    facility: text({ blank: true, default: '', help: 'Local facility ID or description', max: 50 }),
    time_zone: timezone({ nullable: true }),
    physical_address: text({
      blank: true,
      default: '',
      help: 'Physical location of the building',
      max: 200,
      filter: false,
    }),
    shipping_address: text({
      blank: true,
      default: '',
      help: 'If different from the physical address',
      max: 200,
      filter: false,
    }),
    latitude: decimal({
      digits: 8,
      places: 6,
      min: -90,
      max: 90,
      nullable: true,
      help: 'GPS coordinate in decimal format (xx.yyyyyy)',
    }),
    longitude: decimal({
      digits: 9,
      places: 6,
      min: -180,
      max: 180,
      nullable: true,
      help: 'GPS coordinate in decimal format (xx.yyyyyy)',
    }),
    asns: refs('ipam.asn', { inverse: 'sites', filter: false }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    circuit_count: 'circuits.circuittermination._site',
    device_count: 'dcim.device.site',
    prefix_count: 'ipam.prefix._site',
    rack_count: 'dcim.rack.site',
    virtualmachine_count: 'virtualization.virtualmachine.site',
    vlan_count: 'ipam.vlan.site',
  },
  quick: [
    'name',
    'facility',
    'description',
    'physical_address',
    'shipping_address',
    'comments',
    { equals: 'asns.asn' },
  ],
  search: {
    name: 100,
    facility: 100,
    slug: 110,
    description: 500,
    physical_address: 2000,
    shipping_address: 2000,
    comments: 5000,
  },
  brief: ['name', 'description', 'slug'],
  clone: [
    'status',
    'region',
    'group',
    'tenant',
    'facility',
    'time_zone',
    'physical_address',
    'shipping_address',
    'latitude',
    'longitude',
    'description',
  ],

  filters: {
    asn: related('asns'),
  },

  file: {
    table: {
      first: ['name', 'status', 'facility', 'region', 'group', 'tenant', 'description'],
      more: [
        'id',
        'slug',
        'tenant.group',
        ['asns', 'ASNs'],
        ['asn_count', 'ASN Count'],
        'time_zone',
        'physical_address',
        'shipping_address',
        'latitude',
        'longitude',
        'comments',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
        ['device_count', 'Devices'],
      ],
    },
  },

  ui: {
    icon: 'map-pin',
    columns: ['name', 'status', 'facility', 'region', 'group', 'tenant', 'rack_count', 'device_count', 'description'],
    form: {
      Site: ['name', 'slug', 'status', 'region', 'group', 'facility', 'asns', 'time_zone', 'description', 'tags'],
      Tenancy: ['tenant'],
      'Contact Info': ['physical_address', 'shipping_address', 'latitude', 'longitude'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_site: RowOf<typeof Site>
  }
}
