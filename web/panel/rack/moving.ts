import { createContext, use, useSyncExternalStore } from 'react'
import { faces, obstacle, type Device, type Elevation, type Face, type Place } from './elevation.ts'

/** A device that is being moved. */
export interface Grab {
  readonly device: Device
  readonly from: Place
  /** The face it was taken at: its own, or the one that it is seen through. */
  readonly at: Face | null
  readonly by: 'pointer' | 'keys'
}

/** Where the device would be put, and why it cannot. */
export interface Aim extends Place {
  readonly rack: number
  readonly fault: string | null
}

/** Moving devices in and between the racks of a page: one is grabbed, aimed at a place, and dropped there. */
export interface Moving {
  /** The racks of the page, from left to right. */
  readonly racks: () => readonly Elevation[]
  readonly grabbed: () => Grab | null
  readonly aimed: () => Aim | null
  readonly subscribe: (listener: () => void) => () => void
  readonly grab: (grab: Grab) => void
  /** Aim at a place seen on a face; at none, where there is no rack. */
  readonly aim: (at: Place | null) => void
  /** Aim so many columns to the right, and units down. */
  readonly step: (right: number, down: number) => void
  readonly drop: () => void
  readonly cancel: () => void
}

/** What moving needs to know and to do. */
export interface Surroundings {
  /** The racks of the page, from left to right. */
  readonly racks: () => readonly Elevation[]
  /** The faces that are shown of each. */
  readonly faces: () => readonly Face[]
  readonly put: (grab: Grab, to: Aim) => void
  /** Tell why nothing happened. */
  readonly refuse: (grab: Grab, fault: string) => void
}

/** Moving, with nothing grabbed. */
export function createMoving({ racks, faces: shown, put, refuse }: Surroundings): Moving {
  let grabbed: Grab | null = null
  let aimed: Aim | null = null
  const listeners = new Set<() => void>()
  const set = (grab: Grab | null, aim: Aim | null) => {
    grabbed = grab
    aimed = aim
    for (const listener of listeners) listener()
  }
  const aimAt = (at: Place | null): Aim | null => {
    const rack = racks().find(({ rack }) => rack.id === at?.rack)
    if (!grabbed || !at || !rack) return null
    const { device, at: taken } = grabbed
    // What is seen through from the other face stays on its own, wherever it is taken.
    const face = taken !== null && device.face !== null && taken !== device.face ? device.face : at.face
    const place = { rack: rack.rack.id, position: at.position, face: at.position === null ? null : face }
    const fault = place.position === null ? null : obstacle(rack, device, { ...device, position: place.position, face })
    const same = aimed && aimed.rack === place.rack && aimed.position === place.position && aimed.face === place.face
    return same ? aimed : { ...place, fault }
  }
  return {
    racks,
    grabbed: () => grabbed,
    aimed: () => aimed,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    grab(grab) {
      set(grab, null)
      if (grab.by === 'keys') set(grab, aimAt(grab.from.position === null ? firstPlace(grab, racks()) : grab.from))
    },
    aim(at) {
      const next = aimAt(at)
      if (next !== aimed) set(grabbed, next)
    },
    step(right, down) {
      if (!grabbed || !aimed || aimed.position === null) return
      const columns = racks().flatMap(rack => shown().map(face => ({ rack, face })))
      const column = columns.findIndex(({ rack, face }) => rack.rack.id === aimed!.rack && face === aimed!.face)
      const { rack, face } = columns[column + right] ?? columns[column] ?? { rack: undefined, face: aimed.face }
      if (!rack) return
      const least = rack.starting_unit
      const most = Math.max(least, least + rack.u_height - grabbed.device.height)
      const position = Math.min(most, Math.max(least, aimed.position + (rack.desc_units ? down : -down)))
      set(grabbed, aimAt({ rack: rack.rack.id, position, face }))
    },
    drop() {
      const [grab, aim] = [grabbed, aimed]
      if (grab && aim?.fault) {
        if (grab.by === 'pointer') set(null, null)
        return refuse(grab, aim.fault)
      }
      set(null, null)
      if (!grab || !aim) return
      const { rack, position, face } = grab.from
      if (aim.rack !== rack || aim.position !== position || aim.face !== face) put(grab, aim)
    },
    cancel: () => set(null, null),
  }
}

/** Where a device that is not mounted begins to look for a place: in its own rack, at the lowest unit of the front. */
function firstPlace({ from }: Grab, racks: readonly Elevation[]): Place {
  const rack = racks.find(({ rack }) => rack.id === from.rack)
  return { ...from, position: rack?.starting_unit ?? 1, face: faces[0] }
}

const MovingContext = createContext<Moving | null>(null)

/** Hands moving down to the racks of a page. */
export const MovingProvider = MovingContext.Provider

/** Moving; null where nothing on the page may be moved. */
export const useMoving = (): Moving | null => use(MovingContext)

const idle = () => () => undefined

/** The device that is being moved. */
export function useGrabbed(): Grab | null {
  const moving = useMoving()
  return useSyncExternalStore(moving?.subscribe ?? idle, () => moving?.grabbed() ?? null)
}

/** Where the device that is being moved would be put. */
export function useAim(): Aim | null {
  const moving = useMoving()
  return useSyncExternalStore(moving?.subscribe ?? idle, () => moving?.aimed() ?? null)
}

/** The same, for a face on which it would be seen. */
export function useAimAt(rack: number, face: Face): Aim | null {
  const moving = useMoving()
  return useSyncExternalStore(moving?.subscribe ?? idle, () => {
    const [grab, aim] = [moving?.grabbed(), moving?.aimed()]
    const seen = aim && grab && aim.rack === rack && (aim.face === face || grab.device.full_depth)
    return seen && aim.position !== null ? aim : null
  })
}
