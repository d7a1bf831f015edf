import { useMeta } from '../../api/meta.ts'
import { cssColor } from '../../ui/color.ts'
import { Go } from '../../ui/Go.tsx'
import { drag, unitHeight } from './drag.ts'
import { spanName, type Block, type Device, type Elevation, type Face as FaceName, type Place } from './elevation.ts'
import { fitted } from './fitted.ts'
import { useGrabbed, useMoving } from './moving.ts'
import styles from './rack.module.css'

/** What is drawn on a device: its name, the picture of its type, or both. */
export type Drawn = 'names' | 'images' | 'both'

/** A place on a drawing, in pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The same, but for a pixel at each side. */
export const inset = ({ x, y, width, height }: Box): Box => ({
  x: x + 1,
  y: y + 1,
  width: width - 2,
  height: height - 2,
})

/** How the focus knows a device on a face. */
export const keyOfDevice = ({ id }: Device) => `device ${id}`

/** A device on one face of a rack, or what is seen of it from there. */
export function MountedDevice(props: {
  rack: Elevation
  device: Device & Block
  face: FaceName
  drawn: Drawn
  hatch: string
  box: Box
  isEntry: boolean
  isLit: boolean
}) {
  const { rack, device, face, drawn, box } = props
  const meta = useMeta()
  const moving = useMoving()
  const grabbed = useGrabbed()?.device.id === device.id
  const page = meta.models['dcim.device']?.path
  const own = device.face === face
  const picture = drawn === 'names' ? null : device[`${face}_image`]
  const color = cssColor(device.color) ?? 'var(--d-muted)'
  const status = meta.models['dcim.device']?.fields.status?.choices?.find(([value]) => value === device.status.value)
  const named = !picture || drawn === 'both'
  const bays = device.bays ? ` (${device.filled}/${device.bays})` : ''
  const dot = device.status.value === 'active' ? 0 : 14
  const name = fitted(device.label + bays, box.width - 16 - dot, box.height < unitHeight ? 9 : 12)
  const nameWidth = (device.label + bays).length * 6.6
  const make = fitted(device.make, Math.max(0, box.width - 34 - dot - nameWidth), 10)
  const from: Place = { rack: rack.rack.id, position: device.position, face: device.face }
  const grab = { device, from, at: face }
  const middle = box.y + box.height / 2
  return (
    <Go
      href={`${page}${device.id}/`}
      className={styles.device}
      data-item={keyOfDevice(device)}
      data-device={device.id}
      data-top={box.y}
      data-own={own || undefined}
      data-grabbed={grabbed || undefined}
      data-lit={props.isLit || undefined}
      tabIndex={props.isEntry ? 0 : -1}
      aria-keyshortcuts={moving ? 'Space' : undefined}
      draggable={false}
      onDragStart={event => event.preventDefault()}
      onPointerDown={event => moving && drag(event, moving, grab)}
      onKeyDown={event => {
        if (event.key !== ' ' || !moving || moving.grabbed()) return
        event.preventDefault()
        event.stopPropagation()
        moving.grab({ ...grab, by: 'keys' })
      }}
    >
      <title>{tooltip(device, face)}</title>
      <rect className={styles.body} {...inset(box)} rx={2} />
      {own ? (
        <rect className={styles.tint} {...inset(box)} rx={2} style={{ fill: color, stroke: color }} />
      ) : (
        <rect className={styles.behind} {...inset(box)} rx={2} fill={`url(#${props.hatch})`} />
      )}
      {picture && <image {...inset(box)} href={picture} preserveAspectRatio="none" />}
      {own && <path style={{ fill: color }} d={edge(box)} />}
      {picture && named && (
        <rect
          className={styles.plate}
          x={box.x + 8}
          y={middle - 8}
          width={Math.min(box.width - 16, nameWidth + 10)}
          height={16}
          rx={3}
        />
      )}
      {named && (
        <text className={styles.name} x={box.x + 12} y={middle} style={{ fontSize: name.size }}>
          {name.text}
        </text>
      )}
      {!picture && own && box.height >= unitHeight && make.text === device.make && (
        <text className={styles.make} x={box.x + box.width - 8 - dot} y={middle} style={{ fontSize: make.size }}>
          {make.text}
        </text>
      )}
      {dot > 0 && own && (
        <circle cx={box.x + box.width - 11} cy={middle} r={3.5} style={{ fill: cssColor(status?.[2]) ?? 'gray' }} />
      )}
    </Go>
  )
}

const edge = ({ x, y, height }: Box) =>
  `M${x + 5} ${y + 1}H${x + 3}a2 2 0 0 0 -2 2V${y + height - 3}a2 2 0 0 0 2 2H${x + 5}Z`

const tooltip = (device: Device & Block, face: FaceName) =>
  [
    device.label,
    `${device.make}, ${device.height}U`,
    `${spanName(device.position, device.height)}, ${device.face === face ? face : `seen from the ${face}`}`,
    `${device.role}, ${device.status.label}`,
    device.asset_tag && `Asset tag: ${device.asset_tag}`,
    device.serial && `Serial: ${device.serial}`,
    device.description,
  ]
    .filter(Boolean)
    .join('\n')
