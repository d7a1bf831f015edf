import type { ModelMeta } from '@demarc/engine/meta'
import { Modal } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type MouseEvent, useState } from 'react'
import { titleCase } from '../../api/meta.ts'
import { listQuery, type Params } from '../../api/query.ts'
import { FilterBar } from '../../list/FilterBar.tsx'
import { QuickSearch } from '../../list/QuickSearch.tsx'
import { Table } from '../../list/Table.tsx'
import { useFocusBack } from '../../ui/dialogs.ts'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import styles from '../field.module.css'
import type { Picked } from './Picker.tsx'

const shown = 50

/** The list of a model in a window, to search and filter in and pick one of. */
export function Selector(props: {
  model: ModelMeta
  narrow: Params
  text: string
  onPick: (row: Picked) => void
  onClose: () => void
}) {
  const { model, onPick, onClose } = props
  useFocusBack()
  const [q, setQ] = useState(props.text)
  const [filters, setFilters] = useState<Params>(props.narrow)
  const [sort, setSort] = useState<readonly string[]>([])
  const params: Params = [
    ...filters,
    ...(q ? [['q', q] as const] : []),
    ...(sort.length ? [['ordering', sort.join(',')] as const] : []),
    ['limit', String(shown)],
  ]
  const { data, error } = useQuery({
    ...listQuery(model, params, model.columns),
    placeholderData: keepPreviousData,
  })
  // A row is picked here, not opened.
  const pick = (event: MouseEvent) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>('[data-id]')?.dataset.id
    const row = data?.results.find(each => String(each.id) === id)
    if (!row) return
    event.preventDefault()
    event.stopPropagation()
    onPick(row)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={titleCase(model.plural)} size={1000}>
      <div
        className={styles.selector}
        // Enter opens links here, whatever it does in the form below.
        onKeyDown={event => event.key === 'Enter' && event.stopPropagation()}
      >
        <div className={styles.selectorTools} role="search">
          <QuickSearch value={q} onChange={setQ} what={model.plural} autoFocus />
          <FilterBar model={model} filters={filters} onChange={setFilters} />
        </div>
        <div className={styles.selectorList} onClickCapture={pick}>
          {error && <p>{error.message}</p>}
          {!data && !error && <TableSkeleton rows={8} />}
          {data?.results.length === 0 && <p className={styles.muted}>No {model.plural} match.</p>}
          {data && data.results.length > 0 && (
            <Table
              model={model}
              rows={data.results}
              columns={model.columns.slice(0, 6)}
              sort={sort}
              onSort={setSort}
              embedded
            />
          )}
        </div>
        {data && (
          <p className={styles.muted} aria-live="polite">
            {data.count > data.results.length
              ? `The first ${data.results.length} of ${data.count.toLocaleString('en')}`
              : `${data.count.toLocaleString('en')} ${data.count === 1 ? model.label : model.plural}`}
          </p>
        )}
      </div>
    </Modal>
  )
}
