import { email, refs, text, url } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'

export const Contact = model('tenancy.contact', {
  label: 'contact',
  about: 'A person or desk to turn to.',

  fields: {
    groups: refs('tenancy.contactgroup', { filter: false }),
    name: text({ max: 100, collate: 'natural' }),
    title: text({ blank: true, default: '', max: 100 }),
    phone: text({ blank: true, default: '', max: 50 }),
    email: email({ blank: true, default: '' }),
    address: text({ blank: true, default: '', max: 200 }),
    link: url({ blank: true, default: '' }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  index: [['name']],
  quick: ['name', 'title', 'phone', 'email', 'address', 'link', 'description', 'comments'],
  search: { name: 100, title: 300, phone: 300, email: 300, address: 300, link: 300, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['groups'],

  filters: {
    group: related('groups'),
  },

  file: {
    table: {
      first: ['name', 'groups', ['assignment_count', 'Assignments'], 'title', 'phone', 'email'],
      more: [
        'address',
        'link',
        'description',
        'comments',
        'tags',
        'created',
        'last_updated',
        'id',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'address-book',
    columns: ['name', 'groups', 'title', 'phone', 'email'],
    form: {
      Contact: ['groups', 'name', 'title', 'phone', 'email', 'address', 'link', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    tenancy_contact: RowOf<typeof Contact>
  }
}
