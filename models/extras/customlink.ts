import { boolean, choice, choices, modelNames, ref, smallint, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'

export const CustomLinkButtonClass = choices('CustomLinkButtonClass', {
  default: ['Default'],
  blue: ['Blue'],
  indigo: ['Indigo'],
  purple: ['Purple'],
  pink: ['Pink'],
  red: ['Red'],
  orange: ['Orange'],
  yellow: ['Yellow'],
  green: ['Green'],
  teal: ['Teal'],
  cyan: ['Cyan'],
  gray: ['Gray'],
  black: ['Black'],
  white: ['White'],
  'ghost-dark': ['Link'],
})

export const CustomLink = model('extras.customlink', {
  label: 'custom link',
  about: 'A link shown on the pages of some objects.',
  features: [...recorded, 'cloning', 'export_templates'],

  fields: {
    object_types: modelNames({
      some: true,
      having: 'custom_links',
      help: 'The object type(s) to which this link applies.',
      filter: { name: 'object_type', typeId: true },
    }),
    name: text({ unique: true, max: 100 }),
    enabled: boolean({ default: true }),
    link_text: text({ help: 'Jinja2 template code for link text', filter: { single: true, noEmpty: true } }),
    link_url: text({
      label: 'link URL',
      help: 'Jinja2 template code for link URL',
      filter: { single: true, noEmpty: true },
    }),
    weight: smallint({ default: 100, min: 0 }),
    group_name: text({
      blank: true,
      default: '',
      help: 'Links with the same group will appear as a dropdown menu',
      max: 50,
    }),
    button_class: choice(CustomLinkButtonClass, {
      bare: true,
      default: 'default',
      help: 'The class of the first link in a group will be used for the dropdown button',
      filter: { single: true },
      max: 30,
    }),
    new_window: boolean({ default: false, help: 'Force link to open in a new window' }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['group_name', 'weight', 'name'],
  index: [['group_name', 'weight', 'name']],
  quick: ['name', 'link_text', 'link_url', 'group_name'],
  brief: ['name'],
  clone: ['object_types', 'enabled', 'weight', 'group_name', 'button_class', 'new_window'],

  file: {
    table: {
      first: [
        'name',
        ['object_types', 'Object Types'],
        'enabled',
        'group_name',
        'button_class',
        ['new_window', 'New Window'],
      ],
      more: ['id', 'link_text', 'link_url', 'weight', 'created', 'last_updated', 'owner'],
    },
  },

  ui: {
    icon: 'link',
    columns: ['name', 'object_types', 'enabled', 'group_name', 'button_class', 'new_window'],
    form: {
      'Custom Link': ['name', 'object_types', 'weight', 'group_name', 'button_class', 'enabled', 'new_window'],
      Templates: ['link_text', 'link_url'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_customlink: RowOf<typeof CustomLink>
  }
}
