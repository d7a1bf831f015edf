import { ref, slug, text } from '@demarc/engine/field'
import { model, primary, related, tree, type RowOf } from '@demarc/engine/model'

export const WirelessLANGroup = model('wireless.wirelesslangroup', {
  label: 'wireless LAN group',
  about: 'A grouping of wireless LANs. Wireless LAN groups nest.',
  tree: true,

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    slug: slug({ unique: true }),
    parent: ref('wireless.wirelesslangroup', {
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
    wirelesslan_count: { of: 'wireless.wirelesslan.group', below: true },
  },
  quick: ['name', 'slug', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'wirelesslan_count', '_depth'],

  filters: {
    ancestor: related('parent'),
  },

  file: {
    table: {
      first: ['name', ['wirelesslan_count', 'Wireless LANs'], 'description'],
      more: ['parent', 'slug', 'comments', 'tags', 'created', 'last_updated', 'id', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'folders',
    columns: ['name', 'wirelesslan_count', 'description'],
    form: {
      'Wireless LAN Group': ['parent', 'name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    wireless_wirelesslangroup: RowOf<typeof WirelessLANGroup>
  }
}
