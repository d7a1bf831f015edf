import { sql } from 'kysely'
import { choicesOf } from './codes.ts'
import { boolean, choice, choices, json, list, ref, text } from '../field/index.ts'
import { anyOf, model, logged, recorded, type RowOf } from '../model/index.ts'

export const CustomFieldChoiceSetBase = choices('CustomFieldChoiceSetBase', {
  IATA: ['IATA (Airport codes)'],
  ISO_3166: ['ISO 3166 (Country codes)'],
  UN_LOCODE: ['UN/LOCODE (Location codes)'],
})

/** The colors that a choice may have. */
export const choiceColors: readonly string[] =
  'blue indigo purple pink red orange yellow green teal cyan gray black white'.split(' ')

export const CustomFieldChoiceSet = model('extras.customfieldchoiceset', {
  label: 'custom field choice set',
  about: 'The choices that a selection field offers.',
  uiPath: 'custom-field-choices',
  features: [...recorded, 'cloning', 'export_templates'],

  fields: {
    name: text({ unique: true, max: 100 }),
    description: text({ blank: true, default: '', max: 200 }),
    base_choices: choice(CustomFieldChoiceSetBase, {
      nullable: true,
      help: 'Base set of predefined choices (optional)',
      filter: { single: true },
    }),
    extra_choices: list({ nullable: true, of: 'character varying(100)[]', required: true }),
    choice_colors: json({ default: {}, wire: 'nested object' }),
    order_alphabetically: boolean({ default: false, help: 'Choices are automatically ordered alphabetically' }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  derived: {
    choices_count: {
      from: ['base_choices', 'extra_choices', 'order_alphabetically'],
      as: row => choicesOf(row).length,
      wire: 'integer',
    },
  },
  order: ['name'],
  quick: ['name', 'description'],
  brief: ['name', 'description', 'choices_count'],
  filters: {
    choice: anyOf(
      'text',
      (row, values) =>
        sql`exists (select from unnest(${row['extra_choices']}[:][1:1]) as value where value = any(${values}))`,
    ),
    choice_colors: anyOf(
      'choice',
      (row, values) =>
        sql`exists (select from jsonb_each_text(${row['choice_colors']}) as one where one.value = any(${values}))`,
      { choices: choiceColors },
    ),
  },
  clone: ['extra_choices', 'choice_colors', 'order_alphabetically'],

  file: {
    table: {
      first: ['name', 'base_choices', ['extra_choices', 'Count'], 'description'],
      more: [
        'id',
        'extra_choices',
        ['extra_choices', 'Choices'],
        ['order_alphabetically', 'Order Alphabetically'],
        'created',
        'last_updated',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'list',
    columns: ['name', 'base_choices', 'description'],
    form: {
      'Custom Field Choice Set': [
        'name',
        'description',
        'base_choices',
        'extra_choices',
        'choice_colors',
        'order_alphabetically',
      ],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_customfieldchoiceset: RowOf<typeof CustomFieldChoiceSet>
  }
}
