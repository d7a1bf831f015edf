import type { ModelMeta } from '@demarc/engine/meta'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { base } from '../api/base.ts'
import type { Row } from '../api/meta.ts'
import panels from '../object/object.module.css'
import { Bone } from '../ui/Skeletons.tsx'
import { StatusBadge } from '../ui/StatusBadge.tsx'
import { CableActions } from './CableActions.tsx'
import { Lanes } from './Lanes.tsx'
import { isOpen, type Route, type Routes, routesQuery, wordsOf } from './route.ts'
import styles from './trace.module.css'

/** Where the cable of an object leads: the paths from it or through it, one drawn at a time. */
export function TracePanel({ model, id, row }: { model: ModelMeta; id: string; row: Row }) {
  const { data, error } = useQuery(routesQuery(model, id))
  const [chosen, setChosen] = useState<number | 'all'>(0)
  const route = data?.routes[chosen === 'all' ? 0 : chosen] ?? data?.routes[0]
  const cable = model.name === 'dcim.cable' ? `${model.name}:${id}` : cableOf(row)
  return (
    <section className={panels.panel} aria-label="Trace">
      <div className={styles.head}>
        <h2>Trace</h2>
        {route && chosen !== 'all' && <Summary route={route} />}
        <span className={styles.actions}>
          {route && (
            <a href={`${base}${model.api}${id}/routes/?render=svg&width=600`} target="_blank" rel="noreferrer">
              SVG
            </a>
          )}
          <CableActions model={model} row={row} status={data?.objects[cable ?? '']?.status?.value} />
        </span>
      </div>
      {error && <p className={styles.note}>{error.message}</p>}
      {!data && !error && (
        <div className={styles.note}>
          <Bone width="60%" />
        </div>
      )}
      {data && data.routes.length > 1 && (
        <Choices routes={data} chosen={chosen === 'all' ? chosen : data.routes.indexOf(route!)} onChoose={setChosen} />
      )}
      {data &&
        (chosen === 'all' ? data.routes : data.routes.filter(each => each === route)).map(each => (
          <Lanes key={each.id} route={each} objects={data.objects} here={`${model.name}:${id}`} />
        ))}
      {data && !route && <p className={styles.note}>{nothing(model, row)}</p>}
    </section>
  )
}

const cableOf = (row: Row) => (row.cable ? `dcim.cable:${(row.cable as Row).id}` : undefined)

function Summary({ route }: { route: Route }) {
  const links = new Set(route.segments.flatMap(segment => segment.links)).size
  return (
    <span className={styles.summary}>
      <StatusBadge {...stateOf(route)} />
      <span>
        {links} {links === 1 ? 'link' : 'links'}
      </span>
      {route.metres > 0 && <span title={feet(route)}>{long(route)}</span>}
    </span>
  )
}

/** How a path stands. */
function stateOf({ id, is_active, is_complete, is_split }: Route): { label: string; color: string } {
  if (is_complete)
    return is_active ? { label: 'Reachable', color: 'green' } : { label: 'Not all connected', color: 'blue' }
  if (id === null) return { label: 'No path leads through', color: 'gray' }
  return is_split ? { label: 'Split', color: 'orange' } : { label: 'Incomplete', color: 'red' }
}

/** The length of a path in the unit that suits it. */
function long(route: Route): string {
  const { metres } = route
  const text = metres >= 1000 ? `${round(metres / 1000)} km` : `${round(metres)} m`
  return route.definitive ? text : `at least ${text}`
}

const feet = (route: Route) => `${round(route.metres * 3.280_839_895)} ft`

const round = (figure: number) => figure.toLocaleString('en', { maximumFractionDigits: 2 })

/** Why there is no path. */
function nothing(model: ModelMeta, row: Row): string {
  if (row.mark_connected) return 'It is marked as connected, but no cable is recorded.'
  if (isOpen(model, row)) return `No cable is plugged into this ${model.label}.`
  return `No path begins at this ${model.label}.`
}

function Choices(props: { routes: Routes; chosen: number | 'all'; onChoose: (at: number | 'all') => void }) {
  const { routes, chosen, onChoose } = props
  const more = routes.count - routes.routes.length
  return (
    <div className={styles.choices} role="group" aria-label="Paths">
      <button type="button" aria-pressed={chosen === 'all'} onClick={() => onChoose('all')}>
        All
      </button>
      {routes.routes.map((route, at) => (
        <button key={route.id} type="button" aria-pressed={at === chosen} onClick={() => onChoose(at)}>
          <i
            style={
              {
                '--c': `var(--d-${route.is_complete ? (route.is_active ? 'good' : 'info') : 'bad'})`,
              } as React.CSSProperties
            }
          />
          {wordsOf(route, routes.objects)}
        </button>
      ))}
      {more > 0 && <span>and {more.toLocaleString('en')} more</span>}
    </div>
  )
}
