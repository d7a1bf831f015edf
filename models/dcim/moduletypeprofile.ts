import { json, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'

export const ModuleTypeProfile = model('dcim.moduletypeprofile', {
  label: 'module type profile',
  about: 'A class of module types that share a set of attributes.',

  fields: {
    name: text({ unique: true, max: 100 }),
    schema: json({ nullable: true }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['schema'],

  file: {
    table: {
      first: ['name', 'description', 'attributes'],
      more: ['id', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'adjustments',
    columns: ['name', 'description'],
    form: {
      Profile: ['name', 'description', 'schema', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_moduletypeprofile: RowOf<typeof ModuleTypeProfile>
  }
}
