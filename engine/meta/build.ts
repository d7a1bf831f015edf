import type { Identity } from '../auth/caller.ts'
import type { ActiveCustomField, CustomFieldsByModel } from '../customfield/index.ts'
import { tableOf } from '../export/index.ts'
import type { Field, ListOptions, ModelNameOptions } from '../field/index.ts'
import {
  everyday,
  isAnyRef,
  isChoice,
  isRef,
  isRefs,
  keyOf,
  pathOf,
  pluralOf,
  targetsOf,
  uiPathOf,
  type Listing,
  type Model,
  type Registry,
} from '../model/index.ts'
import type { Permissions } from '../permission/index.ts'
import { parametersOf, type Parameter } from '../query/index.ts'
import { anyKey, keysOf } from '../represent/index.ts'
import { requiredOf } from '../rest/options.ts'
import { version } from '../version.ts'
import type { FieldMeta, FilterMeta, May, Meta, ModelMeta, Widget } from './meta.ts'

const acts: readonly May[] = ['view', 'add', 'change', 'delete']

/** All that may be allowed of a model: the acts that every model knows, and what its actions take. */
const actsOf = (registry: Registry, { name }: Model): readonly May[] => [
  ...new Set([...acts, ...registry.actions(name).map(({ permission }) => permission)]),
]

/** Everything the browser is told of the models that a user may view. */
export function buildMeta(
  registry: Registry,
  permissions: Permissions,
  user: Identity,
  customFields: CustomFieldsByModel,
): Meta {
  const models: Record<string, ModelMeta> = {}
  const closed: Record<string, string> = {}
  for (const model of registry.models.values()) {
    if (model.spec.internal) continue
    const may = actsOf(registry, model).filter(act => permissions.constrain(act, model) !== null && canBe(model, act))
    if (may.includes('view')) models[model.name] = modelMeta(registry, model, may, customFields.get(model.name) ?? [])
    else closed[pageOf(model)] = model.name.replace('.', '.view_')
  }
  for (const listing of registry.listings.values()) {
    const of = models[listing.model.name]
    if (of) models[listing.name] = listingMeta(listing, of)
    else closed[`/${listing.model.app}/${listing.path}/`] = listing.model.name.replace('.', '.view_')
  }
  const menus = registry.menus.map(menu => ({
    label: menu.label,
    icon: menu.icon,
    groups: Object.entries(menu.groups)
      .map(([label, names]) => ({ label: sentence(label), models: names.filter(name => models[name]) }))
      .filter(group => group.models.length),
  }))
  return {
    version,
    user: { id: user.id, username: user.username, display: user.username, superuser: user.superuser },
    menus: menus.filter(menu => menu.groups.length),
    models,
    closed,
  }
}

const methods: Readonly<Partial<Record<May, 'POST' | 'PATCH' | 'DELETE'>>> = {
  add: 'POST',
  change: 'PATCH',
  delete: 'DELETE',
}

/** Whether anybody may do this to a model at all. */
function canBe({ spec }: Model, act: May): boolean {
  const method = methods[act]
  return !method || !spec.writes || spec.writes.includes(method)
}

const pageOf = (model: Model) => `/${model.app}/${uiPathOf(model)}/`

function modelMeta(
  registry: Registry,
  model: Model,
  may: readonly May[],
  customFields: readonly ActiveCustomField[],
): ModelMeta {
  const { spec } = model
  const fields: Record<string, FieldMeta> = {}
  for (const key of keysOf(model)) {
    if (['id', 'url', 'display_url', 'display', 'custom_fields'].includes(key)) continue
    if (/_(peers|endpoints)_type$/.test(key)) continue
    const field = fieldMeta(registry, model, key)
    if (field) fields[key] = field
  }
  for (const field of customFields)
    if (field.ui_visible !== 'hidden') fields[`cf_${field.name}`] = customFieldMeta(field)
  const inputs = Object.fromEntries(
    [
      ...Object.entries<Field>(model.fields).filter(([, field]) => field.options.writeOnly),
      ...Object.entries<Field>(spec.inputs ?? {}),
    ].map(([key, field]) => [key, plainFieldMeta(registry, field, key)]),
  )
  const clone = [...(spec.clone ?? []), ...customFields.filter(cloned).map(field => `cf_${field.name}`)]
  const form = Object.entries(spec.ui?.form ?? {}).map(([name, keys]) => ({
    name: sentence(name),
    fields: keys.filter(key => key in fields || key in inputs),
  }))
  const columns = spec.ui?.columns ?? Object.keys(fields).slice(0, 6)
  return {
    name: model.name,
    label: spec.label,
    plural: pluralOf(model),
    about: spec.about,
    path: pageOf(model),
    api: `/api/${model.app}/${pathOf(model)}/`,
    icon: iconOf(registry, model),
    may,
    fields,
    ...(Object.keys(inputs).length && { inputs }),
    ...(clone.length && { clone }),
    ...(spec.patterns && { patterns: spec.patterns }),
    features: spec.features ?? everyday,
    table: tableOf(model),
    columns: columns.filter(column => column in fields),
    form: form.filter(group => group.fields.length),
    panels: spec.ui?.panels ?? [],
    filters: filtersMeta(registry, model),
  }
}

/** A list of some rows of a model is told of like that model, but can only be read. */
const listingMeta = ({ name, label, about, path, columns }: Listing, of: ModelMeta): ModelMeta => ({
  ...of,
  name,
  label,
  plural: `${label}s`,
  about,
  path: `/${name.split('.')[0]}/${path}/`,
  api: `/ui/lists/${name}/`,
  may: ['view'],
  columns: columns.filter(column => column in of.fields),
})

/** The icon of a model, or else of the menu it stands in. */
function iconOf(registry: Registry, model: Model): string {
  if (model.spec.ui?.icon) return model.spec.ui.icon
  if (model.name.endsWith('template')) return 'template'
  const holds = (names: readonly string[]) => names.includes(model.name)
  return registry.menus.find(menu => Object.values(menu.groups).some(holds))?.icon ?? 'cube'
}

/** Words that are not written as they are spoken. */
const spellings: Readonly<Record<string, string>> = {
  ipsec: 'IPsec',
  poe: 'PoE',
  qinq: 'Q-in-Q',
  repr: 'name',
  vcpus: 'vCPUs',
  ...Object.fromEntries(
    ['API', 'ASN', 'CID', 'DNS', 'FHRP', 'ID', 'IKE', 'IP', 'L2VPN', 'LAG', 'MAC', 'MTU', 'NAT', 'RD', 'RIR', 'SSID']
      .concat(['SVLAN', 'CVLAN', 'URL', 'VC', 'VDC', 'VID', 'VLAN', 'VM', 'VPN', 'VRF', 'WWN'])
      .flatMap(word => [
        [word.toLowerCase(), word],
        [`${word.toLowerCase()}s`, `${word}s`],
      ]),
  ),
}

const labelOf = (key: string) => sentence(key.replaceAll('_', ' '))

/** A label in the one way that all are written: only the first word begins with a capital, short forms aside. */
const sentence = (text: string) =>
  text
    .trim()
    .split(' ')
    .map((word, at, words) => {
      const spelled = /^[A-Z]?[a-z0-9]+$/.test(word) && spellings[word.toLowerCase()]
      if (spelled) return spelled
      if (at === 0) return word.charAt(0).toUpperCase() + word.slice(1)
      if (/^[az]$/.test(word) && at === words.length - 1) return word.toUpperCase()
      return /^\(?[A-Z][a-z]+\)?$/.test(word) ? word.toLowerCase() : word
    })
    .join(' ')

const countKey = /^(?:(.+)_count|count_(.+))$/

/** A count is called by what it counts: `ipaddress_count` is “IP addresses”. */
function countLabel(registry: Registry, model: Model, key: string): string {
  const count = model.spec.counts?.[key]
  const [, before, after] = countKey.exec(key) ?? []
  const stem = (before ?? after ?? key).replaceAll('_', '')
  const [app, name] = count ? (typeof count === 'string' ? count : count.of).split('.') : [model.app, stem]
  const counted = registry.models.get(`${app}.${name}`)
  return sentence(counted ? pluralOf(counted) : labelOf(key.replace(/_count$/, 's')))
}

function fieldMeta(registry: Registry, model: Model, key: string): FieldMeta | undefined {
  const { fields, spec } = model
  const derived = spec.derived?.[key]
  if (derived) {
    const share = key === 'utilization'
    const grouped = Object.values(spec.ui?.form ?? {}).some(keys => keys.includes(key))
    const writable = derived.writable && grouped
    const document = writable && !derived.to && !derived.wire
    const plain = document ? 'json' : ((share ? 'number' : widgetOf[derived.wire ?? 'field']) ?? 'text')
    return {
      label: sentence(derived.label ?? labelOf(key)),
      widget: derived.to ? (derived.many ? 'refs' : 'ref') : plain,
      ...(!writable && { readonly: true }),
      ...(writable && derived.required && { required: true }),
      ...(derived.to && derived.to !== 'any' && { to: [derived.to] }),
      ...(writable && derived.to === 'any' && { to: endsOfCables(registry) }),
      ...derived.drawn,
      ...(share && { unit: '%' }),
    }
  }
  if (spec.counts?.[key])
    return { label: countLabel(registry, model, key), widget: 'number', readonly: true, sortable: true }
  const field = fields[key]
  if (field && !isAnyRef(field)) {
    const meta = plainFieldMeta(registry, field, key)
    const counts = field.options.readonly && countKey.test(key) && !fields[key.replace(/_count$/, 's')]
    return counts ? { ...meta, label: countLabel(registry, model, key) } : meta
  }
  for (const [name, any] of Object.entries<Field>(fields)) {
    if (isAnyRef(any) && anyKey(name, any) === key)
      return {
        label: sentence(any.options.label ?? labelOf(key)),
        widget: 'anyRef',
        nullable: Boolean(any.options.nullable),
        ...(any.options.readonly && { readonly: true }),
        ...((any.options.required ?? (!any.options.nullable || any.options.kinds)) && { required: true }),
        to: any.options.kinds ? Object.values(any.options.kinds.to) : targetsOf(registry, any),
        ...(any.options.kinds && { by: any.options.kinds.by, kinds: any.options.kinds.to }),
        sent: [`${name}_type`, `${name}_id`],
      }
    // Of what may point to anything a list says what it is, where it has a column for that.
    if (isAnyRef(any) && key === `${name}_type` && spec.ui?.columns?.includes(key))
      return { label: 'Type', widget: 'select', readonly: true, choices: pickable(registry, {}) }
  }
  return undefined
}

const widgetOf: Partial<Record<Field['wire'], Widget>> = {
  integer: 'number',
  decimal: 'number',
  boolean: 'switch',
  date: 'date',
  datetime: 'datetime',
  list: 'list',
}

/** What an end of a cable may be. */
function endsOfCables(registry: Registry): readonly string[] {
  const end = registry.models.get('dcim.cabletermination')?.fields['termination']
  return end && isAnyRef(end) ? targetsOf(registry, end) : []
}

const itemsOf = (field: Field): NonNullable<FieldMeta['items']> => {
  if (field.type === 'ranges') return 'range'
  const { of = '' } = field.options as { of?: string }
  if (of.endsWith('[]')) return 'pair'
  return /int/.test(of) ? 'number' : 'text'
}

function plainFieldMeta(registry: Registry, field: Field, key: string): FieldMeta {
  const { options } = field
  const to = isRef(field) || isRefs(field) ? { to: [field.to] } : {}
  const offered = isChoice(field) ? field.choices : (options as Partial<ListOptions>).from
  const choices = offered
    ? {
        choices: [...offered.values].map(([value, { label, color }]) =>
          color ? ([value, label, color] as const) : ([value, label] as const),
        ),
      }
    : field.type === 'modelName' || field.type === 'modelNames'
      ? { choices: pickable(registry, options as ModelNameOptions) }
      : {}
  const { max } = options as { max?: number }
  const mono =
    ['address', 'cidr', 'mac', 'wwn', 'uuid'].includes(field.type) ||
    ['serial', 'asset_tag', 'slug', 'rd'].includes(key)
  return {
    label: sentence(options.label ?? labelOf(key)),
    widget: field.widget,
    ...(options.help && { help: options.help }),
    ...(options.nullable && { nullable: true }),
    ...(requiredOf(field) && { required: true }),
    ...(options.readonly && { readonly: true }),
    ...(options.default !== undefined && { default: options.default }),
    ...choices,
    ...to,
    ...('unit' in options && { unit: String(options.unit) }),
    ...(field.widget === 'list' && { items: itemsOf(field) }),
    ...(max && field.widget === 'text' && { max }),
    ...(field.column && field.type !== 'json' && { sortable: true }),
    ...(mono && { mono: true }),
  }
}

const customWidgets: Readonly<Record<ActiveCustomField['type'], Widget>> = {
  text: 'text',
  longtext: 'markdown',
  integer: 'number',
  decimal: 'number',
  boolean: 'switch',
  date: 'date',
  datetime: 'datetime',
  url: 'url',
  json: 'json',
  select: 'select',
  multiselect: 'multiselect',
  object: 'ref',
  multiobject: 'refs',
}

/** The models that a field may name: those with the feature that it asks for. */
const pickable = (registry: Registry, { having }: ModelNameOptions) =>
  [...registry.models.values()]
    .filter(({ name, spec }) => !spec.internal && (!having || registry.having(having).includes(name)))
    .map(({ name, spec }) => [name, sentence(spec.label)] as const)
    .toSorted((a, b) => a[1].localeCompare(b[1], 'en'))

const cloned = (field: ActiveCustomField) => field.is_cloneable

/** Most choices that are told at once. */
const most = 400

const customFieldMeta = (field: ActiveCustomField): FieldMeta => ({
  label: field.label || labelOf(field.name),
  widget: customWidgets[field.type],
  nullable: !field.required,
  ...(field.required && { required: true }),
  ...(field.ui_editable !== 'yes' && { readonly: true }),
  ...(field.default !== null && { default: field.default }),
  ...(field.description && { help: field.description }),
  ...(field.group_name && { group: field.group_name }),
  ...(field.related_object_type && { to: [field.related_object_type] }),
  ...(field.choices.size > most
    ? { lookup: `/api/extras/custom-field-choice-sets/${field.choice_set_id}/choices/` }
    : field.choices.size && { choices: [...field.choices] }),
})

/** Parameters that a person is offered: those without a suffix, by the name a person would use. */
function filtersMeta(registry: Registry, model: Model): Record<string, FilterMeta> {
  const filters: Record<string, FilterMeta> = {}
  const table = parametersOf(registry, model)
  const hidden = /^(q|id|created_by_request|updated_by_request|modified_by_request|owner_group|.*_type_id|filter)$/
  for (const parameter of table.values()) {
    const { name, base } = parameter
    if (name !== base || name.includes('__') || hidden.test(name)) continue
    if (name.endsWith('_id') && parameter.match === 'ref' && table.has(name.slice(0, -3))) continue
    if (name === 'tag_id') continue
    const kind = kindOf(parameter)
    if (kind)
      filters[name] = {
        label: parameter.label ? sentence(parameter.label) : labelOf(name.replace(/_id$/, '')),
        ...kind(registry, model, parameter),
      }
  }
  return filters
}

function kindOf({
  match,
  to,
  choices,
}: Parameter): ((registry: Registry, model: Model, parameter: Parameter) => Omit<FilterMeta, 'label'>) | undefined {
  if (to) return (registry, _model, parameter) => ({ kind: 'ref', to, key: parameter.by ?? keyOf(registry.model(to)) })
  if (choices)
    return (_registry, model, { path }) => {
      const field = model.fields[path]
      const known =
        field && isChoice(field)
          ? [...field.choices.values].map(([value, { label }]) => [value, label] as const)
          : [...choices].map(value => [value, value] as const)
      return { kind: 'choice', choices: known }
    }
  switch (match) {
    case 'boolean':
      return () => ({ kind: 'boolean' })
    case 'number':
    case 'decimal':
      return () => ({ kind: 'number' })
    case 'date':
    case 'datetime':
      return () => ({ kind: 'date' })
    case 'text':
    case 'mac':
    case 'wwn':
      return () => ({ kind: 'text' })
    default:
      return undefined
  }
}
