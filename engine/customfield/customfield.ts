import {
  boolean,
  choice,
  choices,
  decimal,
  json,
  markdown,
  modelName,
  modelNames,
  ref,
  smallint,
  text,
} from '../field/index.ts'
import { model, logged, recorded, type RowOf } from '../model/index.ts'

export const CustomFieldType = choices('CustomFieldType', {
  text: ['Text'],
  longtext: ['Text (long)'],
  integer: ['Integer'],
  decimal: ['Decimal'],
  boolean: ['Boolean'],
  date: ['Date'],
  datetime: ['Date & time'],
  url: ['URL'],
  json: ['JSON'],
  select: ['Selection'],
  multiselect: ['Multiple selection'],
  object: ['Object'],
  multiobject: ['Multiple objects'],
})

export const CustomFieldStatus = choices('CustomFieldStatus', {
  active: ['Active', 'green'],
  provisioning: ['Provisioning', 'cyan'],
  deleting: ['Deleting', 'red'],
})

export const CustomFieldFilterLogic = choices('CustomFieldFilterLogic', {
  disabled: ['Disabled'],
  loose: ['Loose'],
  exact: ['Exact'],
})

export const CustomFieldUIVisible = choices('CustomFieldUIVisible', {
  always: ['Always', 'green'],
  'if-set': ['If set', 'yellow'],
  hidden: ['Hidden', 'gray'],
})

export const CustomFieldUIEditable = choices('CustomFieldUIEditable', {
  yes: ['Yes', 'green'],
  no: ['No', 'red'],
  hidden: ['Hidden', 'gray'],
})

/** The type of the JSON value of a field that is not shown as a string. */
const dataTypes = {
  integer: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  json: 'object',
  object: 'object',
  multiselect: 'array',
  multiobject: 'array',
} as const

/** `rack_unit` as a person would write it: `Rack unit`. */
const prettified = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).toLowerCase().replaceAll('_', ' ')

export const CustomField = model('extras.customfield', {
  label: 'custom field',
  about: 'A field that users added to objects of some types.',
  features: [...recorded, 'cloning', 'export_templates'],

  fields: {
    object_types: modelNames({
      some: true,
      having: 'custom_fields',
      help: 'The object(s) to which this field applies.',
      filter: { name: 'object_type', typeId: true },
    }),
    type: choice(CustomFieldType, {
      default: 'text',
      help: 'The type of data this custom field holds',
      required: true,
    }),
    related_object_type: modelName({
      nullable: true,
      help: 'The type of object this field maps to (for object fields)',
      filter: { typeId: true },
    }),
    name: text({ unique: true, help: 'Internal field name', max: 50 }),
    label: text({
      blank: true,
      default: '',
      help: "Name of the field as displayed to users (if not provided, 'the field's name will be used)",
      max: 50,
    }),
    group_name: text({
      blank: true,
      default: '',
      help: 'Custom fields within the same group will be displayed together',
      max: 50,
    }),
    description: text({ blank: true, default: '', max: 200 }),
    required: boolean({
      default: false,
      help: 'This field is required when creating new objects or editing an existing object.',
    }),
    unique: boolean({
      default: false,
      label: 'must be unique',
      help: 'The value of this field must be unique for the assigned object',
    }),
    search_weight: smallint({
      default: 1000,
      help: 'Weighting for search. Lower values are considered more important. Fields with a search weight of zero will be ignored.',
      min: 0,
    }),
    filter_logic: choice(CustomFieldFilterLogic, {
      default: 'loose',
      help: 'Loose matches any instance of a given string; exact matches the entire field.',
      filter: { single: true },
    }),
    ui_visible: choice(CustomFieldUIVisible, {
      default: 'always',
      label: 'UI visible',
      help: 'Specifies whether the custom field is displayed in the UI',
      filter: { single: true },
    }),
    ui_editable: choice(CustomFieldUIEditable, {
      default: 'yes',
      label: 'UI editable',
      help: 'Specifies whether the custom field value can be edited in the UI',
      filter: { single: true },
    }),
    is_cloneable: boolean({ default: false, help: 'Replicate this value when cloning objects' }),
    nulls_first: boolean({
      default: true,
      help: 'Sort null values before non-null values when ordering by this field',
    }),
    default: json({
      nullable: true,
      help: 'Default value for the field (must be a JSON value). Encapsulate strings with double quotes (e.g. "Foo").',
    }),
    related_object_filter: json({
      nullable: true,
      help: 'Filter the object selection choices using a query_params dict (must be a JSON value).Encapsulate strings with double quotes (e.g. "Foo").',
    }),
    weight: smallint({
      default: 100,
      label: 'display weight',
      help: 'Fields with higher weights appear lower in a form.',
      min: 0,
    }),
    validation_minimum: decimal({
      digits: 16,
      places: 4,
      nullable: true,
      label: 'minimum value',
      help: 'Minimum allowed value (for numeric fields)',
    }),
    validation_maximum: decimal({
      digits: 16,
      places: 4,
      nullable: true,
      label: 'maximum value',
      help: 'Maximum allowed value (for numeric fields)',
    }),
    validation_regex: text({ blank: true, default: '', max: 500 }),
    validation_schema: json({ nullable: true, help: 'A JSON schema definition for validating the custom field value' }),
    choice_set: ref('extras.customfieldchoiceset', { nullable: true, inverse: 'choices_for' }),
    status: choice(CustomFieldStatus, {
      default: 'active',
      help: 'Operational state of the field',
      readonly: true,
      filter: { single: true },
    }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    comments: markdown({ blank: true, default: '', filter: false }),
    ...logged,
  },

  display: { from: ['label', 'name'], as: row => row.label || prettified(row.name) },
  derived: { data_type: { from: ['type'], as: row => dataTypes[row.type as keyof typeof dataTypes] ?? 'string' } },
  order: ['group_name', 'weight', 'name'],
  index: [['group_name', 'weight', 'name']],
  quick: ['name', 'label', 'group_name', 'description', 'comments'],
  search: { name: 100, label: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: [
    'object_types',
    'type',
    'related_object_type',
    'group_name',
    'description',
    'required',
    'unique',
    'search_weight',
    'filter_logic',
    'default',
    'weight',
    'validation_minimum',
    'validation_maximum',
    'validation_regex',
    'validation_schema',
    'choice_set',
    'ui_visible',
    'ui_editable',
    'is_cloneable',
    'nulls_first',
  ],

  file: {
    table: {
      first: [
        'name',
        'status',
        ['object_types', 'Object Types'],
        'label',
        'group_name',
        'type',
        'required',
        ['unique', 'Validate Uniqueness'],
        'description',
      ],
      more: [
        'id',
        ['related_object_type', 'Related Object Type'],
        'default',
        'search_weight',
        'filter_logic',
        ['ui_visible', 'Visible'],
        ['ui_editable', 'Editable'],
        ['is_cloneable', 'Is Cloneable'],
        ['nulls_first', 'Nulls First'],
        'weight',
        ['choice_set', 'Choice Set'],
        'choices',
        ['validation_minimum', 'Minimum Value'],
        ['validation_maximum', 'Maximum Value'],
        ['validation_regex', 'Validation Regex'],
        ['validation_schema', 'Validation Schema'],
        'comments',
        'created',
        'last_updated',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'forms',
    columns: ['name', 'status', 'object_types', 'label', 'group_name', 'type', 'required', 'unique', 'description'],
    form: {
      'Custom Field': [
        'object_types',
        'name',
        'label',
        'group_name',
        'description',
        'type',
        'required',
        'unique',
        'default',
      ],
      Validation: ['validation_regex'],
      Behavior: ['search_weight', 'filter_logic', 'ui_visible', 'ui_editable', 'weight', 'is_cloneable', 'nulls_first'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_customfield: RowOf<typeof CustomField>
  }
}
