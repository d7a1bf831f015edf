import { useElementSize } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { base } from '../../api/base.ts'
import { useDrawnOnDevices } from '../../app/memory.ts'
import { Panel } from '../../object/Panel.tsx'
import { Bone } from '../../ui/Skeletons.tsx'
import type { PanelProps } from '../index.ts'
import { unitHeight } from './drag.ts'
import { DrawnSwitcher } from './DrawnSwitcher.tsx'
import { faces, type Elevation } from './elevation.ts'
import { elevationsQuery } from './reading.ts'
import { Face } from './Face.tsx'
import { MovableRacks } from './MovableRacks.tsx'
import styles from './rack.module.css'
import { Shelf } from './Shelf.tsx'

/** Both faces of the rack that the page is about. */
export function RackPanel({ model, row }: PanelProps) {
  const { data, error } = useQuery(elevationsQuery([['id', String(row.id)]]))
  const rack = data?.results[0]
  return (
    <Panel title="Elevations" tools={<DrawnSwitcher />}>
      <div className={styles.wide}>
        {error && <p>{error.message}</p>}
        {!rack && !error && <Bone width="100%" height={Number(row.u_height ?? 42) * unitHeight} />}
        {rack && (
          <OneRack rack={rack} picture={face => `${base}${model.api}${row.id}/elevation/?render=svg&face=${face}`} />
        )}
      </div>
    </Panel>
  )
}

function OneRack({ rack, picture }: { rack: Elevation; picture: (face: string) => string }) {
  const { ref, width } = useElementSize()
  const [drawn] = useDrawnOnDevices()
  const racks = useMemo(() => [rack], [rack])
  return (
    <MovableRacks racks={racks} faces={faces}>
      <Shelf rack={rack} />
      <div ref={ref} className={styles.pair}>
        {faces.map(face => (
          <div key={face}>
            <div className={styles.faceHead}>
              <span>{face === 'front' ? 'Front' : 'Rear'}</span>
              <a href={picture(face)} download={`${rack.name}-${face}.svg`}>
                SVG
              </a>
            </div>
            {width > 0 && <Face rack={rack} face={face} drawn={drawn} width={Math.floor((width - 12) / 2)} />}
          </div>
        ))}
      </div>
    </MovableRacks>
  )
}
