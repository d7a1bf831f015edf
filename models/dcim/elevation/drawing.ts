import type { ReadCall } from '@demarc/engine/model'
import { sql } from 'kysely'
import { DeviceStatus } from '../device.ts'
import { element, inkOn, link, picture, text } from '../drawing/svg.ts'
import type { ElevationInput } from '../rack.actions.ts'
import { readDetails, type Details } from './details.ts'
import { mountedDevices, type Face, type Mounted } from './mounted.ts'
import { halfUnits, type Numbering } from './units.ts'

const border = 2
const margin = 15
/** Width of a letter of a device's name, in pixels. */
const letter = 9

const style = `
svg { font: 13px system-ui, sans-serif; background: #ffffff }
text { text-anchor: middle; dominant-baseline: central }
.unit { fill: #6c757d; font-size: 10px }
.rack { fill: none; stroke: #000000; stroke-width: ${border} }
.slot { fill: #f7f7f7; stroke: #adb5bd }
a:hover .slot { fill: #e9ecef }
.add-device { fill: #0d6efd; opacity: 0; pointer-events: none }
a:hover .add-device { opacity: 1 }
.device { stroke: #495057 }
.occupied { fill: url(#occupied) }
.blocked { fill: url(#blocked) }
.reservation { fill: url(#reserved); stroke: #4d4dff; stroke-width: 2 }
.shaded { opacity: 0.25 }
`

/** A pattern of slanted stripes. */
const stripes = (id: string, color: string) =>
  element(
    'linearGradient',
    {
      id,
      x1: 0,
      y1: 0,
      x2: 0,
      y2: 25,
      gradientUnits: 'userSpaceOnUse',
      spreadMethod: 'repeat',
      gradientTransform: 'rotate(45)',
    },
    element('stop', { offset: '50%', 'stop-color': '#f7f7f7' }),
    element('stop', { offset: '50%', 'stop-color': color }),
  )

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A rack as seen from one face, each device on its units, linked to its page. */
export async function drawElevation(call: ReadCall, input: ElevationInput): Promise<Blob> {
  const { row, origin } = call
  const { face, unitWidth, unitHeight, legendWidth } = input
  const rack = row as unknown as Numbering
  const width = unitWidth + legendWidth + margin + border * 2
  const height = unitHeight * rack.u_height + border * 2
  /** Where what stands on some units from a position on is drawn. */
  const boxOf = (position: number, units: number): Box => {
    const below = position - rack.starting_unit
    const top = rack.desc_units ? below : rack.u_height - below - units
    return { x: legendWidth + border, y: border + top * unitHeight, width: unitWidth, height: units * unitHeight }
  }
  const whole = halfUnits(rack).filter(Number.isInteger)
  const devices = await mountedDevices(call, face)
  const visible = await call.visible(
    'dcim.device',
    devices.map(({ id }) => id),
  )
  const [details, reservations] = await Promise.all([readDetails(call.db, [...visible]), readReservations(call)])
  const lit = highlighted(
    input.highlight,
    devices.filter(({ id }) => visible.has(id)),
  )

  return picture(
    width,
    height,
    style,
    element('defs', {}, stripes('reserved', '#b0b0ff'), stripes('occupied', '#d7d7d7'), stripes('blocked', '#ffc0c0')),
    ...whole.map((unit, at) =>
      element('text', { class: 'unit', x: legendWidth / 2, y: border + (at + 0.5) * unitHeight }, text(unit)),
    ),
    ...whole.map(unit => {
      const query = new URLSearchParams({
        site: row['site_id'],
        location: row['location_id'] ?? '',
        rack: row['id'],
        face,
        position: String(unit),
      })
      const box = boxOf(unit, 1)
      return link(
        `${origin}/dcim/devices/add/?${query}`,
        element('rect', { class: 'slot', ...box }),
        element('text', { class: 'add-device', ...centreOf(box) }, 'add device'),
      )
    }),
    ...reservations.flatMap(({ id, description, units }) =>
      runsOf(units).map(([first, count]) => {
        const box = boxOf(first, count)
        return link(
          `${origin}/dcim/rack-reservations/${id}/`,
          element('title', {}, text(`Reservation ${id}: ${description}`)),
          element('rect', { class: 'reservation', ...box, x: box.x + unitWidth + border, width: margin - 3 }),
        )
      }),
    ),
    ...devices.map(device => {
      const box = boxOf(device.position, device.height)
      const shown = details.get(device.id)
      if (!shown) return element('rect', { class: 'device blocked', ...box })
      return drawDevice(origin, device, shown, box, { ...input, shaded: lit !== null && !lit.has(device.id) })
    }),
    element('rect', {
      class: 'rack',
      x: legendWidth + 1,
      y: 1,
      width: unitWidth + border,
      height: rack.u_height * unitHeight + border,
    }),
  )
}

const centreOf = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 })

function drawDevice(
  origin: string,
  device: Mounted,
  details: Details,
  box: Box,
  { face, includeImages, shaded }: { face: Face; includeImages: boolean; shaded: boolean },
): string {
  const shade = shaded ? ' shaded' : ''
  const own = device.face === face
  const name = details.bays ? `${details.label} (${details.filled}/${details.bays})` : details.label
  const most = Math.floor(box.width / letter)
  const image = includeImages && details[`${face}_image`]
  return link(
    `${origin}/dcim/devices/${device.id}/`,
    element('title', {}, text(tooltip(device, details))),
    own
      ? element('rect', { class: `device${shade}`, ...box, fill: `#${details.color}` })
      : element('rect', { class: `device blocked${shade}`, ...box }),
    image
      ? element('image', { class: `device-image${shade}`, ...box, href: `${origin}/media/${image}` })
      : element(
          'text',
          { class: `label${shade}`, ...centreOf(box), fill: own ? inkOn(details.color) : '#000000' },
          text(name.length > most ? `${name.slice(0, most)}...` : name),
        ),
  )
}

const tooltip = (device: Mounted, details: Details) =>
  [
    `Name: ${details.label}`,
    `Role: ${details.role}`,
    `Status: ${DeviceStatus.values.get(details.status as never)?.label ?? details.status}`,
    `Device Type: ${details.make} (${device.height}U)`,
    details.asset_tag && `Asset tag: ${details.asset_tag}`,
    details.serial && `Serial: ${details.serial}`,
    details.description && `Description: ${details.description}`,
  ]
    .filter(Boolean)
    .join('\n')

/** The devices that stand out; null where the request names none of those drawn. */
function highlighted(entries: readonly string[], devices: readonly Mounted[]): ReadonlySet<number> | null {
  const found = entries.flatMap(entry => {
    const [, by, value] = /^(id|name):(.+)$/s.exec(entry) ?? []
    return devices.filter(({ id, name }) => (by === 'id' ? String(id) === value : by === 'name' && name === value))
  })
  return found.length ? new Set(found.map(({ id }) => id)) : null
}

const readReservations = ({ db, row }: ReadCall) =>
  db.rows<{ id: number; description: string; units: number[] }>(
    sql`select id, description, units from dcim_rackreservation where rack_id = ${row['id']} order by id`,
  )

/** Units in a row, as the first of them and how many there are. */
function runsOf(units: readonly number[]): [first: number, count: number][] {
  const runs: [number, number][] = []
  for (const unit of [...new Set(units)].toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && last[0] + last[1] === unit) last[1]++
    else runs.push([unit, 1])
  }
  return runs
}
