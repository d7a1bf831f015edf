import { boolean, list, text } from '../field/index.ts'
import { anyOf, model, type RowOf } from '../model/index.ts'
import { sql } from 'kysely'

/** What the models of this server are called, once the registry is there. */
const nouns = new Map<string, ModelNouns>()

export interface ModelNouns {
  readonly label: string
  readonly plural: string
  readonly about: string
  /** Path of the REST list; null for what has none. */
  readonly endpoint: string | null
}

/** Tell how a model is called, for the list of object types. */
export const nameModel = (name: string, words: ModelNouns): void => void nouns.set(name, words)

const appNames: Readonly<Record<string, string>> = {
  account: 'Account',
  auth: 'Authentication and Authorization',
  circuits: 'Circuits',
  contenttypes: 'Content Types',
  core: 'Core',
  dcim: 'DCIM',
  extras: 'Extras',
  ipam: 'IPAM',
  tenancy: 'Tenancy',
  users: 'Users',
  virtualization: 'Virtualization',
  vpn: 'VPN',
  wireless: 'Wireless',
}
/** A type as messages name it: `DCIM | site`. */
export function titleOf(name: string): string {
  const [app_label = '', model = ''] = name.split('.')
  return `${appName(app_label)} | ${modelName({ app_label, model })}`
}

/** A type as it is shown among others: `DCIM > Site`. */
export function displayOfType(name: string): string {
  const [app_label = '', model = ''] = name.split('.')
  return `${appName(app_label)} > ${title(modelName({ app_label, model }))}`
}

const appName = (label: string) => appNames[label] ?? title(label)
const title = (text: string) => text.replace(/(^|[\s_-])[a-z]/g, letter => letter.toUpperCase())
const nounsOf = (row: { app_label: string; model: string }) => nouns.get(`${row.app_label}.${row.model}`)
const modelName = (row: { app_label: string; model: string }) => nounsOf(row)?.label ?? row.model

export const ObjectType = model('core.objecttype', {
  label: 'object type',
  about: 'A kind of object that exists on this server.',
  page: false,
  open: true,
  writes: [],
  features: [],

  fields: {
    app_label: text({ max: 100 }),
    model: text({ label: 'python model class name', max: 100 }),
    public: boolean({ default: false, readonly: true }),
    features: list({ default: [], readonly: true, of: 'character varying(50)' }),
  },

  display: { from: ['app_label', 'model'], as: row => displayOfType(`${row.app_label}.${row.model}`) },
  derived: {
    app_name: { from: ['app_label'], as: row => appName(row.app_label), wire: 'string' },
    model_name: { from: ['app_label', 'model'], as: row => modelName(row), wire: 'string' },
    model_name_plural: {
      from: ['app_label', 'model'],
      as: row => nounsOf(row)?.plural ?? `${modelName(row)}s`,
      wire: 'string',
    },
    is_plugin_model: { from: ['app_label'], as: row => !(row.app_label in appNames), wire: 'boolean' },
    rest_api_endpoint: { from: ['app_label', 'model'], as: row => nounsOf(row)?.endpoint ?? null },
    description: { from: ['app_label', 'model'], as: row => nounsOf(row)?.about ?? '' },
  },
  order: ['app_label', 'model'],
  unique: [['app_label', 'model']],
  quick: ['app_label', 'model'],
  filters: {
    features: anyOf('text', (row, values) => sql`${row['features']} @> ${values}::varchar[]`),
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    core_objecttype: RowOf<typeof ObjectType>
  }
}
