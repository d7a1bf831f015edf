import { anyRef, choice, choices, ref } from '@demarc/engine/field'
import { model, recorded, related, tagged, type RowOf } from '@demarc/engine/model'

export const ContactPriority = choices('ContactPriority', {
  primary: ['Primary'],
  secondary: ['Secondary'],
  tertiary: ['Tertiary'],
  inactive: ['Inactive'],
})

export const ContactAssignment = model('tenancy.contactassignment', {
  label: 'contact assignment',
  about: 'A contact of an object, and in which role.',
  page: false,
  features: [...recorded, 'custom_fields', 'export_templates', 'tags'],

  fields: {
    object: anyRef(
      { feature: 'contacts' },
      {
        inverse: 'contacts',
        filters: { typeId: true },
        judged: true,
      },
    ),
    contact: ref('tenancy.contact', { inverse: 'assignments', filter: { only: 'id' } }),
    role: ref('tenancy.contactrole', { inverse: 'assignments', required: false }),
    priority: choice(ContactPriority, { nullable: true, filter: { single: true } }),
    ...tagged,
  },

  display: {
    from: ['contact', 'priority', 'object'],
    as: row =>
      `${row.contact}${row.priority ? ` (${ContactPriority.values.get(row.priority)?.label ?? row.priority})` : ''} -> ${row.object}`,
  },
  partOf: ['object'],
  resets: ['priority'],
  order: ['contact', 'priority', 'role', 'id'],
  unique: [['object_type', 'object_id', 'contact', 'role']],
  index: [['contact', 'priority', 'role', 'id']],
  quick: ['contact.name', 'role.name'],
  brief: ['contact', 'role', 'priority'],

  filters: {
    group: related('contact.groups'),
  },

  file: {
    table: {
      first: [
        ['object_type', 'Object Type'],
        'object',
        'contact',
        'role',
        'priority',
        'contact.email',
        'contact.phone',
      ],
      more: [
        'contact.title',
        'contact.address',
        'contact.link',
        'contact.description',
        ['contact.groups', 'Groups'],
        'tags',
        'id',
      ],
    },
  },

  ui: {
    icon: 'link',
    columns: ['object_type', 'object', 'contact', 'role', 'priority'],
    form: {
      'Contact Assignment': ['contact', 'role', 'priority', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    tenancy_contactassignment: RowOf<typeof ContactAssignment>
  }
}
