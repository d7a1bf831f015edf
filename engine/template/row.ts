import { Callable, Exposed, float } from '@demarc/jinja'
import { sql } from 'kysely'
import type { Field, Refs } from '../field/index.ts'
import {
  columnOf,
  isAnyRef,
  isChoice,
  isRef,
  isRefs,
  linkOf,
  uiPathOf,
  type Inverse,
  type Model,
} from '../model/index.ts'
import type { Condition } from '../query/index.ts'
import { anyKey } from '../represent/index.ts'
import { NetworkAddress } from './network.ts'
import type { SeenRow, TemplateReader } from './reader.ts'
import { isVisible } from './visible.ts'

/** Rows after this one that its relations are read along with. */
const ahead = 200

/** A row as templates see it: fields, references, relations and derived values by name, read when they are asked for. */
export class RowObject extends Exposed implements SeenRow {
  readonly type: string
  readonly model: Model
  readonly id: number
  readonly row: Readonly<Record<string, any>>
  readonly display: string
  readonly #reader: TemplateReader
  /** The rows that were read with it: what one of them needs, the others are likely to need. */
  readonly #peers: readonly RowObject[]
  readonly #related: Map<string, Promise<ReadonlyMap<number, any>>>

  constructor(
    reader: TemplateReader,
    model: Model,
    row: Readonly<Record<string, any>>,
    display: string,
    peers: readonly RowObject[],
    related: Map<string, Promise<ReadonlyMap<number, any>>>,
  ) {
    super()
    this.type = model.name
    this.model = model
    this.id = row['id']
    this.row = row
    this.display = display
    this.#reader = reader
    this.#peers = peers
    this.#related = related
  }

  override get identity(): string {
    return `${this.model.name}:${this.id}`
  }
  override text(): string {
    return this.display
  }
  override repr(): string {
    const name = this.model.spec.label.replace(/\b[a-z]/g, letter => letter.toUpperCase()).replaceAll(' ', '')
    return `<${name}: ${this.display}>`
  }
  override plain(): unknown {
    return this.display
  }

  override attribute(name: string): unknown {
    const { model, row } = this
    if (name === 'pk' || name === 'id') return this.id
    if (name === 'cf' || name === 'custom_field_data' || name === 'custom_fields') return copied(row['custom_fields'])
    const field = model.fields[name]
    if (field) return isVisible(field) ? this.#field(name, field) : undefined
    return this.#method(name) ?? this.#part(name) ?? this.#inverse(name) ?? this.#derived(name)
  }

  #field(name: string, field: Field): unknown {
    const { row } = this
    if (isRef(field)) return this.#one(this.#reader.registry.model(field.to), peer => peer.row[`${name}_id`])
    if (isAnyRef(field)) return this.#any(name)
    if (isRefs(field)) return this.#linked(name, field)
    const value: unknown = row[columnOf(name, field)]
    if (value === null || value === undefined) return null
    if (field.type === 'address' || field.type === 'cidr') return networkOf(String(value))
    if (field.type === 'mac' || field.type === 'wwn') return String(value).toUpperCase()
    if (field.type === 'decimal') return float(Number(value))
    return copied(value)
  }

  /** `site_id`, `assigned_object_type`, and the names under which a reference to any model is shown. */
  #part(name: string): unknown {
    const { fields } = this.model
    const base = name.replace(/_(?:id|type)$/, '')
    const field = base === name ? undefined : fields[base]
    if (field && isVisible(field) && (isRef(field) || isAnyRef(field))) return this.row[name] ?? null
    for (const [key, one] of Object.entries<Field>(fields))
      if (isAnyRef(one) && isVisible(one) && anyKey(key, one) === name) return this.#any(key)
    return undefined
  }

  #any(name: string): unknown {
    const to = this.#reader.registry.models.get(this.row[`${name}_type`])
    if (!to) return null
    return this.#one(to, peer => (peer.row[`${name}_type`] === to.name ? peer.row[`${name}_id`] : null))
  }

  /** The row that this one points to. */
  #one(to: Model, idOf: (peer: RowObject) => number | null): unknown {
    const id = idOf(this)
    if (id === null || id === undefined) return null
    const ids = this.#nearby()
      .map(idOf)
      .filter(one => one !== null && one !== undefined)
    return this.#reader.one(to, id, ids)
  }

  #nearby(): readonly RowObject[] {
    const at = this.#peers.indexOf(this)
    return at < 0 ? [this] : this.#peers.slice(at, at + ahead)
  }

  /** The rows behind a many-to-many field. */
  #linked(name: string, field: Refs): unknown {
    const { registry } = this.#reader
    const to = registry.model(field.to)
    if (field.type === 'tags') {
      const here = sql`select tag_id from extras_taggeditem where object_type = ${this.model.name} and object_id = ${this.id}`
      return this.#reader.all(to, { sql: row => sql<boolean>`${row['id']} in (${here})` })
    }
    const { table, own, other } = linkOf(registry, this.model, name, field)
    const here = sql`select ${sql.ref(other)} from ${sql.table(table)} where ${sql.ref(own)} = ${this.id}`
    return this.#reader.all(to, { sql: row => sql<boolean>`${row['id']} in (${here})` })
  }

  /** The rows that point here. */
  #inverse(name: string): unknown {
    const inverse = this.#reader.registry.inverses(this.model.name).get(name)
    if (!inverse || inverse.model.spec.internal) return undefined
    const field = inverse.model.fields[inverse.field]!
    const path = isAnyRef(field) ? `${inverse.field}:${this.model.name}` : inverse.field
    const where: Condition = { path, lookup: 'exact', value: this.id }
    if (inverse.kind !== 'ref' && inverse.kind !== 'anyRef') return this.#reader.all(inverse.model, where)
    return this.#reader.all(inverse.model, where, () => this.#inverseRows(name, inverse, path))
  }

  /** Rows that point here, read together with those that point to peers. */
  async #inverseRows(name: string, { model, field }: Inverse, path: string): Promise<readonly SeenRow[]> {
    const column = `${field}_id`
    const key = `inverse ${name} ${this.id}`
    if (!this.#related.has(key)) {
      const ids = this.#nearby().map(peer => peer.id)
      const selection = { model, order: model.spec.order, limit: null, offset: 0 }
      const found = this.#reader
        .rows({ ...selection, where: { path, lookup: 'in', value: ids } })
        .then(rows => Map.groupBy(rows, row => row.row[column] as number))
      for (const id of ids) this.#related.set(`inverse ${name} ${id}`, found)
    }
    return ((await this.#related.get(key)!).get(this.id) as readonly SeenRow[] | undefined) ?? []
  }

  #method(name: string): unknown {
    if (name === 'get_absolute_url')
      return new Callable(name, () => `/${this.model.app}/${uiPathOf(this.model)}/${this.id}/`)
    const shown = /^get_(\w+)_display$/.exec(name)?.[1]
    const field = shown === undefined ? undefined : this.model.fields[shown]
    if (shown !== undefined && field && isVisible(field)) {
      const value = this.row[columnOf(shown, field)]
      const label = isChoice(field) ? field.choices.values.get(value)?.label : undefined
      return new Callable(name, () => label ?? copied(value))
    }
    const derived = /^get_(\w+)$/.exec(name)?.[1]
    if (derived === undefined || !Object.hasOwn(this.model.spec.derived ?? {}, derived)) return undefined
    return new Callable(name, () => this.#derived(derived))
  }

  /** A value of the full representation that is no field. */
  #derived(name: string): unknown {
    const { derived = {}, counts = {} } = this.model.spec
    const known = Object.hasOwn(derived, name) || Object.hasOwn(counts, name) || ['display', 'url'].includes(name)
    if (!known) return undefined
    const key = `derived ${name} ${this.id}`
    if (!this.#related.has(key)) {
      const peers = this.#nearby()
      const found = this.#reader.derived(this.model, peers, name)
      for (const peer of peers) this.#related.set(`derived ${name} ${peer.id}`, found)
    }
    return this.#related.get(key)!.then(values => copied(values.get(this.id) ?? null))
  }
}

const networkOf = (value: string): NetworkAddress =>
  new NetworkAddress(value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`)

/** Templates may change lists and mappings that they get, but not ours. */
const copied = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || value instanceof Exposed
    ? value
    : value instanceof Date
      ? value.toISOString()
      : structuredClone(value)
