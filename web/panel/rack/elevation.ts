import type { Row } from '../../api/meta.ts'

export type Face = 'front' | 'rear'
export const faces = ['front', 'rear'] as const

/** Something that takes units of a rack; nobody knows what it is where it is hidden. */
export interface Block {
  readonly position: number
  readonly height: number
  readonly face: Face | null
  readonly full_depth: boolean
}

/** A device that is assigned to a rack; without a position where it is not mounted. */
export interface Device extends Omit<Block, 'position'> {
  readonly id: number
  readonly position: number | null
  readonly label: string
  readonly role: string
  readonly color: string
  readonly status: { readonly value: string; readonly label: string }
  readonly make: string
  readonly serial: string
  readonly asset_tag: string | null
  readonly description: string
  readonly front_image: string | null
  readonly rear_image: string | null
  readonly bays: number
  readonly filled: number
}

/** Units set aside; only the units where the user may not view the reservation. */
interface Reservation {
  readonly id?: number
  readonly units: readonly number[]
  readonly description?: string
  readonly user?: string
  readonly tenant?: string | null
}

/** All that is drawn of a rack. */
export interface Elevation {
  readonly rack: Row
  readonly site: Row
  readonly location: number | null
  readonly name: string
  readonly facility_id: string | null
  readonly u_height: number
  readonly starting_unit: number
  readonly desc_units: boolean
  readonly space: { readonly units: number; readonly taken: number; readonly percent: number }
  readonly devices: readonly Device[]
  readonly hidden: readonly Block[]
  readonly reservations: readonly Reservation[]
}

/** Where a device is, or is to be: mounted, assigned without being mounted, or in no rack at all. */
export interface Place {
  readonly rack: number | null
  readonly position: number | null
  readonly face: Face | null
}

type Numbering = Pick<Elevation, 'u_height' | 'starting_unit' | 'desc_units'>

/** How many units lie above something. */
export function unitsAbove(rack: Numbering, position: number, height: number): number {
  const below = position - rack.starting_unit
  return rack.desc_units ? below : rack.u_height - below - height
}

/** The position of something with so many units above it: the opposite of {@link unitsAbove}. */
export const positionBelow = (rack: Numbering, above: number, height: number): number =>
  rack.starting_unit + (rack.desc_units ? above : rack.u_height - above - height)

/** The whole units of a rack, from the top down. */
export function unitsOf({ u_height, starting_unit, desc_units }: Numbering): number[] {
  const upward = Array.from({ length: u_height }, (_, unit) => starting_unit + unit)
  return desc_units ? upward : upward.reverse()
}

/** Whatever is seen on a face: what is mounted there, and what reaches through from the other. */
export const seenFrom = <B extends Omit<Block, 'position'>>(blocks: readonly B[], face: Face): B[] =>
  blocks.filter(block => block.height > 0 && (block.face === face || block.full_depth))

/** The mounted devices of a rack. */
export const mountedIn = (rack: Elevation): (Device & Block)[] =>
  rack.devices.filter((device): device is Device & Block => device.position !== null)

/** The units of a face on which nothing stands. */
export function freeUnits(rack: Elevation, face: Face): number[] {
  const blocks = seenFrom([...mountedIn(rack), ...rack.hidden], face)
  return unitsOf(rack).filter(unit => !blocks.some(block => overlaps(block, { position: unit, height: 1 })))
}

/** Why a device cannot stand somewhere, in words; null where it can. */
export function obstacle(rack: Elevation, device: Omit<Block, 'position'> & { id: number }, at: Block): string | null {
  if (device.height === 0) return 'It has no height, so that it takes no position.'
  const end = rack.starting_unit + rack.u_height
  if (at.position < rack.starting_unit || at.position + device.height > end) return 'The rack ends there.'
  const inTheWay = [...mountedIn(rack), ...rack.hidden].filter(
    other =>
      !('id' in other && other.id === device.id) &&
      (device.full_depth || other.full_depth || other.face === at.face) &&
      overlaps(other, { position: at.position, height: device.height }),
  )
  if (!inTheWay.length) return null
  const names = inTheWay.map(other => ('label' in other ? (other as Device).label : 'a device that you may not view'))
  return `${names.join(' and ')} ${names.length > 1 ? 'are' : 'is'} in the way.`
}

type Span = Pick<Block, 'position' | 'height'>

const overlaps = (a: Span, b: Span) => a.position < b.position + b.height && b.position < a.position + a.height

/** `U12`, `U12–U13`. */
export function spanName(position: number, height: number): string {
  const last = position + height - 1
  return last > position ? `U${position}–U${last}` : `U${position}`
}

/** Where a place is, in words. */
export function placeName(rack: Elevation | undefined, { rack: id, position, face }: Place, height: number): string {
  if (id === null) return 'out of the rack'
  const name = rack?.name ?? 'the rack'
  return position === null ? `${name}, not mounted` : `${spanName(position, height)} of ${name}, ${face}`
}
