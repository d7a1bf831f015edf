import { Exposed, TemplateError, Undefined } from '@demarc/jinja'
import { customFieldsOf, customFieldWriter } from '../customfield/index.ts'
import type { Database } from '../database/index.ts'
import type { Model, Order, Registry } from '../model/index.ts'
import { constraintCondition, type Permissions } from '../permission/index.ts'
import { countStatement, pageStatement, resolvePath, type Condition } from '../query/index.ts'
import { planOf, representRows } from '../represent/index.ts'
import { QuerySet } from './queryset.ts'
import type { SeenRow, Selection, TemplateReader } from './reader.ts'
import { RowObject } from './row.ts'
import { isVisible } from './visible.ts'

export type { TemplateReader }

/** Who a template is rendered for, and where. */
export interface TemplateDataOptions {
  readonly db: Database
  readonly registry: Registry
  readonly permissions: Permissions
  readonly settings: Readonly<Record<string, unknown>>
  readonly user: number
  readonly origin: string
}

const mostStatements = 2_000
const mostRows = 200_000
const displayShape = ['display'] as const

/** The rows that one rendering reads: those that its user may view, in a bounded number of statements. */
export class TemplateData implements TemplateReader {
  readonly registry: Registry
  readonly #options: TemplateDataOptions
  readonly #known = new Map<string, Promise<SeenRow | null>>()
  #statements = 0
  #rows = 0

  constructor(options: TemplateDataOptions) {
    this.#options = options
    this.registry = options.registry
  }

  /** A row that was read already, whatever its user may view. */
  async given(model: Model, row: Readonly<Record<string, any>>): Promise<SeenRow> {
    const [seen] = await this.#seen(model, [row])
    this.#known.set(`${model.name}:${seen!.id}`, Promise.resolve(seen!))
    return seen!
  }

  async rows(selection: Selection): Promise<readonly SeenRow[]> {
    const { model, where, order, limit, offset } = selection
    const allowed = this.#options.permissions.constrain('view', model)
    if (!allowed || limit === 0) return []
    this.#spend(1)
    const page = { limit: Math.min(limit ?? mostRows + 1, mostRows + 1), offset }
    const query = { model: model.name, where: { and: [where, allowed] }, order, page }
    return this.#seen(model, await this.#options.db.rows(pageStatement(this.registry, query, ['*'])))
  }

  async count({ model, where, limit, offset }: Selection): Promise<number> {
    const allowed = this.#options.permissions.constrain('view', model)
    if (!allowed) return 0
    this.#spend(1)
    const statement = countStatement(this.registry, model, { and: [where, allowed] })
    const [found] = await this.#options.db.rows<{ count: number }>(statement)
    const rest = Math.max(0, found!.count - offset)
    return limit === null ? rest : Math.min(limit, rest)
  }

  async one(model: Model, id: number, peers: readonly number[]): Promise<SeenRow | null> {
    const key = (one: number): string => `${model.name}:${one}`
    if (!this.#known.has(key(id))) {
      const ids = [...new Set([id, ...peers])].filter(one => !this.#known.has(key(one)))
      const where: Condition = { path: 'id', lookup: 'in', value: ids }
      const found = this.rows({ model, where, order: [], limit: null, offset: 0 }).then(
        rows => new Map(rows.map(row => [row.id, row])),
      )
      for (const one of ids)
        this.#known.set(
          key(one),
          found.then(rows => rows.get(one) ?? null),
        )
    }
    return this.#known.get(key(id))!
  }

  async derived(model: Model, rows: readonly SeenRow[], key: string): Promise<ReadonlyMap<number, unknown>> {
    this.#spend(1)
    const texts = await this.#represent(
      model,
      rows.map(row => row.row),
      [key],
    )
    const values = new Map<number, unknown>()
    for (const [at, row] of rows.entries()) {
      const value = (JSON.parse(texts[at]!) as Record<string, unknown>)[key]
      values.set(row.id, await this.#object(value))
    }
    return values
  }

  /** A brief representation stands for the row itself. */
  async #object(value: unknown): Promise<unknown> {
    if (typeof value !== 'object' || value === null || !('url' in value) || !('id' in value)) return value
    const [app, path] = String(value.url).split('/api/')[1]?.split('/') ?? []
    const model = app && path ? this.registry.at(app, path) : undefined
    return model ? this.one(model, Number(value.id), []) : value
  }

  all(model: Model, where: Condition, load?: () => Promise<readonly SeenRow[]>): QuerySet {
    const selection = { model, where, order: model.spec.order, limit: null, offset: 0 }
    return new QuerySet(this, { selection, ...(load && { load }) })
  }

  /** Rows of a model in an order. */
  select(model: Model, where: Condition, order: readonly Order[]): QuerySet {
    return new QuerySet(this, { selection: { model, where, order, limit: null, offset: 0 } })
  }

  condition(model: Model, key: string, value: unknown): Condition {
    const plain = this.#plain(value)
    const parts = key.split('__')
    const paths = [parts, parts.slice(0, -1)].map(names => names.join('.')).filter(Boolean)
    const steps = paths.map(path => resolvePath(this.registry, model, path)).find(Boolean)
    const shown = steps?.every(step => !('field' in step) || !step.field || isVisible(step.field))
    if (!shown) throw new TemplateError('FieldError', `Cannot resolve keyword '${key}' into field.`)
    return constraintCondition(this.registry, model, key, plain, this.#options.user)
  }

  /** A value as a statement takes it: a row by its id. */
  #plain(value: unknown): unknown {
    if (value instanceof Undefined) throw value.error()
    if (Array.isArray(value)) return value.map(one => this.#plain(one))
    if (value instanceof RowObject) return value.id
    if (value instanceof QuerySet) throw new TemplateError('TypeError', 'give a list: …|list')
    return value instanceof Exposed ? value.repr() : value
  }

  async #seen(model: Model, rows: readonly Readonly<Record<string, any>>[]): Promise<SeenRow[]> {
    this.#rows += rows.length
    if (this.#rows > mostRows) throw stopped(`it reads more than ${mostRows} objects`)
    if (!rows.length) return []
    const texts = await this.#represent(model, rows, displayShape)
    const peers: RowObject[] = []
    const related = new Map<string, Promise<ReadonlyMap<number, any>>>()
    for (const [at, row] of rows.entries()) {
      const { display } = JSON.parse(texts[at]!) as { display: string }
      peers.push(new RowObject(this, model, row, display, peers, related))
    }
    return peers
  }

  async #represent(model: Model, rows: readonly any[], shape: readonly string[]): Promise<string[]> {
    const { db, registry, origin, settings } = this.#options
    const customFields = customFieldWriter(registry, await customFieldsOf(db))
    return representRows({ db, registry, origin, settings, customFields }, planOf(registry, model, shape, false), rows)
  }

  #spend(statements: number): void {
    this.#statements += statements
    if (this.#statements > mostStatements) throw stopped(`it takes more than ${mostStatements} statements`)
  }
}

const stopped = (what: string): TemplateError => new TemplateError('SecurityError', `Template is stopped: ${what}.`)
