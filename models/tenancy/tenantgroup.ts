import { ref, slug, text } from '@demarc/engine/field'
import { model, primary, related, tree, type RowOf } from '@demarc/engine/model'

export const TenantGroup = model('tenancy.tenantgroup', {
  label: 'tenant group',
  about: 'A grouping of tenants. Tenant groups nest.',
  tree: true,

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    slug: slug({ unique: true }),
    parent: ref('tenancy.tenantgroup', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'children',
      filter: { exact: true },
      nested: ['id', 'url', 'display_url', 'display', 'name', 'slug', '_depth'],
    }),
    ...primary,
    ...tree,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['parent'],
  order: ['sort_path'],
  index: [['sort_path']],
  counts: {
    tenant_count: { of: 'tenancy.tenant.group', below: true },
  },
  quick: ['name', 'slug', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'tenant_count', '_depth'],

  filters: {
    ancestor: related('parent'),
  },

  file: {
    table: {
      first: ['name', ['tenant_count', 'Tenants'], 'description'],
      more: ['id', 'parent', 'comments', 'slug', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'folders',
    columns: ['name', 'tenant_count', 'description'],
    form: {
      'Tenant Group': ['parent', 'name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    tenancy_tenantgroup: RowOf<typeof TenantGroup>
  }
}
