import type { ModelMeta } from '@demarc/engine/meta'
import { useQueries, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import { countQuery, listQuery, type Params } from '../api/query.ts'
import { Table } from '../list/Table.tsx'
import { Go } from '../ui/Go.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import { listsOf, type OwnList } from './lists.ts'
import styles from './object.module.css'

/** The lists of what belongs to an object, a tab for each that is not empty; only the chosen one is asked for. */
export function RelatedLists({ model, row, first }: { model: ModelMeta; row: Row; first?: string | undefined }) {
  const meta = useMeta()
  const [chosen, setChosen] = useState<string>()
  const lists = listsOf(meta, model, row)
  const counts = useQueries({
    queries: lists.map(list => ({ ...countQuery(list.model, list.params), enabled: list.count === undefined })),
  })
  const tabs = lists.flatMap((list, at) => {
    const count = list.count ?? counts[at]!.data ?? 0
    return count > 0 ? [{ key: slugOf(list.model), list, count }] : []
  })
  const tab = tabs.find(({ key }) => key === (chosen ?? first)) ?? tabs[0]
  const section = useRef<HTMLElement>(null)
  const isAsked = Boolean(first) && tab?.key === first
  useEffect(() => {
    if (isAsked) section.current?.scrollIntoView()
  }, [isAsked])
  if (!tab) return null
  const press = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]!
    setChosen(next.key)
    document.getElementById(`tab-${next.key}`)?.focus()
  }
  return (
    <section ref={section} className={`${styles.panel} ${styles.lists}`} aria-label="Related objects">
      <div role="tablist" aria-label="Related objects" className={styles.tabs} onKeyDown={press}>
        {tabs.map(({ key, list, count }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`tab-${key}`}
            aria-selected={key === tab.key}
            aria-controls="related"
            tabIndex={key === tab.key ? 0 : -1}
            className={styles.tab}
            onClick={() => setChosen(key)}
          >
            {list.model === model ? `Child ${model.plural}` : titleCase(list.model.plural)}
            <span>{count.toLocaleString('en')}</span>
          </button>
        ))}
      </div>
      <div role="tabpanel" id="related" aria-labelledby={`tab-${tab.key}`}>
        <RelatedList key={tab.key} list={tab.list} count={tab.count} model={model} />
      </div>
    </section>
  )
}

/** A list as addresses call it: `interfaces`. */
const slugOf = (model: ModelMeta) => model.path.split('/').at(-2)!

const shownRows = 25

function RelatedList(props: { list: OwnList; count: number; model: ModelMeta }) {
  const { list, count } = props
  const [sort, setSort] = useState<readonly string[]>([])
  const own = props.model.name.split('.')[1]!
  const target = list.model
  const columns = target.columns.filter(
    key => target.fields[key] && (target === props.model || key.replaceAll('_', '') !== own),
  )
  const params: Params = [
    ...list.params,
    ['limit', String(shownRows)],
    ...(sort.length ? [['ordering', sort.join(',')] as const] : []),
  ]
  const { data, error, isPlaceholderData } = useQuery(listQuery(target, params, columns))
  if (error) return <p className={styles.nothing}>{error.message}</p>
  if (!data) return <TableSkeleton rows={Math.min(count, shownRows)} />
  const more = data.count > data.results.length
  const whole = new URLSearchParams(list.params.map(([key, value]) => [key, value]))
  return (
    <>
      <Table
        model={target}
        rows={data.results}
        columns={columns}
        sort={sort}
        onSort={setSort}
        stale={isPlaceholderData}
        tree={target === props.model && !sort.length}
        embedded
      />
      <p className={styles.more}>
        <Go href={`${target.path}?${whole}`}>
          {more ? `All ${data.count.toLocaleString('en')} ${target.plural}` : 'Open as a list'}
        </Go>
      </p>
    </>
  )
}
