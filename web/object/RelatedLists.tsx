import type { ModelMeta } from '@demarc/engine/meta'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import { listQuery, type Params } from '../api/query.ts'
import { countsOf, listOf, type Relation } from '../api/related.ts'
import { Table } from '../list/Table.tsx'
import { Go } from '../ui/Go.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import styles from './object.module.css'

/** The lists that an object's counts count, a tab for each; only the chosen one is asked for. */
export function RelatedLists({ model, row }: { model: ModelMeta; row: Row }) {
  const meta = useMeta()
  const [chosen, setChosen] = useState<string>()
  const tabs = countsOf(meta, model).flatMap(({ key, relation }) => {
    const count = Number(row[key])
    return relation && count > 0 ? [{ key, relation, count }] : []
  })
  const tab = tabs.find(({ key }) => key === chosen) ?? tabs[0]
  if (!tab) return null
  const press = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length]!
    setChosen(next.key)
    document.getElementById(`tab-${next.key}`)?.focus()
  }
  return (
    <section className={styles.panel} aria-label="Related objects">
      <div role="tablist" aria-label="Related objects" className={styles.tabs} onKeyDown={press}>
        {tabs.map(({ key, relation, count }) => (
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
            {titleCase(relation.model.plural)}
            <span>{count.toLocaleString('en')}</span>
          </button>
        ))}
      </div>
      <div role="tabpanel" id="related" aria-labelledby={`tab-${tab.key}`}>
        <RelatedList key={tab.key} relation={tab.relation} count={tab.count} model={model} row={row} />
      </div>
    </section>
  )
}

const shownRows = 25

function RelatedList(props: { relation: Relation; count: number; model: ModelMeta; row: Row }) {
  const { relation, row, count } = props
  const [sort, setSort] = useState<readonly string[]>([])
  const own = props.model.name.split('.')[1]!
  const target = relation.model
  const columns = target.columns.filter(key => target.fields[key] && key.replaceAll('_', '') !== own)
  const params: Params = [
    [relation.filter, String(row[relation.key])],
    ['limit', String(shownRows)],
    ...(sort.length ? [['ordering', sort.join(',')] as const] : []),
  ]
  const { data, error, isPlaceholderData } = useQuery(listQuery(target, params, columns))
  if (error) return <p className={styles.nothing}>{error.message}</p>
  if (!data) return <TableSkeleton rows={Math.min(count, shownRows)} />
  const more = data.count > data.results.length
  return (
    <>
      <Table
        model={target}
        rows={data.results}
        columns={columns}
        sort={sort}
        onSort={setSort}
        stale={isPlaceholderData}
        embedded
      />
      <p className={styles.more}>
        <Go href={listOf(relation, row)}>
          {more ? `All ${data.count.toLocaleString('en')} ${target.plural}` : 'Open as a list'}
        </Go>
      </p>
    </>
  )
}
