import type { AnyRef, Choices, ChoiceField, Field, Ref, Refs } from '../field/index.ts'
import type { Action, Endpoint, ListAction } from './actions.ts'
import type { Listing } from './listing.ts'
import type { Rules, RuleSet } from './rules.ts'
import { everyday, type Feature, type Fields, type Model } from './model.ts'

/** A group of models, as it stands in addresses and permissions. */
export interface App {
  readonly name: string
  readonly label: string
  readonly models: readonly Model<string, any>[]
  readonly actions?: readonly Action[]
  readonly listActions?: readonly ListAction[]
  readonly listings?: readonly Listing[]
  /** What else lies below the app's address. */
  readonly endpoints?: readonly Endpoint[]
}

export interface MenuSpec {
  readonly label: string
  readonly icon: string
  readonly groups: Readonly<Record<string, readonly string[]>>
}

/** A relation seen from its far end. */
export interface Inverse {
  readonly name: string
  /** The model that holds the reference, and the field of it. */
  readonly model: Model
  readonly field: string
  readonly kind: 'ref' | 'refs' | 'anyRef' | 'tags'
}

/** The table behind a many-to-many field. */
export interface Link {
  readonly table: string
  readonly own: string
  readonly other: string
}

/** Every model, checked to hang together, and what follows from all of them at once. */
export interface Registry {
  readonly apps: readonly App[]
  readonly menus: readonly MenuSpec[]
  readonly models: ReadonlyMap<string, Model>
  /** A model by its name; throws where there is none. */
  readonly model: (name: string) => Model
  /** The model behind `/api/<app>/<path>/`. */
  readonly at: (app: string, path: string) => Model | undefined
  /** The endpoint behind `/api/<app>/<path>/`. */
  readonly endpoint: (app: string, path: string) => Endpoint | undefined
  /** Relations that end at a model, by the name it sees them under. */
  readonly inverses: (model: string) => ReadonlyMap<string, Inverse>
  readonly actions: (model: string) => readonly Action[]
  /** What can be done with the rows of a model as a whole. */
  readonly listActions: (model: string) => readonly ListAction[]
  /** Lists of some rows of models, by their names. */
  readonly listings: ReadonlyMap<string, Listing>
  /** The rules of a model; empty where it has none. */
  readonly rules: (model: string) => Rules
  /** Models that have a feature. */
  readonly having: (feature: string) => readonly string[]
  readonly choices: ReadonlyMap<string, Choices>
}

export const shortName = (model: Model) => model.name.slice(model.app.length + 1)
export const pluralOf = (model: Model) => model.spec.plural ?? `${model.spec.label}s`
export const pathOf = (model: Model) => model.spec.path ?? pluralOf(model).toLowerCase().replaceAll(' ', '-')
export const uiPathOf = (model: Model) => model.spec.uiPath ?? pathOf(model)
export const featuresOf = (model: Model): readonly Feature[] => model.spec.features ?? everyday
/** The column that stores a field. */
export const columnOf = (name: string, field: Field) => name + (field.suffix ?? '')
/** The field by which other models' filters name a row of this one. */
export const keyOf = (model: Model) => model.spec.key ?? ('slug' in model.fields ? 'slug' : 'name')

export const isRef = (field: Field): field is Ref => field.type === 'ref'
export const isRefs = (field: Field): field is Refs => field.type === 'refs' || field.type === 'tags'
export const isAnyRef = (field: Field): field is AnyRef => field.type === 'anyRef'
export const isChoice = (field: Field): field is ChoiceField => field.type === 'choice' || field.type === 'choiceList'

/** The table and columns behind a many-to-many field of a model. */
export function linkOf(registry: Registry, model: Model, name: string, field: Refs): Link {
  const { table, own, other } = field.options.link ?? {}
  return {
    table: table ?? `${model.table}_${name}`,
    own: own ?? `${shortName(model)}_id`,
    other: other ?? `${shortName(registry.model(field.to))}_id`,
  }
}

/** The models a reference to any of several may point to. */
export const targetsOf = (registry: Registry, field: AnyRef): readonly string[] =>
  'feature' in field.to
    ? field.to.feature === 'any'
      ? [...registry.models.keys()]
      : registry.having(field.to.feature)
    : field.to

/** Every model by name, checked to hang together. */
export function createRegistry(
  apps: readonly App[],
  menus: readonly MenuSpec[] = [],
  ruleSets: readonly RuleSet[] = [],
): Registry {
  const all = apps.flatMap(app => app.models) as Model[]
  const models = new Map(all.map(model => [model.name, model]))
  const paths = new Map(all.filter(m => !m.spec.internal).map(model => [`${model.app}/${pathOf(model)}`, model]))
  const actions = Map.groupBy(
    apps.flatMap(app => app.actions ?? []),
    action => action.model,
  )
  const listActions = Map.groupBy(
    apps.flatMap(app => app.listActions ?? []),
    action => action.model,
  )
  const listings = apps.flatMap(app => app.listings ?? [])
  const rules = new Map(ruleSets.map(set => [set.model, set.rules]))
  const endpoints = apps.flatMap(app => app.endpoints ?? [])
  const inverses = new Map<string, Map<string, Inverse>>()
  const choices = new Map<string, Choices>()

  const model = (name: string) => {
    const found = models.get(name)
    if (!found) throw new Error(`no one declares ${name}`)
    return found
  }
  const having = (feature: string) => all.filter(m => featuresOf(m).includes(feature as Feature)).map(m => m.name)
  const registry: Registry = {
    apps,
    menus,
    models,
    model,
    at: (app, path) => paths.get(`${app}/${path}`),
    endpoint: (app, path) => endpoints.find(endpoint => endpoint.app === app && endpoint.path === path),
    inverses: name => inverses.get(name) ?? new Map(),
    actions: name => actions.get(name) ?? [],
    listActions: name => listActions.get(name) ?? [],
    listings: new Map(listings.map(listing => [listing.name, listing])),
    rules: name => rules.get(name) ?? {},
    having,
    choices,
  }

  const addInverse = (to: string, inverse: Inverse) => {
    if (!models.has(to))
      throw new Error(`${inverse.model.name}.${inverse.field} refers to ${to}, which no one declares`)
    if (inverse.name === '+') return
    const known = inverses.get(to) ?? new Map<string, Inverse>()
    inverses.set(to, known)
    if (!known.has(inverse.name)) known.set(inverse.name, inverse)
  }
  for (const model of all) {
    for (const [field, spec] of Object.entries<Field>(model.fields as Fields)) {
      if (isChoice(spec)) choices.set(spec.choices.name, spec.choices)
      if (isRef(spec))
        addInverse(spec.to, { name: spec.options.inverse ?? shortName(model), model, field, kind: 'ref' })
      else if (isRefs(spec))
        addInverse(spec.to, {
          name: spec.options.inverse ?? shortName(model),
          model,
          field,
          kind: spec.type as 'refs' | 'tags',
        })
      else if (isAnyRef(spec) && spec.options.inverse) {
        for (const to of targetsOf(registry, spec))
          addInverse(to, { name: spec.options.inverse, model, field, kind: 'anyRef' })
      }
    }
  }
  return registry
}
