import { useElementSize } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { pageOf, useMeta, type Row } from '../../api/meta.ts'
import { Panel } from '../../object/Panel.tsx'
import { Go } from '../../ui/Go.tsx'
import { Bone } from '../../ui/Skeletons.tsx'
import type { PanelProps } from '../index.ts'
import { unitHeight } from './drag.ts'
import { unitsAbove, type Face as FaceName } from './elevation.ts'
import { Face } from './Face.tsx'
import styles from './rack.module.css'
import { elevationsQuery } from './reading.ts'

/** The face of the rack that a device is mounted on, with the device standing out. */
export function DeviceInRack({ row }: PanelProps) {
  const { rack, position, face } = row as Row & {
    readonly rack: Row | null
    readonly position: number | null
    readonly face: { readonly value: FaceName } | null
  }
  return rack && position !== null ? (
    <AroundUnit rack={rack} face={face?.value ?? 'front'} unit={position} lit={row.id} />
  ) : null
}

/** The front of the rack of which units are reserved. */
export function ReservedInRack({ row }: PanelProps) {
  const { rack, units } = row as Row & { readonly rack: Row; readonly units: readonly number[] }
  return <AroundUnit rack={rack} face="front" unit={Math.max(...units)} />
}

function AroundUnit(props: { rack: Row; face: FaceName; unit: number; lit?: number }) {
  const { face, unit, lit } = props
  const meta = useMeta()
  const { data, error } = useQuery(elevationsQuery([['id', String(props.rack.id)]]))
  const { ref, width } = useElementSize()
  const scroller = useRef<HTMLDivElement>(null)
  const rack = data?.results[0]
  const top = rack && unitsAbove(rack, unit, 1) * unitHeight
  useEffect(() => {
    const box = scroller.current
    if (box && top !== undefined) box.scrollTop = top - box.clientHeight / 2
  }, [top, width])
  if (error) return null
  return (
    <Panel title={`${props.rack.display}, ${face}`} tools={<Go href={pageOf(meta, props.rack) ?? ''}>Whole rack</Go>}>
      <div className={styles.wide}>
        <div ref={scroller} className={styles.around}>
          <div ref={ref}>
            {!rack && <Bone width="100%" height={12 * unitHeight} />}
            {rack && width > 0 && <Face rack={rack} face={face} drawn="names" width={Math.floor(width)} lit={lit} />}
          </div>
        </div>
      </div>
    </Panel>
  )
}
