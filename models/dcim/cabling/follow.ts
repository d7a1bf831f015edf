import { nodeText } from './node.ts'
import { modelOf, type Plant } from './plant.ts'
import { wiringOf } from './profile.ts'

/** Where a walk through cables and ports led, step by step. */
export interface Trail {
  readonly path: readonly (readonly string[])[]
  /** Every link on it is connected. */
  readonly is_active: boolean
  /** It ends at endpoints, or in the network of a provider. */
  readonly is_complete: boolean
  /** It stopped, or lost a strand, where there was more than one way to go on. */
  readonly is_split: boolean
}

/** A topology for which paths have no words, and the way to it. */
export class Untraceable extends Error {
  readonly path: Trail['path']

  constructor(message: string, path: Trail['path']) {
    super(message)
    this.path = path
  }
}

/** A position in a port or a connector; null where a strand leads nowhere. */
type Position = number | null

/** More steps than any path takes that has an end. */
const longest = 300

const wireless = 'wireless.wirelesslink'
const front = 'dcim.frontport'
const rear = 'dcim.rearport'
const circuit = 'circuits.circuittermination'
const passive = new Set([front, rear, circuit])

/** Whether paths begin and end at an object, rather than lead through it. */
export const isEndpoint = (node: string) => !passive.has(modelOf(node))

/**
 * Follow what begins at some endpoints to wherever it leads. Strands that share a port or a cable are told apart by the
 * positions they take in it: those are put on a stack where strands merge, and taken off where they part again.
 *
 * Yields the cables that it needs to know before it can go on. Returns null where nothing leads anywhere.
 */
export function* follow(plant: Plant, origins: readonly string[]): Generator<readonly number[], Trail | null> {
  const path: (readonly string[])[] = []
  const stack: (readonly Position[])[] = []
  let [is_active, is_complete, is_split] = [true, false, false]
  let near = origins
  if (near.length === 0) return null
  if (countKinds(origins.map(node => plant.linkOf(node))) > 1)
    throw new Untraceable('All terminations that a path begins at must be attached to the same link.', path)

  const been = new Set<string>()
  while (near.length > 0) {
    // Ports may be wired to a ring, in which the strands come back as they went.
    const here = JSON.stringify([near, stack])
    if (been.has(here) || path.length > longest) {
      is_split = true
      break
    }
    been.add(here)
    if (countKinds(near.map(modelOf)) > 1)
      throw new Untraceable('All terminations of one end of a link must be of the same type.', path)
    if (plant.ports.has(near[0]!) && countKinds(near.map(port => plant.ports.get(port)?.device)) > 1)
      throw new Untraceable('All pass-through ports of one end of a link must belong to the same device.', path)

    // Strands go different ways: that is clear only if each has a link of its own.
    const ways = near.map(node => plant.linkOf(node))
    if (countKinds(ways) > 1 && stack.length > 0 && stack.at(-1)!.length !== near.length) {
      is_split = true
      break
    }
    path.push(near)
    const seat = plant.seatOf(near[0]!)
    if (isEndpoint(near[0]!) && seat?.positions.length) stack.push(seat.positions)

    const links = [...new Set(ways)].filter(link => link !== undefined)
    if (links.length === 0) {
      if (path.length === 1) return null
      break
    }
    if (countKinds(links.map(modelOf)) > 1)
      throw new Untraceable('A path may not take cables and radio links at once.', path)
    if (ways.includes(undefined)) is_split = true
    path.push(links)
    const cables = links.flatMap(link =>
      modelOf(link) === wireless ? [] : [Number(link.slice(link.indexOf(':') + 1))],
    )
    yield cables
    const statusOf = (link: string) => plant.radios.get(link)?.status
    if ([...links.map(statusOf), ...cables.map(id => plant.cables.get(id)!.status)].some(isDown)) is_active = false

    const far =
      cables.length === 0
        ? near.map(node => otherEnd(plant, node))
        : plant.cables.get(cables[0]!)!.profile
          ? alongProfile(plant, near, stack)
          : alongCables(plant, near)
    if (countKinds(far.map(node => node && modelOf(node))) > 1) {
      is_split = true
      break
    }
    path.push(far.filter(node => node !== null))
    const arrived = far[0]
    if (!arrived) break

    if (plant.ports.has(arrived)) {
      const through = throughPorts(plant, far as string[], stack)
      if (through === 'ambiguous') {
        is_split = true
        break
      }
      near = through
    } else if (modelOf(arrived) === circuit) {
      const ends = far.flatMap(node => plant.across.get(node!) ?? [])
      if (ends.length === 0) break
      const peers = ends.map(end => end.peer)
      const places = ends.map(end => end.place)
      const isNetwork = ends.every(end => end.isNetwork)
      if (isNetwork || (places.every(place => place !== null) && peers.every(peer => !plant.linkOf(peer)))) {
        path.push(peers, places as string[])
        is_complete = isNetwork
        break
      }
      // Both ends of a circuit on one cable: a hairpin.
      if (peers.some(peer => links.includes(plant.linkOf(peer)!))) {
        is_split = true
        break
      }
      near = peers
    } else {
      is_complete = true
      break
    }
  }
  return { path, is_active, is_complete, is_split }
}

const countKinds = (values: readonly unknown[]) => new Set(values).size

const isDown = (status: string | undefined) => status !== undefined && status !== 'connected'

function otherEnd(plant: Plant, node: string): string {
  const [a, b] = plant.radios.get(plant.linkOf(node)!)!.ends
  return node === a ? b : a
}

/** Everything at the other ends of plain cables. */
function alongCables(plant: Plant, near: readonly string[]): string[] {
  const ends = near.flatMap(node => plant.seatOf(node) ?? [])
  const far = ends
    .toSorted((one, other) => one.cable - other.cable)
    .flatMap(({ cable, end }) => plant.cables.get(cable)![end === 'A' ? 'B' : 'A'])
  return [...new Set(far)]
}

/** What the strands on top of the stack meet at the other end of a cable with a profile; null where that is nothing. */
function alongProfile(plant: Plant, near: readonly string[], stack: (readonly Position[])[]): (string | null)[] {
  const strands = stack.pop() ?? near.flatMap(node => plant.seatOf(node)?.positions ?? [])
  const left = [...strands]
  const taken: (readonly [string, Position])[] = []
  for (const node of near)
    for (const position of plant.seatOf(node)?.positions ?? []) {
      const at = left.indexOf(position)
      if (at < 0) continue
      left.splice(at, 1)
      taken.push([node, position])
    }
  if (taken.length === 0) taken.push(...(strands.length ? strands : [null]).map(place => [near[0]!, place] as const))
  const met = taken.map(([node, position]) => meet(plant, node, position))
  stack.push(met.map(([, position]) => position))
  const far = [...new Set(met.map(([node]) => node))]
  return far.every(node => node === null) ? [] : far
}

/** What one position of an object meets at the other end of its cable. */
function meet(plant: Plant, node: string, position: Position): readonly [string | null, Position] {
  const seat = plant.seatOf(node)
  const cable = seat && plant.cables.get(seat.cable)
  const place = position && seat && wiringOf(cable!.profile)?.across(seat.end, [seat.connector ?? 1, position])
  if (!place) return [null, null]
  const [connector, at] = place
  const found = cable![seat.end === 'A' ? 'B' : 'A'].find(far => {
    const there = plant.seatOf(far)
    return there?.connector === connector && there.positions.includes(at)
  })
  if (!found) return [null, null]
  const channels = plant.channels.get(found)
  return [channels ? (channels.get(at) ?? null) : found, at]
}

/** From one side of a panel to the other. Only ports of several positions need the stack to tell strands apart. */
function throughPorts(
  plant: Plant,
  ports: readonly string[],
  stack: (readonly Position[])[],
): readonly string[] | 'ambiguous' {
  // In the order in which they were made.
  let mappings = ports.flatMap(port => plant.mappings.get(port) ?? []).toSorted((one, other) => one.id - other.id)
  if (plant.ports.get(ports[0]!)!.positions > 1) {
    const strands = stack.pop()
    if (!strands) return 'ambiguous'
    mappings = mappings.filter(({ at }) => strands.includes(at))
  }
  const out = [...new Set(mappings.map(({ far }) => far))]
  if (out.some(port => plant.ports.get(port)!.positions > 1)) stack.push(mappings.map(({ farAt }) => farAt))
  return out
}

/** The origins of the paths that begin at a cable's end: each connector's, and each channel's, on its own. */
export function originsAt(plant: Plant, cable: number, end: 'A' | 'B'): string[][] {
  const { profile, [end]: nodes } = plant.cables.get(cable)!
  const groups = new Map<unknown, string[]>()
  for (const node of nodes.filter(isEndpoint)) {
    const channels = plant.channels.get(node)
    // Without a profile nothing tells the channels of an interface apart, so that none begins a path.
    if (channels) for (const channel of profile ? channels.values() : []) groups.set(channel, [channel])
    else {
      const connector = plant.seatOf(node)!.connector
      groups.set(connector, [...(groups.get(connector) ?? []), node])
    }
  }
  return [...groups.values()]
}

/** The origins of a radio link's paths: either end, unless it is attached to something else. */
export const originsOf = (plant: Plant, radio: string): string[][] =>
  plant.radios
    .get(radio)!
    .ends.filter(end => plant.linkOf(end) === radio)
    .map(end => [end])

/** A cable as a node. */
export const cableNode = (id: number) => nodeText('dcim.cable', id)
