import { anyRef, ref } from '../field/index.ts'
import { model, type RowOf } from '../model/index.ts'

export const TaggedItem = model('extras.taggeditem', {
  label: 'tagged item',
  about: 'The assignment of a tag to an object.',
  path: 'tagged-objects',
  page: false,
  writes: [],
  features: [],

  fields: {
    object: anyRef({ feature: 'tags' }, { inverse: '+', onDelete: 'cascade', filters: { typeId: true } }),
    tag: ref('extras.tag', { onDelete: 'cascade', inverse: '+' }),
  },

  display: { from: ['object', 'tag'], as: row => `${row.object} tagged with ${row.tag}` },
  order: ['tag', 'id'],
  unique: [['object_type', 'object_id', 'tag']],
  quick: ['tag.name', 'tag.slug', 'tag.description'],
  brief: ['object_type', 'object_id', 'object', 'tag'],
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_taggeditem: RowOf<typeof TaggedItem>
  }
}
