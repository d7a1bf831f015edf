import { model, organizational, type RowOf } from '@demarc/engine/model'

export const ContactRole = model('tenancy.contactrole', {
  label: 'contact role',
  about: 'In what capacity a contact serves.',

  fields: {
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description'],

  file: {
    table: {
      first: ['name', 'description'],
      more: ['comments', 'slug', 'tags', 'created', 'last_updated', 'id', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'category',
    columns: ['name', 'description'],
    form: {
      'Contact Role': ['name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    tenancy_contactrole: RowOf<typeof ContactRole>
  }
}
