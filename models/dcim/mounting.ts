import type { Database, Transaction } from '@demarc/engine/database'
import { halfUnits } from './elevation/units.ts'

/** What a mounted device takes up. */
export interface Mounted {
  readonly id: number
  readonly position: number
  readonly height: number
  readonly face: string | null
  readonly full: boolean
}

interface Frame {
  readonly start: number
  readonly height: number
  readonly mounted: Map<number, Mounted>
}

/** What is mounted in racks; devices may be placed and taken away one after another. */
export class Mounting {
  readonly frames: ReadonlyMap<number, Frame>

  constructor(frames: ReadonlyMap<number, Frame>) {
    this.frames = frames
  }

  /** Take a device out of whatever rack it is in. */
  remove(id: number): void {
    for (const frame of this.frames.values()) frame.mounted.delete(id)
  }

  place(rack: number, device: Mounted): void {
    this.frames.get(rack)?.mounted.set(device.id, device)
  }

  /** Whether every half unit that the device would take is in the rack, and free on the sides that it needs. */
  fits(rack: number, device: Mounted): boolean {
    return this.holds(rack, device) && this.inTheWay(rack, device).length === 0
  }

  /** Whether every half unit that the device would take is in the rack. */
  holds(rack: number, { position, height }: Mounted): boolean {
    const frame = this.frames.get(rack)
    // A device without height needs no room, but a unit that is there all the same.
    const end = position + Math.max(height, 0.5)
    return !frame || (position >= frame.start && end <= frame.start + frame.height)
  }

  /** The devices that take units which the device would, on a side that it needs; from the lowest position up. */
  inTheWay(rack: number, { id, position, height, face, full }: Mounted): Mounted[] {
    return [...(this.frames.get(rack)?.mounted.values() ?? [])]
      .filter(
        other =>
          other.id !== id &&
          (full || other.full || other.face === face) &&
          other.position < position + height &&
          position < other.position + other.height,
      )
      .sort((a, b) => a.position - b.position)
  }

  /** The positions at which something would fit, from the lowest number up. */
  freePositions(rack: number, wanted: Pick<Mounted, 'height' | 'face' | 'full'>): number[] {
    const frame = this.frames.get(rack)
    if (!frame) return []
    return halfUnits({ u_height: frame.height, starting_unit: frame.start, desc_units: true }).filter(position =>
      this.fits(rack, { ...wanted, id: 0, position }),
    )
  }
}

/** From here to the end of the transaction nobody else mounts anything in these racks: whoever comes later waits. */
export async function lockRacks(tx: Transaction, racks: readonly number[]): Promise<void> {
  if (racks.length)
    await tx.query('select from dcim_rack where id = any($1::bigint[]) order by id for no key update', [racks])
}

/** Read what is mounted in racks. One statement. */
export async function mountingOf(db: Pick<Database, 'query'>, racks: readonly number[]): Promise<Mounting> {
  if (racks.length === 0) return new Mounting(new Map())
  const rows = await db.query<{ rack: number; start: number; size: number } & Partial<Mounted>>(
    `select r.id as rack, r.starting_unit as start, r.u_height as size,
       d.id, d.position, t.u_height as height, d.face, t.is_full_depth as full
     from dcim_rack as r
     left join dcim_device as d on d.rack_id = r.id and d.position >= 1
     left join dcim_devicetype as t on t.id = d.device_type_id
     where r.id = any($1::bigint[])`,
    [racks],
  )
  const frames = new Map<number, Frame>()
  for (const { rack, start, size, ...device } of rows) {
    const frame = frames.get(rack) ?? { start, height: size, mounted: new Map<number, Mounted>() }
    frames.set(rack, frame)
    if (device.id) frame.mounted.set(device.id, device as Mounted)
  }
  return new Mounting(frames)
}
