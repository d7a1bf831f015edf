import { memo, useState, type FocusEvent } from 'react'
import { useMeta } from '../../api/meta.ts'
import { stringifySearch } from '../../api/search.ts'
import { Go } from '../../ui/Go.tsx'
import { unitHeight } from './drag.ts'
import {
  freeUnits,
  mountedIn,
  seenFrom,
  spanName,
  unitsAbove,
  unitsOf,
  type Block,
  type Elevation,
  type Face as FaceName,
} from './elevation.ts'
import { fitted } from './fitted.ts'
import { useAimAt, useGrabbed, useMoving } from './moving.ts'
import { inset, keyOfDevice, MountedDevice, type Box, type Drawn } from './MountedDevice.tsx'
import styles from './rack.module.css'
import { pressKey } from './steering.ts'

const gutter = 26

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
  const items = [...seen.map(device => [keyOfDevice(device), device] as const), ...free.map(itemOfUnit)]
  const tops = new Map(items.map(([key, block]) => [key, unitsAbove(rack, block.position, block.height)]))
  const entry = tops.has(active ?? '') ? active : [...tops.keys()].sort((a, b) => tops.get(a)! - tops.get(b)!)[0]
  const hatch = `hatch-${rack.rack.id}-${face}`

  return (
    <svg
      className={styles.face}
      width={width}
      height={rack.u_height * unitHeight + 2}
      data-rack={rack.rack.id}
      data-face={face}
      role="group"
      aria-label={`${rack.name}, ${face}`}
      onKeyDown={event => pressKey(event, moving)}
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
        <MountedDevice
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

const plus = ({ x, y, width, height }: Box) =>
  `M${x + width / 2 - 4} ${y + height / 2}h8M${x + width / 2} ${y + height / 2 - 4}v8`

const keyOfUnit = (unit: number) => `unit ${unit}`
const itemOfUnit = (unit: number) => [keyOfUnit(unit), { position: unit, height: 1 }] as const

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
