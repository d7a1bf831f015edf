import { wiringOf } from './profile.ts'

/** Tables, row by row. */
export type World = Readonly<Record<string, readonly any[]>>

export interface Found {
  readonly path: readonly (readonly string[])[]
  readonly is_active: boolean
  readonly is_complete: boolean
  readonly is_split: boolean
}

/**
 * A second tracer to hold the first against: it knows nothing of loading only what is needed, or of following again only what
 * has changed, but reads whole tables and follows every path there is. Slow, and for tests alone.
 */
export function traceSlowly(world: World): Found[] {
  const index = (table: string, name: (row: any) => unknown) => Map.groupBy(world[table]!, name)
  const byNode = index('terminations', row => `${row.termination_type}:${row.termination_id}`)
  const byCable = index('terminations', row => row.cable_id)
  const interfaces = index('interfaces', row => `dcim.interface:${row.id}`)
  const children = index('interfaces', row => (row.channel_id ? row.parent_id : null))
  const cables = index('cables', row => row.id)
  const ports = {
    'dcim.frontport': index('fronts', row => row.id),
    'dcim.rearport': index('rears', row => row.id),
  }
  const mappingsAt = {
    front: index('mappings', row => `dcim.frontport:${row.front_port_id}`),
    rear: index('mappings', row => `dcim.rearport:${row.rear_port_id}`),
  }
  const seat = (node: string): any => {
    const own = byNode.get(node)?.[0]
    if (own) return own
    const channel = interfaceOf(node)
    if (!channel?.channel_id) return undefined
    const row = seat(`dcim.interface:${channel.parent_id}`)
    return row && cableOf(row.cable_id).profile ? { ...row, positions: [channel.channel_id] } : undefined
  }
  const interfaceOf = (node: string) => interfaces.get(node)?.[0]
  const cableOf = (id: number) => cables.get(id)![0]
  const radioOf = (id: number) => world['radios']!.find(row => row.id === id)
  const portOf = (node: string) => {
    const [model, id] = node.split(':')
    return ports[model as keyof typeof ports].get(Number(id))![0]
  }
  const linkOf = (node: string) => {
    const row = seat(node)
    if (row) return `dcim.cable:${row.cable_id}`
    const radio = interfaceOf(node)?.wireless_link_id
    return radio ? `wireless.wirelesslink:${radio}` : null
  }
  const isPort = (node: string) => /^dcim\.(front|rear)port/.test(node)
  const isCircuit = (node: string) => node.startsWith('circuits.')
  const several = (list: readonly unknown[]) => new Set(list).size > 1
  const kind = (node: string | null) => node?.split(':')[0]

  function step(
    near: readonly string[],
    stack: readonly (readonly (number | null)[])[],
    path: readonly (readonly string[])[],
    flags: Omit<Found, 'path'>,
    been: readonly string[] = [],
  ): Found | null {
    const done = (more: readonly (readonly string[])[], change: object = {}): Found => ({
      path: [...path, ...more],
      ...flags,
      ...change,
    })
    if (near.length === 0) return done([])
    const here = [near.join(), ...stack.map(positions => positions.join())].join(' ')
    if (been.includes(here) || path.length > 300) return done([], { is_split: true })
    if (several(near.map(kind))) throw new Error('mixed classes')
    if (isPort(near[0]!) && several(near.map(node => portOf(node).device_id))) throw new Error('several devices')
    const links = near.map(linkOf)
    if (several(links) && stack.length && stack.at(-1)!.length !== near.length) return done([], { is_split: true })
    let pile = stack
    if (!isPort(near[0]!) && !isCircuit(near[0]!) && seat(near[0]!)?.positions?.length)
      pile = [...pile, seat(near[0]!).positions]
    const taken = [...new Set(links.filter(link => link !== null))]
    if (taken.length === 0) return path.length === 0 ? null : done([near])
    if (several(taken.map(kind))) throw new Error('mixed links')
    const rows = taken.map(link => (kind(link) === 'dcim.cable' ? cableOf : radioOf)(Number(link.split(':')[1])))
    const now = {
      ...flags,
      is_split: flags.is_split || links.includes(null),
      is_active: flags.is_active && rows.every(row => row.status === 'connected'),
    }
    let far: (string | null)[]
    if (kind(taken[0]!) !== 'dcim.cable')
      far = near.map(node => {
        const link = radioOf(Number(linkOf(node)!.split(':')[1]))
        return `dcim.interface:${node === `dcim.interface:${link.interface_a_id}` ? link.interface_b_id : link.interface_a_id}`
      })
    else if (rows[0].profile) {
      const positions = pile.at(-1) ?? near.flatMap(node => seat(node)?.positions ?? [])
      pile = pile.slice(0, -1)
      const budget = [...positions]
      let pairs = near.flatMap(node =>
        ((seat(node)?.positions ?? []) as number[]).flatMap(position => {
          if (!budget.includes(position)) return []
          budget.splice(budget.indexOf(position), 1)
          return [[node, position] as [string, number | null]]
        }),
      )
      if (pairs.length === 0) pairs = (positions.length ? positions : [null]).map(position => [near[0]!, position])
      const met = pairs.map(([node, position]): [string | null, number | null] => {
        const from = seat(node)
        const to =
          position && wiringOf(cableOf(from.cable_id).profile)!.across(from.cable_end, [from.connector, position])
        const row =
          to &&
          byCable
            .get(from.cable_id)!
            .find(one => one.cable_end !== from.cable_end && one.connector === to[0] && one.positions.includes(to[1]))
        if (!row) return [null, null]
        const object = `${row.termination_type}:${row.termination_id}`
        if (!interfaceOf(object)?.channels) return [object, to[1]]
        const channel = children.get(row.termination_id)?.find(one => one.channel_id === to[1])
        return [channel ? `dcim.interface:${channel.id}` : null, to[1]]
      })
      pile = [...pile, met.map(([, position]) => position)]
      far = [...new Set(met.map(([object]) => object))]
      if (far.every(object => object === null)) far = []
    } else
      far = [...new Set(rows.map(row => row.id as number))]
        .toSorted((one, other) => one - other)
        .flatMap(id => byCable.get(id) ?? [])
        .filter(row =>
          near.some(node => seat(node)?.cable_id === row.cable_id && seat(node).cable_end !== row.cable_end),
        )
        .map(row => `${row.termination_type}:${row.termination_id}`)
    const walked = [...path, near, taken]
    if (several(far.map(kind))) return { path: walked, ...now, is_split: true }
    const arrived = far.filter(node => node !== null)
    const further = [...walked, arrived]
    if (arrived.length === 0) return { path: further, ...now }
    if (isPort(arrived[0]!)) {
      const [side, there] = arrived[0]!.startsWith('dcim.frontport')
        ? (['front', 'rear'] as const)
        : (['rear', 'front'] as const)
      let mappings = arrived
        .flatMap(node => mappingsAt[side].get(node!) ?? [])
        .toSorted((one, other) => one.id - other.id)
      if (portOf(arrived[0]!).positions > 1) {
        if (pile.length === 0) return { path: further, ...now, is_split: true }
        const strands = pile.at(-1)!
        pile = pile.slice(0, -1)
        mappings = mappings.filter(row => strands.includes(row[`${side}_port_position`]))
      }
      const out = [...new Set(mappings.map(row => `dcim.${there}port:${row[`${there}_port_id`]}`))]
      if (out.some(node => portOf(node).positions > 1))
        pile = [...pile, mappings.map(row => row[`${there}_port_position`] as number)]
      return step(out, pile, further, now, [...been, here])
    }
    if (isCircuit(arrived[0]!)) {
      const rowOf = (node: string) => world['circuits']!.find(row => row.id === Number(node.split(':')[1]))
      const peers = arrived.flatMap(node =>
        world['circuits']!.filter(row => row.circuit_id === rowOf(node).circuit_id && row.id !== rowOf(node).id),
      )
      if (peers.length === 0) return { path: further, ...now }
      const nodes = peers.map(row => `circuits.circuittermination:${row.id}`)
      const places = peers.map(row => `${row.termination_type}:${row.termination_id}`)
      const isNetwork = peers.every(row => row.termination_type === 'circuits.providernetwork')
      if (isNetwork || nodes.every(node => !linkOf(node)))
        return { path: [...further, nodes, places], ...now, is_complete: isNetwork }
      if (nodes.some(node => taken.includes(linkOf(node)!))) return { path: further, ...now, is_split: true }
      return step(nodes, pile, further, now, [...been, here])
    }
    return { path: further, ...now, is_complete: true }
  }

  const origins: string[][] = []
  for (const cable of world['cables']!)
    for (const end of ['A', 'B']) {
      const groups = new Map<unknown, string[]>()
      for (const row of byCable.get(cable.id) ?? []) {
        const node = `${row.termination_type}:${row.termination_id}`
        if (row.cable_end !== end || isPort(node) || isCircuit(node)) continue
        if (interfaceOf(node)?.channels) {
          const channels = children.get(row.termination_id) ?? []
          if (cable.profile) origins.push(...channels.map(one => [`dcim.interface:${one.id}`]))
        } else groups.set(row.connector, [...(groups.get(row.connector) ?? []), node])
      }
      origins.push(...groups.values())
    }
  for (const one of world['interfaces']!)
    if (linkOf(`dcim.interface:${one.id}`)?.startsWith('wireless')) origins.push([`dcim.interface:${one.id}`])
  return origins.flatMap(group => step(group, [], [], { is_active: true, is_complete: false, is_split: false }) ?? [])
}
