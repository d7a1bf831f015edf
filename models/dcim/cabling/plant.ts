import type { Transaction } from '@demarc/engine/database'
import { sql, type RawBuilder } from 'kysely'
import { nodeText } from './node.ts'

/** Where an object sits: on which cable, at which of its ends, and at which connector and positions where it has those. */
export interface Seat {
  readonly cable: number
  readonly end: 'A' | 'B'
  readonly connector: number | null
  readonly positions: readonly number[]
}

/** A cable, and what terminates its ends, in the order of the connectors. */
export interface Cable {
  readonly status: string
  readonly profile: string | null
  readonly A: string[]
  readonly B: string[]
}

/** One position of a port, and the position of another that it leads to. */
interface Mapping {
  readonly id: number
  readonly at: number
  readonly far: string
  readonly farAt: number
}

interface Port {
  readonly device: number
  readonly positions: number
}

/** The other end of a circuit, and the place or the network that it stands at. */
interface Across {
  readonly peer: string
  readonly place: string | null
  readonly isNetwork: boolean
}

interface Radio {
  readonly status: string
  readonly ends: readonly [string, string]
}

type Ids = readonly number[] | 'all'

/**
 * What tracing needs to know of the world, in memory. Nodes are texts, as `dcim.interface:12`. Of a cable that has been
 * loaded it knows what terminates it, what lies behind those ports and circuits, and on which cable that sits in turn.
 */
export class Plant {
  readonly cables = new Map<number, Cable>()
  readonly ports = new Map<string, Port>()
  /** Only of ports on loaded cables. */
  readonly mappings = new Map<string, Mapping[]>()
  readonly across = new Map<string, Across>()
  readonly radios = new Map<string, Radio>()
  /** The channels of each channelized interface, by number. */
  readonly channels = new Map<string, Map<number, string>>()
  readonly #tx: Pick<Transaction, 'rows'>
  readonly #seats = new Map<string, Seat>()
  readonly #radioOf = new Map<string, string>()
  readonly #parents = new Map<string, readonly [parent: string, channel: number]>()

  constructor(tx: Pick<Transaction, 'rows'>) {
    this.#tx = tx
  }

  /** Where an object sits. A channel sits where its interface does, at one position, if the cable has a profile. */
  seatOf(node: string): Seat | undefined {
    const channel = this.#parents.get(node)
    if (!channel) return this.#seats.get(node)
    const seat = this.#seats.get(channel[0])
    return seat && this.cables.get(seat.cable)?.profile ? { ...seat, positions: [channel[1]] } : undefined
  }

  /** The cable or the radio link that leads on from an object. */
  linkOf(node: string): string | undefined {
    const seat = this.seatOf(node)
    return seat ? nodeText('dcim.cable', seat.cable) : this.#radioOf.get(node)
  }

  /** Load those cables that are not known yet. The number of statements does not depend on the number of cables. */
  async load(cables: Ids): Promise<void> {
    const ids = cables === 'all' ? cables : cables.filter(id => !this.cables.has(id))
    if (ids.length === 0) return
    const found = await this.#tx.rows<{ id: number; status: string; profile: string | null }>(
      sql`select id, status, profile from dcim_cable where ${within('id', ids)}`,
    )
    for (const { id, status, profile } of found) this.cables.set(id, { status, profile: profile || null, A: [], B: [] })
    const rows = await this.#loadSeats(sql`${within('cable_id', ids)}`)
    for (const { cable_id, cable_end, node } of rows) this.cables.get(cable_id)![cable_end].push(node)
    const idsOf = (model: string): Ids =>
      ids === 'all' ? ids : rows.filter(row => row.termination_type === model).map(row => row.termination_id)
    const beyond = [
      ...(await this.#loadMappings(idsOf('dcim.frontport'), idsOf('dcim.rearport'))),
      ...(await this.#loadCircuits(idsOf('circuits.circuittermination'))),
    ]
    await this.#loadChannels(idsOf('dcim.interface'))
    if (ids !== 'all') await this.#loadSeats(isOneOf(beyond))
  }

  /** Load the cables and radio links on which objects sit; returns the ids of the cables. */
  async loadAround(nodes: readonly string[]): Promise<number[]> {
    const interfaces = idsIn(nodes, 'dcim.interface')
    const parents = interfaces.length
      ? await this.#tx.rows<{ parent_id: number }>(
          sql`select parent_id from dcim_interface where id = any(${interfaces}::bigint[]) and channel_id is not null`,
        )
      : []
    const seats = await this.#loadSeats(
      isOneOf([...nodes, ...parents.map(({ parent_id }) => nodeText('dcim.interface', parent_id))]),
    )
    const cables = [...new Set(seats.map(seat => seat.cable_id))]
    await this.load(cables)
    await this.loadRadios(interfaces)
    return cables
  }

  /** Load the radio links of interfaces. */
  async loadRadios(interfaces: Ids): Promise<void> {
    if (interfaces.length === 0) return
    const rows = await this.#tx.rows<{ id: number; link: number; status: string; a: number; b: number }>(sql`
      select near.id, link.id as link, link.status, link.interface_a_id as a, link.interface_b_id as b
      from dcim_interface as near join wireless_wirelesslink as link on link.id = near.wireless_link_id
      where ${within('near.id', interfaces)} order by near.id`)
    for (const { id, link, status, a, b } of rows) {
      const name = nodeText('wireless.wirelesslink', link)
      this.radios.set(name, { status, ends: [nodeText('dcim.interface', a), nodeText('dcim.interface', b)] })
      this.#radioOf.set(nodeText('dcim.interface', id), name)
    }
  }

  async #loadSeats(where: RawBuilder<unknown> | undefined) {
    if (!where) return []
    const rows = await this.#tx.rows<{
      cable_id: number
      cable_end: 'A' | 'B'
      termination_type: string
      termination_id: number
      connector: number | null
      positions: number[] | null
    }>(sql`
      select cable_id, cable_end, termination_type, termination_id, connector, positions
      from dcim_cabletermination where ${where} order by cable_id, cable_end, connector, id`)
    return rows.map(row => {
      const node = nodeText(row.termination_type, row.termination_id)
      const { cable_id: cable, cable_end: end, connector } = row
      this.#seats.set(node, { cable, end, connector, positions: row.positions ?? [] })
      return { ...row, node }
    })
  }

  /** Returns the ports that mappings lead to. */
  async #loadMappings(fronts: Ids, rears: Ids): Promise<string[]> {
    if (fronts.length + rears.length === 0) return []
    const mappings = await this.#tx.rows<{
      id: number
      front: number
      front_position: number
      rear: number
      rear_position: number
    }>(sql`
      select id, front_port_id as front, front_port_position as front_position,
        rear_port_id as rear, rear_port_position as rear_position
      from dcim_portmapping where ${within('front_port_id', fronts)} or ${within('rear_port_id', rears)}`)
    const entered = new Set([...textsOf('dcim.frontport', fronts), ...textsOf('dcim.rearport', rears)])
    const isEntered = (port: string) => fronts === 'all' || entered.has(port)
    const beyond = new Set<string>()
    for (const mapping of mappings) {
      const front = [nodeText('dcim.frontport', mapping.front), mapping.front_position] as const
      const rear = [nodeText('dcim.rearport', mapping.rear), mapping.rear_position] as const
      for (const [[near, at], [far, farAt]] of [
        [front, rear],
        [rear, front],
      ] as const) {
        if (!isEntered(near)) continue
        const list = this.mappings.get(near)
        if (list) list.push({ id: mapping.id, at, far, farAt })
        else this.mappings.set(near, [{ id: mapping.id, at, far, farAt }])
        beyond.add(far)
      }
    }
    const ports = await this.#tx.rows<{ node: string; device: number; positions: number }>(sql`
      select 'dcim.frontport:' || id as node, device_id as device, positions from dcim_frontport
      where ${within('id', fronts === 'all' ? fronts : [...fronts, ...mappings.map(mapping => mapping.front)])}
      union all
      select 'dcim.rearport:' || id, device_id, positions from dcim_rearport
      where ${within('id', rears === 'all' ? rears : [...rears, ...mappings.map(mapping => mapping.rear)])}`)
    for (const { node, device, positions } of ports) this.ports.set(node, { device, positions })
    return [...beyond]
  }

  /** Returns the terminations at the other ends. */
  async #loadCircuits(terminations: Ids): Promise<string[]> {
    if (terminations.length === 0) return []
    const rows = await this.#tx.rows<{ id: number; peer: number; type: string | null; place: number | null }>(sql`
      select own.id, peer.id as peer, peer.termination_type as type, peer.termination_id as place
      from circuits_circuittermination as own
      join circuits_circuittermination as peer on peer.circuit_id = own.circuit_id and peer.id <> own.id
      where ${within('own.id', terminations)}`)
    const termination = (id: number) => nodeText('circuits.circuittermination', id)
    for (const { id, peer, type, place } of rows)
      this.across.set(termination(id), {
        peer: termination(peer),
        place: type && place !== null ? nodeText(type, place) : null,
        isNetwork: type === 'circuits.providernetwork',
      })
    return rows.map(({ peer }) => termination(peer))
  }

  async #loadChannels(interfaces: Ids): Promise<void> {
    if (interfaces.length === 0) return
    const rows = await this.#tx.rows<{ id: number; parent: number; channel: number | null }>(sql`
      select id, id as parent, null::int as channel from dcim_interface
      where channels is not null and ${within('id', interfaces)}
      union all
      select id, parent_id, channel_id from dcim_interface
      where channel_id is not null and parent_id is not null and ${within('parent_id', interfaces)}
      order by parent, channel nulls first`)
    for (const row of rows) {
      const [node, parent] = [nodeText('dcim.interface', row.id), nodeText('dcim.interface', row.parent)]
      const channels = this.channels.get(parent) ?? new Map<number, string>()
      this.channels.set(parent, channels)
      if (row.channel === null) continue
      channels.set(row.channel, node)
      this.#parents.set(node, [parent, row.channel])
    }
  }
}

const within = (column: string, ids: Ids): RawBuilder<unknown> =>
  ids === 'all' ? sql`true` : sql`${sql.ref(column)} = any(${ids}::bigint[])`

const textsOf = (model: string, ids: Ids) => (ids === 'all' ? [] : ids.map(id => nodeText(model, id)))

/** The ids of those nodes that are of a model. */
export const idsIn = (nodes: Iterable<string>, model: string): number[] =>
  [...nodes].flatMap(node => (modelOf(node) === model ? [Number(node.slice(model.length + 1))] : []))

/** The model of a node. */
export const modelOf = (node: string) => node.slice(0, node.lastIndexOf(':'))

/** Terminations of any of these nodes; undefined where there are none to look for. */
function isOneOf(nodes: readonly string[]): RawBuilder<unknown> | undefined {
  if (nodes.length === 0) return undefined
  const models = [...new Set(nodes.map(modelOf))]
  return sql`(${sql.join(
    models.map(model => sql`(termination_type = ${model} and termination_id = any(${idsIn(nodes, model)}::bigint[]))`),
    sql` or `,
  )})`
}
