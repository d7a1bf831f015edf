import { boolean, ref, text } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const Script = model('extras.script', {
  label: 'script',
  about: 'A program that users run inside the server.',
  writes: [],
  features: ['event_rules', 'jobs'],

  fields: {
    module: ref('core.managedfile', {
      readonly: true,
      onDelete: 'cascade',
      inverse: 'scripts',
      filter: { only: 'id' },
      bare: true,
    }),
    name: text({ readonly: true, max: 79 }),
    is_executable: boolean({ default: true, readonly: true }),
  },

  display: { from: ['name', 'module'], as: row => `${row.name} (${row.module.replace(/\.py$/, '')})` },
  derived: {
    description: { as: () => '' },
    vars: { as: () => ({}) },
    result: { as: () => null, wire: 'nested object' },
  },
  order: ['module', 'name'],
  unique: [['name', 'module']],
  index: [['module', 'name']],
  quick: ['name'],
  brief: ['name', 'description'],
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_script: RowOf<typeof Script>
  }
}
