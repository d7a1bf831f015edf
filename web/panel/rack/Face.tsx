import { memo, useState, type FocusEvent, type KeyboardEvent } from 'react'
import { useMeta } from '../../api/meta.ts'
import { stringifySearch } from '../../api/search.ts'
import { cssColor } from '../../ui/color.ts'
import { Go } from '../../ui/Go.tsx'
import { drag, unitHeight } from './drag.ts'
import {
  freeUnits,
  mountedIn,
  seenFrom,
  spanName,
  unitsAbove,
  unitsOf,
  type Block,
  type Device,
  type Elevation,
  type Face as FaceName,
  type Place,
} from './elevation.ts'
import { fitted } from './fitted.ts'
import { useAimAt, useGrabbed, useMoving } from './moving.ts'
import styles from './rack.module.css'

/** What is drawn on a device: its name, the picture of its type, or both. */
export type Drawn = 'names' | 'images' | 'both'

const gutter = 26

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One face of a rack, each device on its units. */
export const Face = memo(function Face(props: {
  rack: Elevation
  face: FaceName
  width: number
  drawn: Drawn
  /** A device that stands out. */
  lit?: number | undefined
}) {
  const { rack, face, width, drawn, lit } = props
  const meta = useMeta()
  const moving = useMoving()
  const [active, setActive] = useState<string>()
  const devices = meta.models['dcim.device']
  const mayAdd = Boolean(devices?.may.includes('add'))
  const units = unitsOf(rack)
  const boxOf = ({ position, height }: Pick<Block, 'position' | 'height'>): Box => ({
    x: gutter,
    y: unitsAbove(rack, position, height) * unitHeight + 1,
    width: width - gutter - 1,
    height: height * unitHeight,
  })
  const seen = seenFrom(mountedIn(rack), face)
  const free = mayAdd ? freeUnits(rack, face) : []
  const first = [...seen.map(keyOfDevice), ...free.map(keyOfUnit)].sort((a, b) => topOf(a, rack) - topOf(b, rack))[0]
  const entry = active ?? first
  const hatch = `hatch-${rack.rack.id}-${face}`

  const press = (event: KeyboardEvent<SVGSVGElement>) => {
    const grabbed = moving?.grabbed()
    if (grabbed?.by === 'keys') return steer(event, moving!)
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!(event.key in steps)) return
    event.preventDefault()
    walk(event.currentTarget, event.target as Element, event.key as keyof typeof steps)
  }
  return (
    <svg
      className={styles.face}
      width={width}
      height={rack.u_height * unitHeight + 2}
      data-rack={rack.rack.id}
      data-face={face}
      role="group"
      aria-label={`${rack.name}, ${face}`}
      onKeyDown={press}
      onFocus={(event: FocusEvent<SVGSVGElement>) => setActive((event.target as SVGElement).dataset.item)}
    >
      <defs>
        <pattern id={hatch} width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V7" className={styles.stripe} />
        </pattern>
        <pattern id={`${hatch}-kept`} width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V7" className={styles.keptStripe} />
        </pattern>
      </defs>
      <rect className={styles.inside} x={gutter} y={1} width={width - gutter - 1} height={rack.u_height * unitHeight} />
      {units.map((unit, at) => (
        <g key={unit} aria-hidden>
          <text className={styles.number} x={gutter - 6} y={at * unitHeight + unitHeight / 2 + 1}>
            {unit}
          </text>
          {at > 0 && <path className={styles.rung} d={`M${gutter} ${at * unitHeight + 1}H${width - 1}`} />}
        </g>
      ))}
      {rack.reservations.map((reservation, at) =>
        reservation.units.map(unit => (
          <rect key={`${at} ${unit}`} {...boxOf({ position: unit, height: 1 })} fill={`url(#${hatch}-kept)`}>
            <title>{reservedText(reservation)}</title>
          </rect>
        )),
      )}
      {free.map(unit => {
        const box = boxOf({ position: unit, height: 1 })
        const kept = rack.reservations.find(({ units: reserved }) => reserved.includes(unit))
        return (
          <Go
            key={unit}
            href={addHref(devices!.path, rack, face, unit)}
            className={styles.free}
            data-item={keyOfUnit(unit)}
            data-top={box.y}
            tabIndex={entry === keyOfUnit(unit) ? 0 : -1}
            aria-label={`Add a device at U${unit}, ${face}${kept ? `. ${reservedText(kept)}` : ''}`}
            draggable={false}
          >
            <rect {...box} />
            <path d={plus(box)} />
            <title>{`Add a device at U${unit}${kept ? `\n${reservedText(kept)}` : ''}`}</title>
          </Go>
        )
      })}
      {rack.reservations.flatMap((reservation, at) =>
        reservation.units.map(unit => {
          const box = boxOf({ position: unit, height: 1 })
          return <rect key={`${at} ${unit}`} className={styles.kept} {...box} x={width - 5} width={4} aria-hidden />
        }),
      )}
      {seenFrom(rack.hidden, face).map(block => (
        <rect key={block.position} className={styles.hidden} {...boxOf(block)} fill={`url(#${hatch})`}>
          <title>{`${spanName(block.position, block.height)}: a device that you may not view`}</title>
        </rect>
      ))}
      {seen.map(device => (
        <Mounted
          key={device.id}
          {...{ rack, device, face, drawn, hatch }}
          box={boxOf(device)}
          isEntry={entry === keyOfDevice(device)}
          isLit={lit === device.id}
        />
      ))}
      <rect className={styles.frame} x={gutter} y={1} width={width - gutter - 1} height={rack.u_height * unitHeight} />
      <Ghost rack={rack} face={face} boxOf={boxOf} />
    </svg>
  )
})

function Mounted(props: {
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

/** Where the device that is being moved would be seen. */
function Ghost({ rack, face, boxOf }: { rack: Elevation; face: FaceName; boxOf: (block: Block) => Box }) {
  const aim = useAimAt(rack.rack.id, face)
  const grab = useGrabbed()
  if (!aim || !grab || aim.position === null) return null
  const { device } = grab
  const box = boxOf({ ...device, position: aim.position })
  const said = `${spanName(aim.position, device.height)} ${aim.fault ?? device.label}`
  const text = fitted(said, box.width - 16, box.height < unitHeight ? 9 : 12)
  return (
    <g className={styles.ghost} data-ghost={aim.position} data-fault={aim.fault ? '' : undefined} aria-hidden>
      <rect {...inset(box)} rx={2} />
      {aim.face === face && (
        <text x={box.x + 12} y={box.y + box.height / 2} style={{ fontSize: text.size }}>
          {text.text}
        </text>
      )}
    </g>
  )
}

const inset = ({ x, y, width, height }: Box): Box => ({ x: x + 1, y: y + 1, width: width - 2, height: height - 2 })
const edge = ({ x, y, height }: Box) =>
  `M${x + 5} ${y + 1}H${x + 3}a2 2 0 0 0 -2 2V${y + height - 3}a2 2 0 0 0 2 2H${x + 5}Z`
const plus = ({ x, y, width, height }: Box) =>
  `M${x + width / 2 - 4} ${y + height / 2}h8M${x + width / 2} ${y + height / 2 - 4}v8`

const keyOfDevice = ({ id, position }: Device) => `device ${id} ${position}`
const keyOfUnit = (unit: number) => `unit 0 ${unit}`
const topOf = (key: string, rack: Elevation) => unitsAbove(rack, Number(key.split(' ')[2]), 1)

function addHref(path: string, rack: Elevation, face: FaceName, unit: number): string {
  const search = stringifySearch({
    site: String(rack.site.id),
    ...(rack.location !== null && { location: String(rack.location) }),
    rack: String(rack.rack.id),
    face,
    position: String(unit),
  })
  return `${path}add/${search}`
}

const reservedText = ({ description, user }: Elevation['reservations'][number]) =>
  description === undefined ? 'Reserved' : `Reserved: ${description}${user ? ` (${user})` : ''}`

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

const steps = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1, Home: 0, End: 0 } as const

/** Lead the focus to the next thing on a face, or to the nearest on the next. */
function walk(face: SVGSVGElement, from: Element, key: keyof typeof steps): void {
  const itemsOf = (svg: Element) =>
    [...svg.querySelectorAll<SVGElement>('[data-item]')].sort((a, b) => topIn(a) - topIn(b))
  const items = itemsOf(face)
  const at = items.indexOf(from.closest<SVGElement>('[data-item]')!)
  if (key === 'Home') return items[0]?.focus()
  if (key === 'End') return items.at(-1)?.focus()
  if (key === 'ArrowUp' || key === 'ArrowDown') return items[at + steps[key]]?.focus()
  const all = [...document.querySelectorAll<SVGSVGElement>('svg[data-face]')]
  const next = all[all.indexOf(face) + steps[key]]
  const top = items[at] ? topIn(items[at]) : 0
  const near = next && itemsOf(next).sort((a, b) => Math.abs(topIn(a) - top) - Math.abs(topIn(b) - top))[0]
  near?.focus()
}

const topIn = (item: SVGElement) => Number(item.dataset.top)

/** Keys that steer what is grabbed. */
function steer(event: KeyboardEvent, moving: NonNullable<ReturnType<typeof useMoving>>): void {
  const unit = event.shiftKey ? 0.5 : 1
  const acts: Readonly<Record<string, () => void>> = {
    ArrowUp: () => moving.step(0, -unit),
    ArrowDown: () => moving.step(0, unit),
    ArrowLeft: () => moving.step(-1, 0),
    ArrowRight: () => moving.step(1, 0),
    Enter: moving.drop,
    ' ': moving.drop,
    Escape: moving.cancel,
    Tab: moving.cancel,
  }
  const act = acts[event.key]
  if (!act) return
  if (event.key !== 'Tab') event.preventDefault()
  event.stopPropagation()
  act()
}
