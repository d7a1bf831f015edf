import { ref, slug, text } from '@demarc/engine/field'
import { model, everyday, primary, related, tree, type RowOf } from '@demarc/engine/model'

export const SiteGroup = model('dcim.sitegroup', {
  label: 'site group',
  about: 'A grouping of sites by anything but geography. Site groups nest.',
  features: [...everyday, 'contacts'],
  tree: true,

  fields: {
    name: text({ max: 100 }),
    slug: slug(),
    parent: ref('dcim.sitegroup', {
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
    { columns: ['parent', 'name'], nulls: 'same', message: 'A site group with this name already exists.' },
    { columns: ['parent', 'slug'], nulls: 'same', message: 'A site group with this slug already exists.' },
  ],
  index: [['sort_path']],
  counts: {
    prefix_count: 'ipam.prefix._site_group',
    site_count: { of: 'dcim.site.group', below: true },
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
    icon: 'map-pins',
    columns: ['name', 'site_count', 'description'],
    form: {
      'Site group': ['parent', 'name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_sitegroup: RowOf<typeof SiteGroup>
  }
}
