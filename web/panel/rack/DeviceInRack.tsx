import { useElementSize } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Row } from '../../api/meta.ts'
import { Panel } from '../../object/Panel.tsx'
import { Go } from '../../ui/Go.tsx'
import type { PanelProps } from '../index.ts'
import { type Elevation, type Face as FaceName } from './elevation.ts'
import { elevationsQuery } from './reading.ts'
import { Face } from './Face.tsx'
import styles from './rack.module.css'

/** The face of the rack that a device is mounted on, with the device standing out. */
export function DeviceInRack({ row }: PanelProps) {
  const rack = row.rack as { readonly id: number } | null
  const mounted = rack && row.position !== null
  const { data } = useQuery({ ...elevationsQuery([['id', String(rack?.id)]]), enabled: Boolean(mounted) })
  const shown = data?.results[0]
  return mounted && shown ? <Around rack={shown} row={row} /> : null
}

function Around({ rack: shown, row }: { rack: Elevation; row: Row }) {
  const { ref, width } = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const id = row.id
  useEffect(() => {
    const box = scroller.current
    const device = box?.querySelector<SVGElement>(`[data-device="${id}"]`)
    if (box && device) box.scrollTop = Number(device.dataset.top) - box.clientHeight / 2
  }, [id, width])
  const face = (row.face as { readonly value: FaceName } | null)?.value ?? 'front'
  return (
    <Panel title={`${shown.name}, ${face}`} tools={<Go href={`/dcim/racks/${shown.rack.id}/`}>Whole rack</Go>}>
      <div className={styles.wide}>
        <div ref={scroller} className={styles.around}>
          <div ref={ref}>
            {width > 0 && <Face rack={shown} face={face} drawn="names" width={Math.floor(width)} lit={row.id} />}
          </div>
        </div>
      </div>
    </Panel>
  )
}
