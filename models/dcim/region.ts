import { ref, slug, text } from '@demarc/engine/field'
import { model, everyday, primary, related, tree, type RowOf } from '@demarc/engine/model'

export const Region = model('dcim.region', {
  label: 'region',
  about: 'A geographic area. Regions nest, and hold sites.',
  features: [...everyday, 'contacts'],
  tree: true,

  fields: {
    name: text({ max: 100 }),
    slug: slug(),
    parent: ref('dcim.region', {
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
  unique: [
    { columns: ['parent', 'name'], nulls: 'same', message: 'A region with this name already exists.' },
    { columns: ['parent', 'slug'], nulls: 'same', message: 'A region with this slug already exists.' },
  ],
  index: [['sort_path']],
  counts: {
    prefix_count: 'ipam.prefix._region',
    site_count: { of: 'dcim.site.region', below: true },
  },
  quick: ['name', 'slug', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'site_count', '_depth'],

  filters: {
    ancestor: related('parent'),
  },

  file: {
    table: {
      first: ['name', ['site_count', 'Sites'], 'description'],
      more: ['id', 'parent', 'slug', 'comments', 'contacts', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'world',
    columns: ['name', 'site_count', 'description'],
    form: {
      Region: ['parent', 'name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_region: RowOf<typeof Region>
  }
}
