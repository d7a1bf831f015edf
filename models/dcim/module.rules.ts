import { Invalid } from '@demarc/engine/field'
import { rules, type Batch, type Change } from '@demarc/engine/model'
import { instantiate, resolve, type Host } from './instantiation/instantiate.ts'
import { kinds } from './instantiation/kinds.ts'
import { hasModule, Misplaced } from './instantiation/placeholders.ts'
import { readTemplates, type Templates } from './instantiation/templates.ts'
import { Module } from './module.ts'
import { followMoves, planMoves, type Moves } from './module-move.ts'
import { chainsOf } from './module-chain.ts'

/** A component that is there, and the module that it belongs to. */
interface Present {
  readonly id: number
  readonly module: number | null
}

/** What a client wants to be done about components, which is no part of the module. */
interface Wish {
  readonly replicate: boolean
  readonly adopt: boolean
  /** Components to adopt, by kind, device and name. */
  readonly adopted: Map<string, number>
}

interface Loaded {
  readonly templates: Templates
  /** Positions of bays from the root down to each. */
  readonly chains: ReadonlyMap<number, readonly string[]>
  /** What new modules want, where they want anything. */
  readonly wishes: Map<number, Wish>
  /** Components by kind, device and name; kept up to date as one module after another is checked. */
  readonly present: Map<string, Present>
  readonly types: {
    readonly bay: ReadonlyMap<number, readonly number[]>
    readonly module: ReadonlyMap<number, readonly number[]>
  }
  /** The module that each bay holds; kept up to date as one module after another is checked. */
  readonly holders: Map<number, number>
  readonly moves: Moves
}

/** Kinds that a module brings along. */
const brought = kinds.filter(({ modular }) => modular)
/** Those whose names a device has once. */
const named = brought.filter(({ component }) => component !== 'dcim.modulebay')

const presentKey = (component: string, device: number, name: string) => `${component} ${device} ${name}`

export default rules(Module, {
  refs: ['device', 'module_type', 'module_bay', 'module_bay.device'],
  load,
  prepare: {
    'components are created, or adopted, as asked': ({ id, kind, input, fail }, { wishes }: Loaded) => {
      const { replicate_components: replicate, adopt_components: adopt } = Module.spec.inputs!
      const read = (key: string, field: typeof replicate): boolean => {
        if (!(key in input)) return field!.options.default as boolean
        try {
          return field!.parse!(input[key]) as boolean
        } catch (error) {
          if (!(error instanceof Invalid)) throw error
          fail(key, error.message)
          return false
        }
      }
      const wish = {
        replicate: read('replicate_components', replicate),
        adopt: read('adopt_components', adopt),
        adopted: new Map<string, number>(),
      }
      if (kind === 'create' && (wish.replicate || wish.adopt)) wishes.set(id, wish)
    },
    'a module that moves goes with its bay': ({ kind, row, input, ref }) => {
      if (kind === 'update' && 'module_bay' in input && !('device' in input) && ref('module_bay'))
        row['device_id'] = ref('module_bay').device_id
    },
  },
  check: {
    'names of components have a meaning, and are free': (change, loaded: Loaded) => {
      const wish = loaded.wishes.get(change.id)
      const fault = wish && componentFault(change, loaded, wish.adopt)
      if (fault) change.fail(null, fault)
    },
    'a module is in a bay of its device': ({ row, ref, fail }) => {
      const bay = ref('module_bay')
      if (bay && bay.device_id !== row['device_id'])
        fail(null, 'Module must be installed within a module bay belonging to the assigned device.')
    },
    'a module fits its bay': ({ row, fail }, { types }: Loaded) => {
      const bay = types.bay.get(row['module_bay_id']) ?? []
      const module = types.module.get(row['module_type_id']) ?? []
      if (bay.length && module.length && !bay.some(type => module.includes(type)))
        fail(null, 'The type of module is not compatible with the module bay.')
    },
    'nothing is installed in a disabled bay': ({ ref, changed, fail }) => {
      if (changed('module_bay_id') && ref('module_bay')?.enabled === false)
        fail('module_bay', 'Cannot install a module in a disabled module bay.')
    },
    'a bay holds one module': ({ id, row, before, fail }, { holders }: Loaded) => {
      const bay: number = row['module_bay_id']
      if ((holders.get(bay) ?? id) !== id) return fail('module_bay', 'Another module is installed in this module bay.')
      if (before && holders.get(before['module_bay_id']) === id) holders.delete(before['module_bay_id'])
      holders.set(bay, id)
    },
    'what moves stays of its type': ({ id, changed, fail }, { moves }: Loaded) => {
      if (moves.has(id) && changed('module_type_id'))
        fail('module_type', 'The type of a module cannot be changed while it is moved.')
    },
    'nothing stands in the way of a move': ({ id, fail }, { moves }: Loaded) => {
      for (const obstacle of moves.get(id)?.obstacles ?? []) fail(null, obstacle)
    },
    'names of components are taken': ({ id, row, ref }, { wishes, templates, chains, present }: Loaded) => {
      const wish = wishes.get(id)
      if (!wish) return
      const host = hostOf({ id, row, ref }, chains)
      for (const { component } of brought)
        for (const template of templates.of(component, host.type)) {
          const key = presentKey(component, host.device.id, resolve(template.name, host))
          const found = present.get(key)
          if (wish.adopt && found?.module === null) {
            wish.adopted.set(key, found.id)
            present.set(key, { id: found.id, module: id })
          } else if (wish.replicate && !found) present.set(key, { id: 0, module: id })
        }
    },
  },
  after: {
    'a new module brings its components along': async (batch, { wishes, templates, chains }: Loaded) => {
      const hosts = batch.changes.flatMap((change): Host[] => {
        const wish = wishes.get(change.id)
        if (!wish) return []
        const adopted = (component: string, name: string) =>
          wish.adopted.get(presentKey(component, change.row['device_id'], name))
        return [{ ...hostOf(change, chains), replicate: wish.replicate, adopted }]
      })
      if (hosts.length) await instantiate(batch, hosts, templates)
    },
    'what a module holds moves along': (batch, { moves }: Loaded) => followMoves(batch, moves),
  },
})

function hostOf({ id, row, ref }: Pick<Change, 'id' | 'row' | 'ref'>, chains: Loaded['chains']): Host {
  return {
    device: ref('module_bay.device') ?? ref('device'),
    type: row['module_type_id'],
    module: { id, chain: chains.get(row['module_bay_id']) ?? [] },
    replicate: true,
  }
}

/** Why components of a module can neither be created nor adopted. */
function componentFault(change: Change, { templates, chains, present }: Loaded, adopt: boolean): string | null {
  const host = hostOf(change, chains)
  const names = new Set<string>()
  for (const { component, template: kind } of named)
    for (const template of templates.of(component, host.type)) {
      if (hasModule(template.name) && !change.ref('module_bay')?.position)
        return 'Cannot install module with placeholder values in a module bay with no position defined.'
      let name: string
      try {
        name = resolve(template.name, host)
        resolve(template.label, host)
      } catch (error) {
        if (error instanceof Misplaced) return error.message
        throw error
      }
      if (name.length > 64) return `The name ${name} is too long.`
      if (names.has(`${kind} ${name}`)) return `More than one component would be called ${name}.`
      names.add(`${kind} ${name}`)
      const found = present.get(presentKey(component, host.device.id, name))
      if (found && adopt && found.module !== null) return `Cannot adopt ${name} as it already belongs to a module.`
      if (found && !adopt) return `A component called ${name} already exists.`
    }
  for (const bay of templates.of('dcim.modulebay', host.type))
    try {
      for (const text of [bay.name, bay.label, bay.position]) resolve(text, host)
    } catch (error) {
      if (error instanceof Misplaced) return error.message
      throw error
    }
  return null
}

async function load(batch: Batch): Promise<Loaded> {
  const { changes, tx } = batch
  const created = changes.filter(change => change.kind === 'create')
  const templates = await readTemplates(
    tx,
    'module_type_id',
    created.map(change => change.row['module_type_id'] as number),
  )
  const chains = await chainsOf(
    tx,
    created.map(change => change.row['module_bay_id'] as number),
  )
  return {
    templates,
    chains,
    wishes: new Map(),
    present: await presentOf(batch, created, templates, chains),
    types: {
      bay: await typesOf(
        batch,
        'modulebay',
        changes.map(change => change.row['module_bay_id']),
      ),
      module: await typesOf(
        batch,
        'moduletype',
        changes.map(change => change.row['module_type_id']),
      ),
    },
    holders: await holdersOf(batch),
    moves: await planMoves(batch),
  }
}

async function holdersOf({ changes, tx }: Batch): Promise<Map<number, number>> {
  const rows = await tx.query<{ id: number; bay: number }>(
    'select id, module_bay_id as bay from dcim_module where module_bay_id = any($1::bigint[])',
    [changes.flatMap(({ row, before }) => [row['module_bay_id'], before?.['module_bay_id'] ?? null])],
  )
  return new Map(rows.map(({ id, bay }) => [bay, id]))
}

async function typesOf(
  { tx }: Batch,
  owner: 'modulebay' | 'moduletype',
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await tx.query<{ owner: number; type: number }>(
    `select ${owner}_id as owner, modulebaytype_id as type from dcim_${owner}_module_bay_types where ${owner}_id = any($1::bigint[])`,
    [ids],
  )
  return new Map([...Map.groupBy(rows, row => row.owner)].map(([id, of]) => [id, of.map(row => row.type)]))
}

/** Components that are there and have a name that new modules would give. One statement a kind. */
async function presentOf(
  { tx }: Batch,
  created: readonly Change[],
  templates: Templates,
  chains: Loaded['chains'],
): Promise<Map<string, Present>> {
  const present = new Map<string, Present>()
  for (const { component } of brought) {
    const wanted = created.flatMap(change => {
      const host = hostOf(change, chains)
      return templates.of(component, host.type).flatMap(template => {
        try {
          return [[host.device.id, resolve(template.name, host)] as const]
        } catch (error) {
          if (error instanceof Misplaced) return []
          throw error
        }
      })
    })
    if (wanted.length === 0) continue
    const rows = await tx.query<{ id: number; device_id: number; name: string; module_id: number | null }>(
      `select c.id, c.device_id, c.name, c.module_id from ${component.replace('.', '_')} as c
       join (select distinct device, name from unnest($1::bigint[], $2::text[]) as v(device, name)) as v
       on c.device_id = v.device and c.name = v.name order by c.module_id nulls first, c.id desc`,
      [wanted.map(one => one[0]), wanted.map(one => one[1])],
    )
    for (const row of rows) {
      const key = presentKey(component, row.device_id, row.name)
      // Bays of different modules may be called alike: what belongs to none is what can be adopted.
      if (present.get(key)?.module !== null || row.module_id === null)
        present.set(key, { id: row.id, module: row.module_id })
    }
  }
  return present
}
