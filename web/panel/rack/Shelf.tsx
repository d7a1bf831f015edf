import { useMeta } from '../../api/meta.ts'
import { cssColor } from '../../ui/color.ts'
import { Go } from '../../ui/Go.tsx'
import { drag } from './drag.ts'
import type { Elevation } from './elevation.ts'
import { useAim, useGrabbed, useMoving } from './moving.ts'
import styles from './rack.module.css'

const stateOf = (devices: number, loose: number): string =>
  loose ? 'Not mounted' : devices ? 'Every device is mounted' : 'No device yet: a free unit takes one'

/** The devices of a rack that are not mounted in it; a device dropped here is taken down. */
export function Shelf({ rack }: { rack: Elevation }) {
  const meta = useMeta()
  const moving = useMoving()
  const grab = useGrabbed()
  const aim = useAim()
  const page = meta.models['dcim.device']?.path
  const loose = rack.devices.filter(({ position }) => position === null)
  const isOpen = grab?.by === 'pointer'
  if (!loose.length && !moving) return null
  const isAimed = isOpen && aim?.rack === rack.rack.id && aim.position === null
  return (
    <div
      className={styles.shelf}
      data-shelf={rack.rack.id}
      data-aimed={isAimed || undefined}
      role="group"
      aria-label={`${rack.name}, not mounted`}
    >
      <span>{isOpen ? 'Drop here to take it down' : stateOf(rack.devices.length, loose.length)}</span>
      {loose.map(device => {
        const from = { rack: rack.rack.id, position: null, face: null }
        const movable = moving && device.height > 0
        return (
          <Go
            key={device.id}
            href={`${page}${device.id}/`}
            className={styles.loose}
            data-device={device.id}
            data-grabbed={grab?.device.id === device.id || undefined}
            style={{ borderLeftColor: cssColor(device.color) }}
            title={`${device.make}, ${device.height}U, ${device.role}`}
            aria-keyshortcuts={movable ? 'Space' : undefined}
            draggable={false}
            onPointerDown={event => movable && drag(event, moving, { device, from, at: null })}
            onKeyDown={event => {
              if (!movable) return
              if (event.key === ' ' && !moving.grabbed()) {
                event.preventDefault()
                moving.grab({ device, from, at: null, by: 'keys' })
              }
            }}
          >
            {device.label}
            <small>{device.height}U</small>
          </Go>
        )
      })}
    </div>
  )
}
