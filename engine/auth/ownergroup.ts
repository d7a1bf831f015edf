import { text } from '../field/index.ts'
import { model, type RowOf } from '../model/index.ts'

export const OwnerGroup = model('users.ownergroup', {
  label: 'owner group',
  about: 'A grouping of owners.',
  features: [
    'bookmarks',
    'cloning',
    'custom_links',
    'custom_validation',
    'event_rules',
    'export_templates',
    'notifications',
  ],

  fields: {
    name: text({ unique: true, max: 100 }),
    description: text({ blank: true, default: '', max: 200 }),
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    member_count: 'users.owner.group',
  },
  quick: ['name', 'description'],
  brief: ['name', 'description'],

  file: { table: { first: ['name', ['owner_count', 'Owners'], 'description'], more: ['id'] } },

  ui: {
    icon: 'folders',
    columns: ['name', 'description'],
    form: {
      'Owner Group': ['name', 'description'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    users_ownergroup: RowOf<typeof OwnerGroup>
  }
}
