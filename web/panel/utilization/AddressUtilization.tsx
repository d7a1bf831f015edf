import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import { Panel } from '../../object/Panel.tsx'
import objectStyles from '../../object/object.module.css'
import { Mono } from '../../ui/Mono.tsx'
import { Bone } from '../../ui/Skeletons.tsx'
import { UtilizationBar } from '../../ui/UtilizationBar.tsx'
import type { PanelProps } from '../index.ts'
import { figuresQuery, type AddressFigures } from './figures.ts'
import { addresses } from './numbers.ts'
import styles from './utilization.module.css'

/** How much of a prefix, an aggregate or a range is taken, and what is the first that is free. */
export function AddressUtilization({ model, row }: PanelProps) {
  const { data, error } = useQuery(figuresQuery<AddressFigures>(model, row.id, 'utilization'))
  if (error) return null
  return (
    <Panel title="Utilization">
      <dl className={objectStyles.list}>
        <div className={objectStyles.fact}>
          <dt>Taken</dt>
          <dd>
            {data && <UtilizationBar percent={data.percent} />}
            <span className={styles.note}>{data ? taken(data) : <Bone width="60%" />}</span>
          </dd>
        </div>
        {data && model.name !== 'ipam.aggregate' && <FirstFree model={model} row={row} by={data.taken_by} />}
      </dl>
    </Panel>
  )
}

function taken({ size, taken: count, taken_by }: AddressFigures): string {
  if (taken_by === 'mark') return `marked as used up: ${addresses(size)} addresses`
  return `${addresses(count)} of ${addresses(size)} addresses${taken_by === 'prefixes' ? ', by prefixes' : ''}`
}

/** What would be given next: nothing for those who may not see it. */
function FirstFree({ model, row, by }: PanelProps & { by: AddressFigures['taken_by'] }) {
  const [path, key] = by === 'prefixes' ? ['available-prefixes', 'prefix'] : ['available-ips', 'address']
  const { data } = useQuery({
    queryKey: ['first free', model.name, row.id, path],
    queryFn: ({ signal }) =>
      get<readonly Readonly<Record<string, unknown>>[]>(`${model.api}${row.id}/${path}/?limit=1`, signal),
  })
  if (!data) return null
  return (
    <div className={objectStyles.fact}>
      <dt>First free</dt>
      <dd>{data[0] ? <Mono text={String(data[0][key!])} /> : 'none'}</dd>
    </div>
  )
}
