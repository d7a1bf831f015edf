import { useDocumentTitle, useElementSize } from '@mantine/hooks'
import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useState } from 'react'
import { ApiError } from '../../api/client.ts'
import { pageOf, useMeta } from '../../api/meta.ts'
import type { Params } from '../../api/query.ts'
import { stringifySearch, type Search } from '../../api/search.ts'
import { useDrawnOnDevices } from '../../app/memory.ts'
import { FilterBar } from '../../list/FilterBar.tsx'
import { QuickSearch } from '../../list/QuickSearch.tsx'
import { readState } from '../../list/state.ts'
import { Failure } from '../../page/Failure.tsx'
import { Forbidden } from '../../page/Forbidden.tsx'
import pageStyles from '../../page/List.module.css'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Go, useGo } from '../../ui/Go.tsx'
import { Bone } from '../../ui/Skeletons.tsx'
import { Switcher } from '../../ui/Switcher.tsx'
import { unitHeight } from './drag.ts'
import { DrawnSwitcher } from './DrawnSwitcher.tsx'
import { faces, type Elevation, type Face as FaceName } from './elevation.ts'
import { elevationsQuery, type ElevationPage } from './reading.ts'
import styles from './elevations.module.css'
import { Face } from './Face.tsx'
import { MovableRacks } from './MovableRacks.tsx'

const path = '/dcim/rack-elevations/'
/** Racks that one request brings. */
const chunk = 24
const headHeight = 46
const [narrowest, gap] = [190, 20]

const orders = [
  ['', 'Site'],
  ['name', 'Name'],
  ['-name', 'Name ↓'],
  ['facility_id', 'Facility'],
  ['-facility_id', 'Facility ↓'],
] as const

const sides = [
  ['front', 'Front'],
  ['rear', 'Rear'],
  ['both', 'Front + rear'],
] as const

type Side = (typeof sides)[number][0]

/** All racks that a filter finds, side by side: of hundreds only those in sight are read and drawn. */
export function Elevations() {
  const meta = useMeta()
  const goTo = useGo()
  const { face, room, ...search } = useSearch({ strict: false }) as Search
  const model = meta.models['dcim.rack']
  const side = (sides.find(([value]) => value === face)?.[0] ?? 'front') as Side
  const state = useMemo(() => readState(search, 50), [search])
  const [count, setCount] = useState<number>()
  useDocumentTitle('Elevations · Demarc')
  if (!model) return <Forbidden permission="dcim.view_rack" detail="Racks are out of your sight." />

  const height = String(room ?? '')
  const go = (change: Partial<typeof state> & { side?: Side; height?: string }, replace = false) => {
    const next = { ...state, side, height, ...change }
    const query: Record<string, string | string[]> = {}
    if (next.q) query.q = next.q
    for (const [key, value] of next.filters) query[key] = [...[query[key] ?? []].flat(), value]
    if (next.sort.length) query.sort = next.sort.join(',')
    if (next.side !== 'front') query.face = next.side
    if (next.height) query.room = next.height
    goTo(path + stringifySearch(query), replace)
  }
  const shown = side === 'both' ? faces : ([side] as const)
  const params: Params = [
    ...state.filters,
    ...(state.q ? [['q', state.q] as const] : []),
    ...(state.sort.length ? [['ordering', state.sort.join(',')] as const] : []),
    ...(height ? [['room', height] as const] : []),
  ]
  return (
    <div className={pageStyles.root}>
      <div className={pageStyles.top}>
        <div className={pageStyles.header}>
          <h1>Elevations</h1>
          <span className={pageStyles.count} aria-live="polite">
            {count?.toLocaleString('en')}
          </span>
        </div>
        <div className={pageStyles.tools} role="search">
          <QuickSearch value={state.q} onChange={q => go({ q }, true)} what="racks" />
          <FilterBar model={model} filters={state.filters} onChange={filters => go({ filters })} />
        </div>
      </div>
      <div className={styles.choices}>
        <Switcher
          label="Order"
          values={orders}
          value={orders.find(([value]) => value === state.sort.join(','))?.[0] ?? ''}
          onChange={sort => go({ sort: sort ? [sort] : [] })}
        />
        <Switcher label="Face" values={sides} value={side} onChange={next => go({ side: next })} />
        <DrawnSwitcher />
        <label className={styles.room}>
          Room for
          <input
            type="number"
            min={0.5}
            max={100}
            step={0.5}
            placeholder="any"
            defaultValue={height}
            onChange={event => event.target.validity.valid && go({ height: event.target.value }, true)}
          />
          U
        </label>
      </div>
      <Racks key={JSON.stringify([params, side])} params={params} shown={shown} onCount={setCount} />
    </div>
  )
}

function Racks(props: { params: Params; shown: readonly FaceName[]; onCount: (count: number) => void }) {
  const { params, shown, onCount } = props
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const { ref: sizer, width } = useElementSize()
  const [count, setCount] = useState<number>()
  const perRow = Math.max(1, Math.floor((width + gap) / (narrowest * shown.length + gap)))
  const rackWidth = Math.min(400 * shown.length, Math.floor((width - gap * (perRow - 1)) / perRow))
  const rows = useVirtualizer({
    count: count === undefined ? 1 : Math.ceil(count / perRow),
    getScrollElement: () => scroller,
    estimateSize: () => 42 * unitHeight + headHeight + 24,
    overscan: 0,
  })
  const inSight = rows.getVirtualItems()
  const from = Math.floor(((inSight[0]?.index ?? 0) * perRow) / chunk)
  const to = Math.floor((((inSight.at(-1)?.index ?? 0) + 1) * perRow - 1) / chunk)
  const last = count === undefined ? 0 : Math.max(0, Math.ceil(count / chunk) - 1)
  const chunks = Array.from({ length: Math.min(to, last) - from + 1 }, (_, at) => from + at)
  const { pages, error, again } = useQueries({
    queries: chunks.map(at => elevationsQuery([...params, ['limit', String(chunk)], ['offset', String(at * chunk)]])),
    combine,
  })
  const found = pages.find(page => page)?.count
  useEffect(() => {
    if (found === undefined) return
    setCount(found)
    onCount(found)
  }, [found, onCount])
  const racks = useMemo(
    () =>
      new Map(
        pages.flatMap((page, index) => (page?.results ?? []).map((rack, at) => [(from + index) * chunk + at, rack])),
      ),
    [pages, from],
  )
  const loaded = useMemo(() => [...racks.entries()].sort(([a], [b]) => a - b).map(([, rack]) => rack), [racks])

  if (error instanceof ApiError && error.status === 403)
    return <Forbidden permission="dcim.view_rack" detail={error.message} />
  if (error) return <Failure error={error} reset={again} />
  if (count === 0)
    return (
      <div className={pageStyles.rest}>
        <EmptyState icon="server-2" title="No racks match">
          Take a filter away to see more.
        </EmptyState>
      </div>
    )
  return (
    <div ref={setScroller} className={styles.scroller} data-scrolls>
      <div ref={sizer}>
        <MovableRacks racks={loaded} faces={shown}>
          <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {width > 0 &&
              inSight.map(row => (
                <div
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  className={styles.row}
                  style={{ gap, transform: `translateY(${row.start}px)` }}
                >
                  {Array.from({ length: Math.min(perRow, (count ?? perRow) - row.index * perRow) }, (_, at) => (
                    <OneRack key={at} rack={racks.get(row.index * perRow + at)} width={rackWidth} shown={shown} />
                  ))}
                </div>
              ))}
          </div>
        </MovableRacks>
      </div>
    </div>
  )
}

/** What several pages of racks hold, and what went wrong with them. */
function combine(results: readonly UseQueryResult<ElevationPage>[]) {
  return {
    pages: results.map(({ data }) => data),
    error: results.find(({ error }) => error)?.error,
    again: () => void results.map(({ refetch }) => refetch()),
  }
}

function OneRack(props: { rack: Elevation | undefined; width: number; shown: readonly FaceName[] }) {
  const { rack, width, shown } = props
  const meta = useMeta()
  const [drawn] = useDrawnOnDevices()
  if (!rack)
    return (
      <div style={{ width }}>
        <Bone width="100%" height={42 * unitHeight + headHeight} />
      </div>
    )
  const { percent } = rack.space
  return (
    <section style={{ width }} aria-label={rack.name}>
      <div className={styles.head}>
        <Go href={pageOf(meta, rack.rack) ?? ''} title={rack.rack.display}>
          {rack.rack.display}
        </Go>
        <span title={`${rack.space.taken} of ${rack.space.units} units taken`}>{Math.round(percent)} %</span>
        <small>{rack.site.display}</small>
      </div>
      <div className={styles.faces}>
        {shown.map(face => (
          <div key={face}>
            {shown.length > 1 && <p className={styles.faceName}>{face === 'front' ? 'Front' : 'Rear'}</p>}
            <Face rack={rack} face={face} drawn={drawn} width={Math.floor(width / shown.length)} />
          </div>
        ))}
      </div>
    </section>
  )
}
