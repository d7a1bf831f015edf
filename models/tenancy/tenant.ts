import { ref, slug, text } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'

export const Tenant = model('tenancy.tenant', {
  label: 'tenant',
  about: 'A customer or department to which objects belong.',
  features: [...everyday, 'contacts'],

  fields: {
    name: text({ max: 100, collate: 'natural' }),
    slug: slug(),
    group: ref('tenancy.tenantgroup', { nullable: true, onDelete: 'set null', inverse: 'tenants' }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['group'],
  order: ['name'],
  index: [['name']],
  unique: [
    { columns: ['group', 'name'], nulls: 'same', message: 'Tenant name must be unique per group.' },
    { columns: ['group', 'slug'], nulls: 'same', message: 'Tenant slug must be unique per group.' },
  ],
  counts: {
    circuit_count: 'circuits.circuit.tenant',
    device_count: 'dcim.device.tenant',
    ipaddress_count: 'ipam.ipaddress.tenant',
    prefix_count: 'ipam.prefix.tenant',
    rack_count: 'dcim.rack.tenant',
    site_count: 'dcim.site.tenant',
    virtualmachine_count: 'virtualization.virtualmachine.tenant',
    vlan_count: 'ipam.vlan.tenant',
    vrf_count: 'ipam.vrf.tenant',
    cluster_count: 'virtualization.cluster.tenant',
  },
  quick: ['name', 'slug', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description'],
  clone: ['group', 'description'],

  file: {
    table: {
      first: ['name', 'group', 'description'],
      more: ['id', 'slug', 'comments', 'contacts', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'users-group',
    columns: ['name', 'group', 'site_count', 'device_count', 'description'],
    form: {
      Tenant: ['name', 'slug', 'group', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    tenancy_tenant: RowOf<typeof Tenant>
  }
}
