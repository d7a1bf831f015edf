import { color, modelNames, ref, slug, smallint, text } from '../field/index.ts'
import { model, logged, recorded, type RowOf } from '../model/index.ts'

export const Tag = model('extras.tag', {
  label: 'tag',
  about: 'A label that can be put on objects of any type.',
  features: [...recorded, 'cloning', 'export_templates'],

  fields: {
    name: text({ unique: true, max: 100 }),
    slug: slug({ unique: true }),
    color: color({ default: '9e9e9e' }),
    description: text({ blank: true, default: '', max: 200 }),
    weight: smallint({ default: 1000, min: 0 }),
    object_types: modelNames({ help: 'The object type(s) to which this tag can be applied.', default: [] }),
    owner: ref('users.owner', { nullable: true, hidden: true, inverse: '+' }),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['weight', 'name'],
  index: [['weight', 'name']],
  counts: {
    tagged_items: 'extras.taggeditem.tag',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500 },
  brief: ['name', 'slug', 'color', 'description'],
  clone: ['color', 'description', 'object_types'],

  ui: {
    icon: 'tag',
    columns: ['name', 'slug', 'color', 'description'],
    form: {
      Tag: ['name', 'slug', 'color', 'weight', 'description', 'object_types'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_tag: RowOf<typeof Tag>
  }
}
