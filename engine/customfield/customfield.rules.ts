import { schemaFault } from '../jsonschema/index.ts'
import { rules, type Batch, type Change } from '../model/index.ts'
import { CustomField, CustomFieldType } from './customfield.ts'
import { isBeingWritten, isForJob, leaveProvisioning, leavePurge } from './jobs.ts'
import { patternOf } from './pattern.ts'
import { changeStored, noStoredChanges } from './stored.ts'
import { isEmpty, storedValue, valueFault, type ValueRules } from './value.ts'

const numeric = new Set(['integer', 'decimal'])
const textual = new Set(['text', 'longtext', 'url'])
const selections = new Set(['select', 'multiselect'])
const pointing = new Set(['object', 'multiobject'])

export default rules(CustomField, {
  refs: ['choice_set'],
  load: async ({ settings }: Batch) => settings,
  prepare: {
    'the type of a field stays': ({ before, changed, fail }) => {
      if (before && changed('type')) fail('type', 'Changing the type of custom fields is not supported.')
    },
    'a field is left alone while its values are being written': ({ before, row, fail }) => {
      if (before && before['status'] !== 'active')
        fail(
          null,
          `Custom field '${before['name']}' cannot be modified while its stored data is being updated (status: ${row['status']}).`,
        )
    },
  },
  check: {
    'a name has letters, digits and single underscores': ({ row, fail }) => {
      if (!/^[a-z0-9_]+$/i.test(row['name'])) fail('name', 'Only alphanumeric characters and underscores are allowed.')
      else if (row['name'].includes('__')) fail('name', 'Double underscores are not permitted in custom field names.')
    },
    'numbers alone have bounds': ({ row, fail }) => {
      if (numeric.has(row['type'])) return
      if (Number(row['validation_minimum']))
        fail('validation_minimum', 'A minimum value may be set only for numeric fields')
      if (Number(row['validation_maximum']))
        fail('validation_maximum', 'A maximum value may be set only for numeric fields')
    },
    'texts alone follow a pattern, which can be read': ({ row, fail }) => {
      if (!row['validation_regex']) return
      if (!textual.has(row['type']))
        fail('validation_regex', 'Regular expression validation is supported only for text and URL fields')
      else if (!patternOf(row['validation_regex'])) fail('validation_regex', 'Enter a valid regular expression.')
    },
    'JSON alone follows a schema, which is one': ({ row, fail }) => {
      const schema = row['validation_schema']
      if (isEmpty(schema)) return
      const fault =
        row['type'] === 'json' ? schemaFault(schema) : 'JSON schema validation is supported only for JSON fields'
      if (fault) fail('validation_schema', fault)
    },
    'what is true or false cannot be unique': ({ row, fail }) => {
      if (row['unique'] && row['type'] === 'boolean') fail('unique', 'Uniqueness cannot be enforced for boolean fields')
    },
    'selections, and they alone, have a set of choices': ({ row, fail }) => {
      const selects = selections.has(row['type'])
      if (selects && row['choice_set_id'] === null)
        fail('choice_set', 'Selection fields must specify a set of choices.')
      if (!selects && row['choice_set_id'] !== null) fail('choice_set', 'Choices may be set only on selection fields.')
    },
    'fields of objects, and they alone, say of what type': ({ row, fail }) => {
      const points = pointing.has(row['type'])
      if (points && !row['related_object_type'])
        fail('related_object_type', 'Object fields must define an object type.')
      if (!points && row['related_object_type'])
        fail('type', `${labelOf(row['type'])} fields may not define an object type.`)
    },
    'fields of objects alone narrow the choice of them': ({ row, fail }) => {
      const filter = row['related_object_filter']
      if (isEmpty(filter)) return
      if (!pointing.has(row['type']))
        fail('related_object_filter', 'A related object filter can be defined only for object fields.')
      else if (typeof filter !== 'object' || Array.isArray(filter))
        fail('related_object_filter', 'Filter must be defined as a dictionary mapping attributes to values.')
    },
    'a default is a value that the field takes': (change, settings: Readonly<Record<string, unknown>>) => {
      const { row } = change
      if (isEmpty(row['default'])) return
      const value =
        textual.has(row['type']) && typeof row['default'] !== 'string' ? JSON.stringify(row['default']) : row['default']
      const fault = valueFault(valueRulesOf(change), storedValue(row['type'], value), settings)
      if (fault)
        change.fail(
          'default',
          `Invalid default value "${typeof value === 'object' ? JSON.stringify(value) : String(value)}": ${fault}`,
        )
    },
  },
  after: {
    'stored values follow their fields': async ({ changes, tx, registry, settings, queue }) => {
      const stored = noStoredChanges()
      for (const { row, before } of changes) {
        const [types, had] = [row['object_types'] as string[], (before?.['object_types'] ?? []) as string[]]
        for (const type of had) {
          if (!types.includes(type)) stored.removals.set(type, [...(stored.removals.get(type) ?? []), before!['name']])
          else if (row['name'] !== before!['name'])
            stored.renames.set(type, { ...stored.renames.get(type), [before!['name']]: row['name'] })
        }
        const added = types.filter(type => !had.includes(type))
        if (row['default'] === null || added.length === 0) continue
        if (await isForJob(tx, registry, settings, queue, added))
          await leaveProvisioning(tx, queue!, { id: row['id'], name: row['name'] })
        else
          for (const type of added)
            stored.defaults.set(type, { ...stored.defaults.get(type), [row['name']]: row['default'] })
      }
      await changeStored(tx, registry, stored)
    },
  },
  beforeDelete: {
    'a field is not deleted while a job writes its values': async ({ changes, tx }) => {
      for (const { id, row, abort } of changes)
        if (row['status'] !== 'active' && (await isBeingWritten(tx, id)))
          abort(
            `Custom field '${row['name']}' is being updated by a background job and cannot be deleted until that job has completed.`,
          )
    },
  },
  linger: async ({ changes, tx, registry, settings, queue }) => {
    const staying = new Map<number, { told: boolean }>()
    for (const { id, row } of changes) {
      const told = row['status'] === 'deleting'
      if (!queue || !(told || (await isForJob(tx, registry, settings, queue, row['object_types'])))) continue
      await leavePurge(tx, queue, { id, name: row['name'] })
      staying.set(id, { told })
    }
    return staying
  },
  afterDelete: {
    'values go with their field': async ({ changes, tx, registry }) => {
      const stored = noStoredChanges()
      for (const { row } of changes)
        for (const type of row['object_types'] as string[])
          stored.removals.set(type, [...(stored.removals.get(type) ?? []), row['name']])
      await changeStored(tx, registry, stored)
    },
  },
})

const labelOf = (type: string) => CustomFieldType.values.get(type as 'text')?.label ?? type

/** What of a field that is being written says which values it takes. */
function valueRulesOf({ row, ref }: Change): ValueRules {
  const set = ref('choice_set') as {
    name: string
    base_choices: string | null
    extra_choices: [string, string][] | null
  } | null
  const { type, validation_regex, validation_schema, validation_minimum, validation_maximum } = row as ValueRules
  return {
    type,
    validation_regex,
    validation_schema,
    validation_minimum,
    validation_maximum,
    choice_set_name: set?.name ?? null,
    base_choices: set?.base_choices ?? null,
    choices: new Map(set?.extra_choices),
  }
}
