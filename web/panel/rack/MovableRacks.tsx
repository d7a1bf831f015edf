import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import { ApiError, fieldsOf, send } from '../../api/client.ts'
import { useMeta } from '../../api/meta.ts'
import { refresh } from '../../api/write.ts'
import { notify } from '../../app/notices.tsx'
import { placeName, type Device, type Elevation, type Face, type Place } from './elevation.ts'
import { movedInCache } from './reading.ts'
import { createMoving, MovingProvider, useAim, useGrabbed, type Grab } from './moving.ts'
import styles from './rack.module.css'

/** Racks between which devices can be moved, by whoever may change devices. */
export function MovableRacks(props: { racks: readonly Elevation[]; faces: readonly Face[]; children: ReactNode }) {
  const { racks, faces, children } = props
  const meta = useMeta()
  const client = useQueryClient()
  const devices = meta.models['dcim.device']
  const latest = useRef({ racks, faces })
  useEffect(() => {
    latest.current = { racks, faces }
  }, [racks, faces])

  const moving = useMemo(() => {
    if (!devices?.may.includes('change')) return null
    const nameOf = (device: Device, place: Place) =>
      placeName(
        latest.current.racks.find(({ rack }) => rack.id === place.rack),
        place,
        device.height,
      )
    const put = async (device: Device, from: Place, to: Place, isUndoing = false) => {
      const back = movedInCache(client, device, to)
      const { rack, position, face } = to
      try {
        await send('POST', `${devices.api}move/`, [{ id: device.id, rack, position, face: face ?? '' }])
        notify({
          text: `${device.label} ${isUndoing ? 'is back' : 'moved'}: ${nameOf(device, to)}.`,
          ...(!isUndoing && { action: { label: 'Undo', run: () => void put(device, to, from, true) } }),
        })
      } catch (error) {
        back()
        notify({ text: `${device.label} was not moved. ${reasonOf(error)}`, bad: true })
      }
      await refresh(client, devices)
    }
    return createMoving({
      racks: () => latest.current.racks,
      faces: () => latest.current.faces,
      put(grab, to) {
        void put(grab.device, grab.from, to)
        if (grab.by === 'keys') focusOn(grab, to)
      },
      refuse: ({ device }, fault) => notify({ text: `${device.label} cannot be there: ${fault}`, bad: true }),
    })
  }, [client, devices])

  // A browser asks before the first touch whether moving the finger may be kept from scrolling the page.
  useEffect(() => {
    const keep = (event: Event) => {
      if (moving?.grabbed()?.by === 'pointer') event.preventDefault()
    }
    window.addEventListener('touchmove', keep, { passive: false })
    window.addEventListener('contextmenu', keep)
    return () => {
      window.removeEventListener('touchmove', keep)
      window.removeEventListener('contextmenu', keep)
    }
  }, [moving])

  return (
    <MovingProvider value={moving}>
      {children}
      <Said />
    </MovingProvider>
  )
}

/** Says aloud where the device that is being moved would be put. */
function Said() {
  const grab = useGrabbed()
  const aim = useAim()
  const keys = grab?.by === 'keys'
  return (
    <p className={styles.said} role="status" data-shown={keys || undefined}>
      {keys && aim && (
        <>
          <b>{grab.device.label}</b> {aim.position === null ? '' : `U${aim.position} ${aim.face}`}
          {aim.fault ? `: ${aim.fault}` : ''}
          <span>Arrows move it, Enter puts it there, Esc leaves it.</span>
        </>
      )}
    </p>
  )
}

function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) return String(error)
  const said = error.items.flatMap(({ errors }) => {
    const { __all__: ofAll = [], ...ofFields } = fieldsOf(errors)
    const particular = Object.values(ofFields).flat()
    return particular.length ? particular : ofAll
  })
  return said.length ? said.join(' ') : error.message
}

/** What was moved by keys keeps the focus, in its new place. */
function focusOn({ device }: Grab, { rack, face }: Place): void {
  setTimeout(() => {
    const drawing = document.querySelector(`svg[data-rack="${rack}"][data-face="${face}"]`)
    drawing?.querySelector<SVGElement>(`[data-device="${device.id}"]`)?.focus()
  }, 60)
}
