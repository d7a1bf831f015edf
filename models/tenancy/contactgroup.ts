import { ref, slug, text } from '@demarc/engine/field'
import { model, primary, related, tree, type RowOf } from '@demarc/engine/model'

export const ContactGroup = model('tenancy.contactgroup', {
  label: 'contact group',
  about: 'A grouping of contacts. Contact groups nest.',
  tree: true,

  fields: {
    name: text({ max: 100 }),
    slug: slug(),
    parent: ref('tenancy.contactgroup', {
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
  unique: [['parent', 'name']],
  index: [['sort_path']],
  counts: {
    contact_count: { of: 'tenancy.contact.groups', below: true },
  },
  quick: ['name', 'slug', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'contact_count', '_depth'],

  filters: {
    ancestor: related('parent'),
    contact: related('contact', { only: 'id' }),
  },

  file: {
    table: {
      first: ['name', ['contact_count', 'Contacts'], 'description'],
      more: ['parent', 'comments', 'slug', 'tags', 'created', 'last_updated', 'id', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'folders',
    columns: ['name', 'contact_count', 'description'],
    form: {
      'Contact Group': ['parent', 'name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    tenancy_contactgroup: RowOf<typeof ContactGroup>
  }
}
