import { anyRef, choice, choices, datetime, markdown, ref } from '@demarc/engine/field'
import { compare, model, recorded, tagged, type RowOf } from '@demarc/engine/model'

export const JournalEntryKind = choices('extras.JournalEntry.kind', {
  info: ['Info', 'cyan'],
  success: ['Success', 'green'],
  warning: ['Warning', 'yellow'],
  danger: ['Danger', 'red'],
})

export const JournalEntry = model('extras.journalentry', {
  label: 'journal entry',
  plural: 'journal entries',
  about: 'A note on an object, kept beside its history.',
  features: [...recorded, 'custom_fields', 'custom_links', 'export_templates', 'tags'],

  fields: {
    assigned_object: anyRef(
      { feature: 'journaling' },
      { inverse: 'journal_entries', judged: true, missing: 'assigned_object', filters: { typeId: true } },
    ),
    created_by: ref('users.user', {
      file: { by: 'id' },
      nullable: true,
      once: true,
      onDelete: 'set null',
      bare: true,
    }),
    kind: choice(JournalEntryKind, { default: 'info', max: 30 }),
    comments: markdown({ filter: false }),
    ...tagged,
    created: datetime({ nullable: true, readonly: true, filter: false }),
  },

  display: {
    from: ['created', 'kind'],
    as: row =>
      `${row.created.slice(0, 16).replace('T', ' ')} (${JournalEntryKind.values.get(row.kind)?.label ?? row.kind})`,
  },
  order: ['-created'],
  index: [['-created']],
  quick: ['comments'],
  search: { comments: 5000 },
  brief: ['created'],

  filters: {
    created_after: compare('created', { single: true, lookup: 'gte', plain: true }),
    created_before: compare('created', { single: true, lookup: 'lte', plain: true }),
  },

  file: {
    table: {
      first: [
        'created',
        'created_by',
        ['assigned_object_type', 'Object Type'],
        ['assigned_object', 'Object'],
        'kind',
        'comments',
      ],
      more: ['id', ['comments', 'Comments (Short)'], 'tags'],
    },
  },

  ui: {
    icon: 'notebook',
    columns: ['created', 'created_by', 'assigned_object_type', 'assigned_object', 'kind', 'comments'],
    form: {
      'Journal entry': ['assigned_object_type', 'assigned_object_id', 'created_by', 'kind', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_journalentry: RowOf<typeof JournalEntry>
  }
}
