import {
  bind,
  Callable,
  Dict,
  Exposed,
  Slice,
  TemplateError,
  textNow,
  Tuple,
  Undefined,
  type Args,
} from '@demarc/jinja'
import type { Order } from '../model/index.ts'
import { isVisible } from './visible.ts'
import type { SeenRow, Selection, TemplateReader } from './reader.ts'

/** How each row is given: itself, or values of it. */
type Shape = { readonly as: 'rows' } | { readonly as: 'tuples' | 'dicts' | 'flat'; readonly names: readonly string[] }

interface State {
  readonly selection: Selection
  readonly shape: Shape
  readonly distinct: boolean
  /** Reads the rows along with those of peers, as long as nothing is narrowed. */
  readonly load: (() => Promise<readonly SeenRow[]>) | null
}

const rowsAsTheyAre: Shape = { as: 'rows' }

/** Rows of a model, read when they are looked at: `interfaces.filter(enabled=true).order_by('name')`. */
export class QuerySet extends Exposed {
  readonly type = 'QuerySet'
  readonly #reader: TemplateReader
  readonly #state: State
  #items: Promise<readonly unknown[]> | null = null

  constructor(reader: TemplateReader, state: Pick<State, 'selection'> & Partial<State>) {
    super()
    this.#reader = reader
    this.#state = { shape: rowsAsTheyAre, distinct: false, load: null, ...state }
  }

  override items(): Promise<readonly unknown[]> {
    this.#items ??= this.#read()
    return this.#items
  }
  override async length(): Promise<number> {
    return (await this.items()).length
  }
  override async truth(): Promise<boolean> {
    return (await this.length()) > 0
  }
  override async text(): Promise<string> {
    return `<QuerySet ${textNow([...(await this.items())])}>`
  }

  override async item(key: unknown): Promise<unknown> {
    if (typeof key === 'number' && key >= 0) {
      if (this.#items) return (await this.items())[key]
      return (await this.#with(narrowed(this.#state.selection, key, 1)).items())[0]
    }
    if (!(key instanceof Slice) || (key.step !== null && key.step !== 1)) return undefined
    const [from, to] = [key.from ?? 0, key.to]
    if (typeof from !== 'number' || from < 0 || (typeof to === 'number' ? to < 0 : to !== null))
      throw new TemplateError('ValueError', 'Negative indexing is not supported.')
    return this.#with(narrowed(this.#state.selection, from, to === null ? null : Math.max(0, Number(to) - from)))
  }

  override attribute(name: string): unknown {
    const run = Object.hasOwn(methods, name) ? methods[name] : undefined
    return run && new Callable(name, args => run(this, args))
  }

  #with(selection: Selection, change: Partial<State> = {}): QuerySet {
    return new QuerySet(this.#reader, { ...this.#state, load: null, selection, ...change })
  }

  async #read(): Promise<readonly unknown[]> {
    const { selection, shape, distinct, load } = this.#state
    const rows = load ? await load() : await this.#reader.rows(selection)
    if (shape.as === 'rows') return rows
    const found: unknown[] = []
    const seen = new Set<string>()
    for (const row of rows) {
      const values: unknown[] = []
      for (const name of shape.names) values.push(await valueAt(row, name))
      const given =
        shape.as === 'flat'
          ? values[0]
          : shape.as === 'tuples'
            ? Tuple.list(values)
            : new Dict(shape.names.map((name, at) => [name, values[at]] as const))
      if (distinct) {
        const text = textNow(given)
        if (seen.has(text)) continue
        seen.add(text)
      }
      found.push(given)
    }
    return found
  }

  /** The same rows, unread. */
  all(): QuerySet {
    return new QuerySet(this.#reader, this.#state)
  }

  /** Only the rows of which the conditions hold, or do not. */
  narrow(args: Args, holds = true): QuerySet {
    if (args.positional.length) throw new TemplateError('TypeError', 'conditions are given by name')
    const { selection } = this.#state
    const conditions = [...args.named].map(([key, value]) => this.#reader.condition(selection.model, key, value))
    if (!conditions.length) return this.all()
    if (selection.limit !== null || selection.offset)
      throw new TemplateError('TypeError', 'Cannot filter a query once a slice has been taken.')
    const condition = holds ? { and: conditions } : { not: { and: conditions } }
    return this.#with({ ...selection, where: { and: [selection.where, condition] } })
  }

  order({ positional }: Args): QuerySet {
    const { selection } = this.#state
    const order = positional.map(name => orderOf(selection, textNow(name)))
    return this.#with({ ...selection, order: order.length ? [...order, 'id'] : ['id'] })
  }

  backwards(): QuerySet {
    const { selection } = this.#state
    const order = selection.order.map((one): Order => {
      if (typeof one === 'string') return one.startsWith('-') ? one.slice(1) : `-${one}`
      return 'sql' in one ? { ...one, desc: !one.desc } : `-${one.by}`
    })
    return this.#with({ ...selection, order })
  }

  shaped(as: 'tuples' | 'dicts', { positional, named }: Args): QuerySet {
    const { selection, load } = this.#state
    const { fields } = selection.model
    const asked = positional.map(textNow)
    const names = asked.length ? asked : ['id', ...Object.keys(fields).filter(name => isVisible(fields[name]!))]
    const flat = as === 'tuples' && Boolean(named.get('flat'))
    return new QuerySet(this.#reader, { ...this.#state, load, shape: { as: flat ? 'flat' : as, names } })
  }

  distinct(): QuerySet {
    return new QuerySet(this.#reader, { ...this.#state, distinct: true })
  }

  none(): QuerySet {
    return this.#with({ ...this.#state.selection, where: { or: [] } })
  }

  async first(): Promise<unknown> {
    return (await this.item(0)) ?? null
  }

  async count(): Promise<number> {
    const { selection, load, distinct } = this.#state
    return this.#items || load || distinct ? this.length() : this.#reader.count(selection)
  }

  async get(args: Args): Promise<unknown> {
    const found = await this.narrow(args).#limited(2).items()
    const { label } = this.#state.selection.model.spec
    if (found.length === 1) return found[0]
    if (found.length) throw new TemplateError('MultipleObjectsReturned', `get() returned more than one ${label}`)
    throw new TemplateError('DoesNotExist', `${label} matching query does not exist.`)
  }

  #limited(limit: number): QuerySet {
    return this.#with({ ...this.#state.selection, limit })
  }
}

const methods: Readonly<Record<string, (set: QuerySet, args: Args) => unknown>> = {
  all: set => set.all(),
  filter: (set, args) => set.narrow(args),
  exclude: (set, args) => set.narrow(args, false),
  get: (set, args) => set.get(args),
  order_by: (set, args) => set.order(args),
  reverse: set => set.backwards(),
  first: set => set.first(),
  last: set => set.backwards().first(),
  count: set => set.count(),
  exists: set => set.truth(),
  values_list: (set, args) => set.shaped('tuples', args),
  values: (set, args) => set.shaped('dicts', args),
  distinct: set => set.distinct(),
  none: set => set.none(),
  // What is read together is decided here; templates may say so none the less.
  select_related: set => set.all(),
  prefetch_related: set => set.all(),
  only: set => set.all(),
  defer: set => set.all(),
  iterator: (set, args) => {
    bind('iterator', [['chunk_size', null]], args)
    return set.all()
  },
}

function narrowed(selection: Selection, from: number, count: number | null): Selection {
  const left = selection.limit === null ? null : Math.max(0, selection.limit - from)
  const limit = left === null ? count : count === null ? left : Math.min(left, count)
  return { ...selection, offset: selection.offset + from, limit }
}

/** A term of `order_by`: a field of the model, downwards with a sign. */
function orderOf({ model }: Selection, name: string): Order {
  const plain = name.replace(/^-/, '')
  const field = model.fields[plain]
  if (plain === 'pk' || plain === 'id') return name.startsWith('-') ? '-id' : 'id'
  if (!field || !isVisible(field) || field.type === 'refs' || field.type === 'tags')
    throw new TemplateError('FieldError', `Cannot resolve keyword '${plain}' into field.`)
  return name
}

/** A value of a row at a path such as `site__name`. A row stands there by its id. */
async function valueAt(row: SeenRow, path: string): Promise<unknown> {
  let value: unknown = row
  for (const name of path.split('__')) {
    if (value === null || value === undefined) return null
    if (!(value instanceof Exposed))
      throw new TemplateError('FieldError', `Cannot resolve keyword '${name}' into field.`)
    value = await value.attribute(name)
    if (value === undefined || value instanceof Undefined)
      throw new TemplateError('FieldError', `Cannot resolve keyword '${name}' into field.`)
  }
  return value instanceof Exposed && 'id' in value ? value.id : value
}
