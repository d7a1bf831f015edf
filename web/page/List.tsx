import type { ModelMeta } from '@demarc/engine/meta'
import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { ApiError } from '../api/client.ts'
import { fieldOf, identityOf, titleCase } from '../api/meta.ts'
import { isAbout } from '../api/own.ts'
import { listQuery, type Params } from '../api/query.ts'
import type { Search } from '../api/search.ts'
import { useLastColumns, usePerPage } from '../app/memory.ts'
import { useTableColumns } from '../app/preferences.ts'
import { isTyping } from '../app/Shortcuts.tsx'
import { Actions } from '../list/Actions.tsx'
import { BulkBar } from '../list/BulkBar.tsx'
import { Columns } from '../list/Columns.tsx'
import { FilterBar } from '../list/FilterBar.tsx'
import { Paging } from '../list/Paging.tsx'
import { QuickSearch } from '../list/QuickSearch.tsx'
import { useSelection } from '../list/selection.ts'
import { apiParams, type ListState, readState, writeState } from '../list/state.ts'
import { Table } from '../list/Table.tsx'
import { SaveView, Views } from '../list/Views.tsx'
import { glance, isUnderWay } from '../object/live.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import { Failure } from './Failure.tsx'
import { Forbidden } from './Forbidden.tsx'
import styles from './List.module.css'
import { Unknown } from './Unknown.tsx'
import { useAddress } from './useModel.ts'
import { Go, useGo } from '../ui/Go.tsx'

/** The list of any model. */
export function List() {
  const { model, path } = useAddress()
  return model ? <ModelList key={model.name} model={model} /> : <Unknown key={path} path={path} />
}

function ModelList({ model }: { model: ModelMeta }) {
  const goTo = useGo()
  const client = useQueryClient()
  const search = useSearch({ strict: false }) as Search
  const [habit, setHabit] = usePerPage()
  const [last, setLast] = useLastColumns(model.table)
  const [chosen, choose] = useTableColumns(model.table, last)
  const setColumns = (wanted: readonly string[] | undefined) => {
    setLast(wanted)
    choose(wanted)
  }
  const state = useMemo(() => readState(search, habit), [search, habit])
  const columns = useMemo(() => {
    const known = (chosen ?? []).filter(key => fieldOf(model, key))
    return known.length ? known : proposed(model).filter(key => fieldOf(model, key))
  }, [chosen, model])
  const { data, error, isPlaceholderData, isPending, refetch } = useQuery({
    ...listQuery(model, apiParams(state), columns),
    refetchInterval: query => (query.state.data?.results.some(row => isUnderWay(model, row)) ? glance : false),
  })
  const title = titleCase(model.plural)
  const matching = useMemo(() => matchingParams(state), [state])
  const picks = useSelection(data?.results ?? none, String(matching))
  const bulk = model.may.includes('change') || model.may.includes('delete')
  useDocumentTitle(`${title} · Demarc`)

  const go = (change: Partial<ListState>, replace = false) => {
    const href = model.path + writeState({ ...state, page: 1, ...change }, habit)
    if (replace) goTo(href, true)
    else goTo(href)
  }
  const lastPage = Math.max(1, Math.ceil((data?.count ?? 0) / state.perPage))
  usePageKeys(step => {
    const page = state.page + step
    if (page >= 1 && page <= lastPage) go({ page })
  })
  // The next page is usually the next wish.
  useEffect(() => {
    if (!data || isPlaceholderData || state.page >= lastPage || state.perPage > 250) return
    const idle = setTimeout(
      () => void client.prefetchQuery(listQuery(model, apiParams({ ...state, page: state.page + 1 }), columns)),
      400,
    )
    return () => clearTimeout(idle)
  }, [client, data, isPlaceholderData, state, lastPage, model, columns])

  if (error instanceof ApiError && error.status === 403)
    return <Forbidden permission={permission(model)} detail={error.message} />
  const filtered = Boolean(state.filters.length || state.q)
  return (
    <div className={styles.root}>
      <div className={styles.top}>
        <div className={styles.header}>
          <h1>{title}</h1>
          <span className={styles.count} aria-live="polite">
            {data && data.count.toLocaleString('en')}
          </span>
        </div>
        <Actions model={model} columns={columns} state={state} />
        <div className={styles.tools} role="search">
          <QuickSearch value={state.q} onChange={q => go({ q }, true)} what={model.plural} />
          <FilterBar model={model} filters={state.filters} onChange={filters => go({ filters })} />
          <SaveView model={model} filters={state.filters} />
          <Columns
            model={model}
            columns={columns}
            sort={state.sort}
            onChange={setColumns}
            onSort={sort => go({ sort })}
          />
        </div>
      </div>
      <Views model={model} filters={state.filters} onChange={filters => go({ filters })} />
      {error ? (
        <div className={styles.rest}>
          <Failure error={error} reset={() => void refetch()} />
        </div>
      ) : isPending ? (
        <div className={styles.rest}>
          <TableSkeleton rows={24} />
        </div>
      ) : data.results.length ? (
        <Table
          model={model}
          rows={data.results}
          columns={columns}
          sort={state.sort}
          onSort={sort => go({ sort })}
          onColumns={setColumns}
          stale={isPlaceholderData}
          tree={!state.sort.length && !state.q}
          first={(state.page - 1) * state.perPage}
          total={data.count}
          selection={bulk ? picks.selection : undefined}
        />
      ) : (
        <div className={styles.rest}>
          <Nothing model={model} filtered={filtered} state={state} go={go} />
        </div>
      )}
      <BulkBar model={model} chosen={picks} count={data?.count ?? 0} params={matching} />
      <Paging
        page={state.page}
        perPage={state.perPage}
        count={data?.count}
        onPage={page => go({ page })}
        onPerPage={perPage => {
          setHabit(perPage)
          goTo(model.path + writeState({ ...state, page: 1, perPage }, perPage))
        }}
      />
    </div>
  )
}

function Nothing(props: {
  model: ModelMeta
  filtered: boolean
  state: ListState
  go: (change: Partial<ListState>) => void
}) {
  const { model, filtered, state, go } = props
  if (state.page > 1) {
    return (
      <EmptyState
        icon={model.icon}
        title="There is no such page"
        actions={
          <Button variant="default" onClick={() => go({ page: 1 })}>
            First page
          </Button>
        }
      >
        The list has become shorter than that.
      </EmptyState>
    )
  }
  if (filtered) {
    return (
      <EmptyState
        icon="filter"
        title={`No ${model.plural} match`}
        actions={
          <Button variant="default" onClick={() => go({ q: '', filters: [] })}>
            Clear the filters
          </Button>
        }
      >
        {state.q ? (
          <>
            Nothing is found for “{state.q}”{state.filters.length ? ' with these filters' : ''}.
          </>
        ) : (
          'Take a filter away to see more.'
        )}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={model.icon}
      title={`No ${model.plural} yet`}
      actions={
        model.may.includes('add') && (
          <>
            <Button component={Go} href={`${model.path}add/`}>
              New {model.label}
            </Button>
            <Button component={Go} href={`${model.path}import/`} variant="default">
              Import
            </Button>
          </>
        )
      }
    >
      {model.about}
    </EmptyState>
  )
}

function usePageKeys(turn: (step: number) => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === ']') turn(1)
      if (event.key === '[') turn(-1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}

const none: never[] = []

/** What narrows the list, without its order and page. */
const matchingParams = (state: ListState): Params => [...state.filters, ...(state.q ? [['q', state.q] as const] : [])]

function proposed(model: ModelMeta): readonly string[] {
  const named = isAbout(model) ? 'object' : 'id'
  return identityOf(model) === 'display' ? model.columns.filter(key => key !== named) : model.columns
}

function permission(model: ModelMeta): string {
  const [app, name] = model.name.split('.')
  return `${app}.view_${name}`
}
