import type { PointerEvent } from 'react'
import { positionBelow, type Device, type Elevation, type Face, type Place } from './elevation.ts'
import type { Moving } from './moving.ts'

/** Height of a rack unit, in pixels. */
export const unitHeight = 22

/** How far a pointer goes before it drags, in pixels, and how long a finger rests, in milliseconds. */
const [slack, patience] = [4, 350]

/** Follows a pointer that was put down on a device: once it moves away, the device is grabbed and goes along. */
export function drag(
  event: PointerEvent<Element>,
  moving: Moving,
  grab: { readonly device: Device; readonly from: Place; readonly at: Face | null },
): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey) return
  const start = { x: event.clientX, y: event.clientY }
  const held = event.clientY - event.currentTarget.getBoundingClientRect().top
  const within = grab.at === null ? Math.min(grab.device.height, 1) * (unitHeight / 2) : held
  const finger = event.pointerType === 'touch'
  const isOn = () => moving.grabbed()?.by === 'pointer'
  const begin = () => {
    moving.grab({ ...grab, by: 'pointer' })
    document.body.style.cursor = 'grabbing'
  }
  const timer = finger ? setTimeout(begin, patience) : undefined

  const move = (to: globalThis.PointerEvent) => {
    if (!isOn()) {
      if (Math.hypot(to.clientX - start.x, to.clientY - start.y) < slack) return
      if (finger) return end()
      begin()
    }
    scrollNear(to)
    moving.aim(placeAt(to, moving.racks(), grab.device, within))
  }
  const up = () => {
    if (isOn()) {
      // The click that follows is the end of the drag, and opens nothing.
      const swallow = (click: Event) => {
        click.preventDefault()
        click.stopPropagation()
      }
      window.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0)
      moving.drop()
    }
    end()
  }
  const stop = (key: KeyboardEvent) => {
    if (key.key !== 'Escape' || !isOn()) return
    moving.cancel()
    end()
  }
  const cancel = () => {
    if (isOn()) moving.cancel()
    end()
  }
  const end = () => {
    clearTimeout(timer)
    document.body.style.cursor = ''
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', up)
    window.removeEventListener('pointercancel', cancel)
    window.removeEventListener('keydown', stop)
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', up)
  window.addEventListener('pointercancel', cancel)
  window.addEventListener('keydown', stop)
}

/** The place under a pointer for a device that is held so many pixels below its top. */
function placeAt(
  { clientX, clientY, shiftKey }: globalThis.PointerEvent,
  racks: readonly Elevation[],
  device: Device,
  within: number,
): Place | null {
  const under = document.elementFromPoint(clientX, clientY)
  const shelf = under?.closest<HTMLElement>('[data-shelf]')
  if (shelf) return { rack: Number(shelf.dataset.shelf), position: null, face: null }
  const drawing = under?.closest<SVGSVGElement>('svg[data-face]')
  const rack = racks.find(({ rack }) => rack.id === Number(drawing?.dataset.rack))
  if (!drawing || !rack) return null
  const fine = shiftKey || device.height % 1 !== 0 || (device.position ?? 1) % 1 !== 0
  const step = fine ? 0.5 : 1
  const wanted = (clientY - drawing.getBoundingClientRect().top - within) / unitHeight
  const above = Math.round(wanted / step) * step
  const most = Math.max(0, rack.u_height - device.height)
  const position = positionBelow(rack, Math.min(most, Math.max(0, above)), device.height)
  return { rack: rack.rack.id, position, face: drawing.dataset.face as Face }
}

/** Near the upper or lower edge of what scrolls around the racks, a pointer scrolls it. */
function scrollNear({ clientX, clientY }: globalThis.PointerEvent): void {
  const scroller = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-scrolls], main')
  if (!scroller) return
  const { top, bottom } = scroller.getBoundingClientRect()
  const edge = 48
  if (clientY < top + edge) scroller.scrollBy(0, -14)
  else if (clientY > bottom - edge) scroller.scrollBy(0, 14)
}
