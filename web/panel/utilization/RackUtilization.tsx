import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Panel } from '../../object/Panel.tsx'
import objectStyles from '../../object/object.module.css'
import { Bone } from '../../ui/Skeletons.tsx'
import { UtilizationBar } from '../../ui/UtilizationBar.tsx'
import type { PanelProps } from '../index.ts'
import { figuresQuery, type RackFigures } from './figures.ts'
import { figure } from './numbers.ts'
import styles from './utilization.module.css'

/** How much of a rack's space, power and load is taken. */
export function RackUtilization({ model, row }: PanelProps) {
  const { data, error } = useQuery(figuresQuery<RackFigures>(model, row.id, 'utilization'))
  if (error) return null
  const { space, power, weight } = data ?? {}
  return (
    <Panel title="Utilization">
      <dl className={objectStyles.list}>
        <Line label="Space" percent={space?.percent}>
          {space && `${figure(space.taken)} of ${space.units} units`}
        </Line>
        <Line label="Power" percent={power?.available ? power.percent : null}>
          {power &&
            (power.available ? `${figure(power.allocated)} of ${figure(power.available)} VA` : 'no power feeds')}
        </Line>
        <Line label="Weight" percent={weight?.percent}>
          {weight &&
            (weight.maximum === null
              ? weight.total
                ? `${figure(weight.total)} kg in all`
                : 'not known'
              : `${figure(weight.total - weight.own)} of ${figure(weight.maximum)} kg, ${figure(weight.total)} kg in all`)}
        </Line>
      </dl>
    </Panel>
  )
}

function Line(props: { label: string; percent: number | null | undefined; children: ReactNode }) {
  const { label, percent, children } = props
  return (
    <div className={objectStyles.fact}>
      <dt>{label}</dt>
      <dd>
        {percent !== null && percent !== undefined && <UtilizationBar percent={percent} />}
        <span className={styles.note}>{children || <Bone width="60%" />}</span>
      </dd>
    </div>
  )
}
