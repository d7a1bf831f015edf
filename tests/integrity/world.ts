/** The kinds of objects that the property test plays with. */
export type Kind = 'region' | 'tenant' | 'tag' | 'site' | 'location' | 'rack' | 'vlan' | 'prefix'

type FieldKind =
  | {
      readonly is: 'value'
      readonly pool: readonly unknown[]
      readonly wrong: readonly unknown[]
      readonly or?: unknown
    }
  | { readonly is: 'ref'; readonly to: Kind; readonly nullable: boolean }

interface KindSpec {
  readonly model: string
  readonly path: string
  readonly table: string
  readonly fields: Readonly<Record<string, FieldKind>>
  /** Whether it has tags and custom fields. */
  readonly plain?: boolean
  /** Keys that no two rows share; with nulls that equal each other. */
  readonly unique: readonly (readonly string[])[]
  /** As unique, but rows with a null among the keys share them freely. */
  readonly uniqueUnlessNull?: readonly (readonly string[])[]
  /** What a row loses that is replaced without it. */
  readonly resets?: readonly string[]
}

const names = ['a', 'b', 'c', 'B2', 'ab']
const word = { is: 'value', pool: names, wrong: ['', null, 'x'.repeat(101), ['a']] } as const
const slug = { is: 'value', pool: names, wrong: ['', null, 'no spaces', 'x'.repeat(101)] } as const
const text = { is: 'value', pool: ['', 'one', 'two'], wrong: [null, 'x'.repeat(201)], or: '' } as const
const status = (...pool: string[]) => ({ is: 'value', pool, wrong: ['nope', '', null], or: 'active' }) as const
const ref = (to: Kind, nullable = true) => ({ is: 'ref', to, nullable }) as const

export const kinds: Readonly<Record<Kind, KindSpec>> = {
  region: {
    model: 'dcim.region',
    path: 'dcim/regions',
    table: 'dcim_region',
    resets: ['parent'],
    fields: { name: word, slug, parent: ref('region'), description: text },
    unique: [
      ['parent', 'name'],
      ['parent', 'slug'],
    ],
  },
  tenant: {
    model: 'tenancy.tenant',
    path: 'tenancy/tenants',
    table: 'tenancy_tenant',
    fields: { name: word, slug, description: text },
    unique: [['name'], ['slug']],
  },
  tag: {
    model: 'extras.tag',
    path: 'extras/tags',
    table: 'extras_tag',
    fields: {
      name: word,
      slug,
      color: { is: 'value', pool: ['ff0000', '00ff00'], wrong: ['red', ''], or: '9e9e9e' },
    },
    plain: true,
    unique: [['name'], ['slug']],
  },
  site: {
    model: 'dcim.site',
    path: 'dcim/sites',
    table: 'dcim_site',
    fields: { name: word, slug, status: status('active', 'planned'), region: ref('region'), tenant: ref('tenant') },
    unique: [['name'], ['slug']],
  },
  location: {
    model: 'dcim.location',
    path: 'dcim/locations',
    table: 'dcim_location',
    resets: ['parent'],
    fields: {
      name: word,
      slug,
      site: ref('site', false),
      parent: ref('location'),
      status: status('active', 'planned'),
      tenant: ref('tenant'),
    },
    unique: [
      ['site', 'parent', 'name'],
      ['site', 'parent', 'slug'],
    ],
  },
  rack: {
    model: 'dcim.rack',
    path: 'dcim/racks',
    table: 'dcim_rack',
    resets: ['location'],
    fields: {
      name: word,
      site: ref('site', false),
      location: ref('location'),
      status: status('active', 'reserved'),
      tenant: ref('tenant'),
    },
    unique: [],
    uniqueUnlessNull: [['location', 'name']],
  },
  vlan: {
    model: 'ipam.vlan',
    path: 'ipam/vlans',
    table: 'ipam_vlan',
    fields: {
      vid: { is: 'value', pool: [1, 2, 4094], wrong: [0, 4095, 'x', null] },
      name: { ...word, wrong: ['', null, 'x'.repeat(65)] },
      site: ref('site'),
      tenant: ref('tenant'),
      status: status('active', 'reserved'),
    },
    unique: [],
  },
  prefix: {
    model: 'ipam.prefix',
    path: 'ipam/prefixes',
    table: 'ipam_prefix',
    resets: ['scope'],
    fields: {
      prefix: {
        is: 'value',
        pool: ['10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '10.2.0.0/16', '2001:db8::/32', '2001:db8:1::/48'],
        wrong: ['10.0.0.0/33', '0.0.0.0/0', '10.0.0.1/8x', null, ''],
      },
      scope: ref('site'),
      vlan: ref('vlan'),
      tenant: ref('tenant'),
      status: status('active', 'reserved'),
    },
    unique: [['prefix']],
  },
}

export const kindNames = Object.keys(kinds) as Kind[]

/** A row as the test foresees it: references as ids, tags as sorted ids. */
export type Row = Readonly<Record<string, any>>
export type World = ReadonlyMap<Kind, ReadonlyMap<number, Row>>

export const emptyWorld = (): World => new Map(kindNames.map(kind => [kind, new Map()]))

/** What is asked of one row: the body that is sent, and what it means; null where a value is no good. */
export interface Ask {
  readonly body: Record<string, unknown>
  readonly meant: Readonly<Record<string, any>> | null
}

/** Turns a few random numbers into what is asked of a new row, or of one there is. */
export function askOf(world: World, kind: Kind, picks: readonly number[], isNew: boolean): Ask {
  const body: Record<string, unknown> = {}
  const meant: Record<string, any> = {}
  let good = true
  let at = 0
  const draw = (below: number) => picks[at++ % picks.length]! % below
  for (const [name, field] of Object.entries(kinds[kind].fields)) {
    const required = field.is === 'value' ? field.or === undefined : !field.nullable
    const chance = draw(40)
    const choice = draw(997)
    if (isNew ? !required && chance % 3 === 0 : chance % 3 !== 0) continue
    if (isNew && required && chance === 39) {
      good = false
      continue
    }
    let value: unknown
    if (field.is === 'value') {
      const wrong = chance === 36
      value = wrong ? field.wrong[choice % field.wrong.length] : field.pool[choice % field.pool.length]
      if (wrong) good = false
    } else {
      const ids = [...world.get(field.to)!.keys()]
      value = chance === 36 ? 999_999_999 : field.nullable && choice % 4 === 0 ? null : ids[choice % (ids.length || 1)]
      value ??= null
      if (value === 999_999_999 || (value === null && !field.nullable)) good = false
    }
    meant[name] = value
    if (name === 'scope') {
      body['scope_type'] = value === null ? null : 'dcim.site'
      body['scope_id'] = value
    } else body[name] = value
  }
  if (!kinds[kind].plain) {
    const tags = [...world.get('tag')!.keys()]
    const chosen = tags.filter((_, n) => draw(2 + n) === 0)
    const [way, number, level, note] = [draw(isNew ? 3 : 6), draw(25), draw(12), draw(6)]
    if (way === 1) {
      body['tags'] = number === 24 ? [...chosen, 999_999_999] : chosen
      meant['tags'] = chosen
      if (number === 24) good = false
    } else if (way === 2) meant['add'] = body['add_tags'] = chosen
    else if (way === 3) meant['remove'] = body['remove_tags'] = chosen
    const fields: Record<string, unknown> = {}
    if (level < 4) fields['level'] = level === 0 ? null : level
    if (level === 11 && number < 4) {
      fields['level'] = ['x', 10, -1, 1.5][number]
      good = false
    }
    if (note < 2) fields['note'] = note ? 'noted' : null
    if (Object.keys(fields).length) meant['fields'] = body['custom_fields'] = fields
  }
  return { body, meant: good ? meant : null }
}

/** A world in which rows are changed one after another, as a request that changes many does it. */
export function draftOf(world: World) {
  const draft = new Map([...world].map(([kind, rows]) => [kind, new Map(rows)]))
  const rows = (kind: Kind) => draft.get(kind)!
  return {
    world: draft as World,
    put(kind: Kind, id: number, { meant }: Ask): boolean {
      const before = rows(kind).get(id)
      const row = meant && rowOf(kind, id, before, meant)
      if (!row || !isSound(draft, kind, row)) return false
      rows(kind).set(id, row)
      return true
    },
    remove: (kind: Kind, ids: readonly number[]): boolean => removeAll(draft, kind, ids),
  }
}

function rowOf(kind: Kind, id: number, before: Row | undefined, meant: Readonly<Record<string, any>>): Row {
  const row: Record<string, any> = { id }
  for (const [name, field] of Object.entries(kinds[kind].fields))
    row[name] = name in meant ? meant[name] : before ? before[name] : field.is === 'value' ? field.or : null
  if (kinds[kind].plain) return row
  const current: number[] = meant['tags'] ?? before?.['tags'] ?? []
  const tags = new Set([...current, ...(meant['add'] ?? [])])
  for (const tag of meant['remove'] ?? []) tags.delete(tag)
  row['tags'] = [...tags].sort((a, b) => a - b)
  row['custom_fields'] = { ...(before?.['custom_fields'] ?? { level: null, note: 'new' }), ...meant['fields'] }
  return row
}

const above = (rows: ReadonlyMap<number, Row>, row: Row): Row[] => {
  const parent = row['parent'] === null ? undefined : rows.get(row['parent'])
  return parent ? [parent, ...above(rows, parent)] : []
}

function isSound(world: World, kind: Kind, row: Row): boolean {
  const { unique, uniqueUnlessNull = [] } = kinds[kind]
  const others = [...world.get(kind)!.values()].filter(other => other['id'] !== row['id'])
  const shared = (keys: readonly string[]) => others.some(other => keys.every(key => other[key] === row[key]))
  if (unique.some(shared)) return false
  if (uniqueUnlessNull.some(keys => keys.every(key => row[key] !== null) && shared(keys))) return false
  if ('parent' in row && row['parent'] !== null) {
    const rows = new Map(world.get(kind)).set(row['id'], row)
    for (let at: Row | undefined = rows.get(row['parent']); at; at = rows.get(at['parent']))
      if (at['id'] === row['id']) return false
  }
  if (kind === 'location' && row['parent'] !== null)
    return world.get('location')!.get(row['parent'])!['site'] === row['site']
  if (kind === 'rack' && row['location'] !== null)
    return world.get('location')!.get(row['location'])!['site'] === row['site']
  return true
}

/** Deletes rows with all that goes along; false, with nothing done that counts, where something stands in the way. */
function removeAll(world: Map<Kind, Map<number, Row>>, kind: Kind, ids: readonly number[]): boolean {
  const rows = (of: Kind) => world.get(of)!
  const isUsed = (of: Kind, key: string, by: ReadonlySet<number>) =>
    [...rows(of).values()].some(row => by.has(row[key]))
  const clear = (of: Kind, key: string, gone: ReadonlySet<number>) => {
    for (const [id, row] of rows(of)) if (gone.has(row[key])) rows(of).set(id, { ...row, [key]: null })
  }
  const drop = (of: Kind, key: string, by: ReadonlySet<number>): Set<number> => {
    const gone = [...rows(of).values()].filter(row => by.has(row[key])).map(row => row['id'] as number)
    for (const id of gone) rows(of).delete(id)
    return new Set(gone)
  }
  const gone = new Set(ids)
  const below = (of: Kind) => {
    for (let size = -1; size !== gone.size;) {
      size = gone.size
      for (const row of rows(of).values()) if (gone.has(row['parent'])) gone.add(row['id'])
    }
  }
  switch (kind) {
    case 'region':
      below('region')
      clear('site', 'region', gone)
      break
    case 'tenant':
      if ((['site', 'location', 'rack', 'vlan', 'prefix'] as const).some(of => isUsed(of, 'tenant', gone))) return false
      break
    case 'site':
      if (isUsed('rack', 'site', gone) || isUsed('vlan', 'site', gone)) return false
      drop('prefix', 'scope', gone)
      drop('location', 'site', gone)
      break
    case 'location':
      below('location')
      clear('rack', 'location', gone)
      break
    case 'vlan':
      if (isUsed('prefix', 'vlan', gone)) return false
      break
    case 'tag':
      for (const of of kindNames)
        for (const [id, row] of rows(of))
          if (row['tags']?.some((tag: number) => gone.has(tag)))
            rows(of).set(id, { ...row, tags: row['tags'].filter((tag: number) => !gone.has(tag)) })
      break
  }
  for (const id of gone) rows(kind).delete(id)
  return true
}

/** What the lists are to show of a world beyond what was written: depths and counts. */
export function countsOf(world: World, kind: Kind, row: Row): Record<string, unknown> {
  const count = (of: Kind, key: string, among: readonly number[] = [row['id']]) =>
    [...world.get(of)!.values()].filter(other => among.includes(other[key])).length
  const rows = world.get(kind)!
  const subtree = () =>
    [...rows.values()].filter(one => one === row || above(rows, one).includes(row)).map(one => one['id'] as number)
  switch (kind) {
    case 'region':
      return { _depth: above(rows, row).length, site_count: count('site', 'region', subtree()) }
    case 'location':
      return { _depth: above(rows, row).length, rack_count: count('rack', 'location', subtree()) }
    case 'site':
      return {
        rack_count: count('rack', 'site'),
        vlan_count: count('vlan', 'site'),
        prefix_count: count('prefix', 'scope'),
      }
    case 'tenant':
      return {
        site_count: count('site', 'tenant'),
        rack_count: count('rack', 'tenant'),
        vlan_count: count('vlan', 'tenant'),
        prefix_count: count('prefix', 'tenant'),
      }
    case 'tag': {
      const tagged = kindNames.flatMap(of =>
        [...world.get(of)!.values()].filter(one => one['tags']?.includes(row['id'])),
      )
      return { tagged_items: tagged.length }
    }
    case 'vlan':
      return { prefix_count: count('prefix', 'vlan') }
    case 'prefix': {
      const all = [...rows.values()].map(one => one['prefix'] as string)
      return {
        _depth: all.filter(one => holds(one, row['prefix'])).length,
        children: all.filter(one => holds(row['prefix'], one)).length,
      }
    }
    default:
      return {}
  }
}

/** The prefixes of the pool that lie in each other. */
const inner: Readonly<Record<string, readonly string[]>> = {
  '10.0.0.0/8': ['10.1.0.0/16', '10.1.1.0/24', '10.2.0.0/16'],
  '10.1.0.0/16': ['10.1.1.0/24'],
  '2001:db8::/32': ['2001:db8:1::/48'],
}
const holds = (outer: string, prefix: string) => inner[outer]?.includes(prefix) ?? false

/** The path of a row of a tree, as the database keeps it. */
export const pathOf = (world: World, kind: Kind, row: Row): string =>
  [row, ...above(world.get(kind)!, row)]
    .reverse()
    .map(one => String(one['id']).padStart(19, '0'))
    .join('.')
