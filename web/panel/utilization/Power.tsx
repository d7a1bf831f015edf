import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { pageOf, useMeta, type Row } from '../../api/meta.ts'
import { Panel } from '../../object/Panel.tsx'
import objectStyles from '../../object/object.module.css'
import { Go } from '../../ui/Go.tsx'
import { UtilizationBar } from '../../ui/UtilizationBar.tsx'
import type { PanelProps } from '../index.ts'
import { figuresQuery, type FeedLoad, type LegLoad, type Load, type PanelLoad, type PortLoad } from './figures.ts'
import { figure } from './numbers.ts'
import styles from './utilization.module.css'

/** What each power port of a device draws, and from where; nothing for a device without any. */
export function DevicePower({ model, row }: PanelProps) {
  const { data } = useQuery({
    ...figuresQuery<readonly PortLoad[]>(model, row.id, 'power'),
    enabled: Number(row.power_port_count) > 0,
  })
  const known = data?.some(load => load.feed || load.outlets || load.allocated || load.maximum)
  if (!data || !known) return null
  return (
    <Panel title="Power">
      <Loads first="Power port" second="Feed">
        {data.map(({ port, feed, legs, ...load }) => (
          <LoadRows key={port.id} name={<To row={port} />} from={feed && <To row={feed} />} load={load} legs={legs} />
        ))}
      </Loads>
    </Panel>
  )
}

/** What the feeds of a panel give, and what is drawn from each. */
export function PanelPower({ model, row }: PanelProps) {
  const { data } = useQuery(figuresQuery<PanelLoad>(model, row.id, 'power'))
  if (!data?.feeds.length) return null
  const { feeds, ...total } = data
  return (
    <Panel title="Power">
      <Loads first="Feed">
        {feeds.map(({ feed, legs, ...load }) => (
          <LoadRows key={feed.id} name={<To row={feed} />} load={load} legs={legs} />
        ))}
        <LoadRows name="All feeds" load={total} legs={[]} className={styles.total} />
      </Loads>
    </Panel>
  )
}

/** What is drawn from a feed, and by what. */
export function FeedPower({ model, row }: PanelProps) {
  const { data } = useQuery(figuresQuery<FeedLoad>(model, row.id, 'power'))
  if (!data) return null
  const { ports, legs, allocated, maximum, available, percent } = data
  return (
    <Panel title="Power">
      <dl className={objectStyles.list}>
        <Fact label="Available">{figure(available ?? 0)} VA</Fact>
        <Fact label="Allocated">
          {percent !== null && <UtilizationBar percent={percent} />}
          <span className={styles.note}>
            {figure(allocated)} VA{maximum ? `, ${figure(maximum)} VA at most` : ''}
          </span>
        </Fact>
        {legs.map(leg => (
          <Fact key={leg.leg} label={`Leg ${leg.leg}`}>
            {leg.percent !== null && <UtilizationBar percent={leg.percent} />}
            <span className={styles.note}>
              {figure(leg.allocated)} of {figure(leg.available ?? 0)} VA
            </span>
          </Fact>
        ))}
        <Fact label="Feeds">
          {ports.length
            ? ports.map(port => (
                <div key={port.id}>
                  <To row={port.device} /> <To row={port} />
                </div>
              ))
            : 'nothing yet'}
        </Fact>
      </dl>
    </Panel>
  )
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className={objectStyles.fact}>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

function Loads({ first, second, children }: { first: string; second?: string; children: ReactNode }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{first}</th>
            {second && <th>{second}</th>}
            <th className={styles.number}>Outlets</th>
            <th className={styles.number}>Allocated VA</th>
            <th className={styles.number}>Maximum VA</th>
            <th className={styles.number}>Available VA</th>
            <th>Utilization</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

function LoadRows(props: {
  name: ReactNode
  /** Undefined where the table has no such column. */
  from?: ReactNode
  load: Load
  legs: readonly LegLoad[]
  className?: string | undefined
}) {
  const { name, from, load, legs, className } = props
  const rows = [
    { key: '', first: name, second: from, of: load, className },
    ...legs.map(leg => ({ key: leg.leg, first: `Leg ${leg.leg}`, second: null, of: leg, className: styles.leg })),
  ]
  return rows.map(({ key, first, second, of, className: kind }) => (
    <tr key={key} className={kind}>
      <td>{first}</td>
      {from !== undefined && <td>{second ?? '—'}</td>}
      <td className={styles.number}>{of.outlets || ''}</td>
      <td className={styles.number}>{figure(of.allocated)}</td>
      <td className={styles.number}>{figure(of.maximum)}</td>
      <td className={styles.number}>{of.available === null ? '' : figure(of.available)}</td>
      <td className={styles.bar}>{of.percent !== null && <UtilizationBar percent={of.percent} />}</td>
    </tr>
  ))
}

function To({ row }: { row: Row }) {
  const page = pageOf(useMeta(), row)
  return page ? <Go href={page}>{row.display}</Go> : row.display
}
