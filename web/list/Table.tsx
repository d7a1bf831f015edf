import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { useQueryClient } from '@tanstack/react-query'
import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type DragEvent,
  memo,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { fieldOf, identityOf, modelAtUrl, type Row, useMeta, valueOf } from '../api/meta.ts'
import { leadsTo } from '../api/own.ts'
import { detailQuery } from '../api/query.ts'
import { rowHeights, useDensity, useWidths } from '../app/memory.ts'
import { isTyping } from '../app/Shortcuts.tsx'
import { local } from '../field/datetime.tsx'
import { viewOf } from '../field/index.ts'
import { isEmpty } from '../field/plain.ts'
import { Go, useGo } from '../ui/Go.tsx'
import { Mono } from '../ui/Mono.tsx'
import { CableCell, CablesOf, isCableColumn } from '../trace/CableCell.tsx'
import styles from './Table.module.css'
import { useFonts, widthsOf } from './widths.ts'

const features = tableFeatures({ columnSizingFeature, columnResizingFeature })

/** Which rows are chosen, and how to choose. */
export interface Selection {
  readonly has: (id: number) => boolean
  /** Chooses a row or lets it go; with `range` all from the one before. */
  readonly toggle: (index: number, range: boolean) => void
  /** All rows of the page, or none. */
  readonly page: (on: boolean) => void
}

/** The one table: sticky header and first column, resizable, sorted by click, only the rows in view drawn. */
export function Table(props: {
  model: ModelMeta
  rows: readonly Row[]
  columns: readonly string[]
  sort: readonly string[]
  onSort?: (sort: readonly string[]) => void
  /** Columns can be dragged into another order. */
  onColumns?: (columns: readonly string[]) => void
  /** Older rows are shown while newer ones load. */
  stale?: boolean
  /** Rows are indented by their depth in the tree, from the highest one on. */
  tree?: boolean
  /** As high as its rows, without keys: a table within a page. */
  embedded?: boolean
  first?: number
  total?: number
  selection?: Selection | undefined
}) {
  const { model, rows, sort, onSort, selection } = props
  const [density] = useDensity()
  const height = rowHeights[density]
  const identity = identityOf(model)
  const columns = useMemo(() => [identity, ...props.columns.filter(key => key !== identity)], [identity, props.columns])
  const scroller = useRef<HTMLDivElement>(null)

  const [drawn, setDrawn] = useWidths(model.name)
  const fonts = useFonts()
  const guessed = useRef<Record<string, number>>({})
  const measured = useRef(fonts)
  if (measured.current !== fonts) guessed.current = {}
  measured.current = fonts
  if (rows.length) guessed.current = widthsOf(model, rows, columns, identity, guessed.current)
  const definitions = useMemo(
    () =>
      columns.map((key): ColumnDef<typeof features, Row> => ({
        id: key,
        accessorFn: row => valueOf(row, key),
        minSize: 48,
        maxSize: 900,
      })),
    [columns],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: row => String(row.id),
    columnResizeMode: 'onChange',
    state: { columnSizing: { ...guessed.current, ...drawn } },
    onColumnSizingChange: update =>
      setDrawn(before => {
        const all = { ...guessed.current, ...before }
        const after = typeof update === 'function' ? update(all) : update
        return Object.fromEntries(Object.entries(after).filter(([key, width]) => width !== guessed.current[key]))
      }),
  })
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  const sizes = headers.map((header, index) => header.getSize() + (selection && index === 0 ? 28 : 0))
  const stretched = ['description', 'comments'].includes(columns.at(-1)!)
  const tracks = sizes.map((size, index) =>
    stretched && index === sizes.length - 1 ? `minmax(${size}px, 1fr)` : `${size}px`,
  )
  const style = {
    '--tracks': tracks.join(' ') + (stretched ? '' : ' minmax(0, 1fr)'),
    '--row': `${height}px`,
    minWidth: sizes.reduce((sum, size) => sum + size, 0),
  } as CSSProperties

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollPaddingStart: height + 4,
    scrollPaddingEnd: 4,
  })
  useEffect(() => virtual.measure(), [height, virtual])
  useEffect(() => {
    if (!props.stale && scroller.current) scroller.current.scrollTop = 0
  }, [props.first, props.stale])
  useRowKeys(scroller, rows.length, index => virtual.scrollToIndex(index), !props.embedded, selection?.toggle)
  const chosen = selection ? rows.filter(row => selection.has(row.id)).length : 0

  const depthOf = (row: Row) => Number(row._depth) || 0
  const root = props.tree ? Math.min(...rows.map(depthOf)) : 0
  const open = useOpen(model)
  const order = useColumnOrder(columns, props.onColumns)
  const toggle = (key: string, add: boolean) => onSort?.(nextSort(sort, key, add))

  const drawnTable = (
    <div
      ref={scroller}
      className={styles.scroller}
      data-embedded={props.embedded || undefined}
      data-stale={props.stale || undefined}
      tabIndex={0}
      role="region"
      aria-label={`${model.plural}, scrollable`}
    >
      <div
        role="table"
        className={styles.table}
        data-filler={!stretched || undefined}
        style={style}
        aria-label={model.plural}
        aria-rowcount={(props.total ?? rows.length) + 1}
        aria-colcount={columns.length}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" className={styles.row} aria-rowindex={1}>
            {headers.map((header, index) => {
              const key = header.column.id
              const field = fieldOf(model, key)
              const sorted = sort.includes(key) ? 'ascending' : sort.includes(`-${key}`) ? 'descending' : undefined
              const sortable = Boolean(onSort && field?.sortable)
              const label = field?.label ?? key
              return (
                <div
                  key={header.id}
                  role="columnheader"
                  className={styles.cell}
                  {...(index > 0 && order.cell(key))}
                  aria-colindex={index + 1}
                  aria-sort={sorted}
                  data-right={(index > 0 && field && viewOf(field.widget).align) || undefined}
                >
                  {selection && index === 0 && (
                    <label className={styles.check}>
                      <input
                        type="checkbox"
                        aria-label="Select all rows of this page"
                        checked={chosen > 0 && chosen === rows.length}
                        ref={node => {
                          if (node) node.indeterminate = chosen > 0 && chosen < rows.length
                        }}
                        onChange={event => selection.page(event.currentTarget.checked)}
                      />
                    </label>
                  )}
                  {sortable ? (
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={event => toggle(key, event.shiftKey)}
                      title={`${label}: click to sort, shift-click to sort by it too`}
                    >
                      <span>{label}</span>
                      <i aria-hidden data-order={sorted} />
                    </button>
                  ) : (
                    <span className={styles.label} title={label}>
                      {label}
                    </span>
                  )}
                  <span
                    className={styles.grip}
                    // The width is drawn here, not the column.
                    draggable
                    onDragStart={event => {
                      event.preventDefault()
                      event.stopPropagation()
                    }}
                    data-active={header.column.getIsResizing() || undefined}
                    aria-hidden
                    onMouseDown={header.getResizeHandler()}
                    onTouchStart={header.getResizeHandler()}
                    onDoubleClick={() =>
                      setDrawn(before => Object.fromEntries(Object.entries(before).filter(([each]) => each !== key)))
                    }
                  />
                </div>
              )
            })}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(item => {
            const row = rows[item.index]
            return (
              row && (
                <Line
                  key={row.id}
                  index={item.index}
                  top={item.start}
                  model={model}
                  row={row}
                  columns={columns}
                  number={(props.first ?? 0) + item.index + 2}
                  open={open}
                  toggle={selection?.toggle}
                  selected={selection?.has(row.id)}
                  {...(props.tree ? { depth: depthOf(row) - root } : {})}
                />
              )
            )
          })}
        </div>
      </div>
    </div>
  )
  return columns.some(key => isCableColumn(model, key)) ? <CablesOf rows={rows}>{drawnTable}</CablesOf> : drawnTable
}

/** Lets the heads of columns be dragged, each to the place of another. */
function useColumnOrder(columns: readonly string[], onColumns: ((columns: readonly string[]) => void) | undefined) {
  const [dragged, setDragged] = useState<string>()
  const [over, setOver] = useState<string>()
  const end = () => {
    setDragged(undefined)
    setOver(undefined)
  }
  const drop = (key: string) => {
    end()
    if (!dragged || dragged === key) return
    const to = columns.indexOf(key)
    const rest = columns.filter(each => each !== dragged)
    onColumns?.([...rest.slice(0, to), dragged, ...rest.slice(to)])
  }
  const cell = (key: string) =>
    onColumns && {
      draggable: true,
      'data-over': (dragged && over === key) || undefined,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move'
        setDragged(key)
      },
      onDragOver: (event: DragEvent) => {
        if (!dragged) return
        event.preventDefault()
        setOver(key)
      },
      onDragEnd: end,
      onDrop: (event: DragEvent) => {
        event.preventDefault()
        drop(key)
      },
    }
  return { cell }
}

interface LineProps {
  readonly index: number
  readonly top: number
  readonly number: number
  readonly model: ModelMeta
  readonly row: Row
  readonly columns: readonly string[]
  readonly depth?: number
  readonly open: Opener
  readonly toggle: Selection['toggle'] | undefined
  readonly selected: boolean | undefined
}

const Line = memo(function Line(props: LineProps) {
  const { index, top, number, model, row, columns, depth, open, toggle, selected } = props
  return (
    <div
      role="row"
      className={styles.row}
      data-index={index}
      data-id={row.id}
      aria-rowindex={number}
      aria-selected={selected}
      data-selected={selected || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={event => open.click(event, row)}
      onPointerEnter={() => open.enter(row)}
      onPointerLeave={open.leave}
    >
      {columns.map((key, column) => (
        <Cell
          key={key}
          column={column}
          name={key}
          model={model}
          row={row}
          {...(column === 0 && depth ? { depth } : {})}
          {...(column === 0 &&
            toggle && {
              box: (
                <label className={styles.check}>
                  <input
                    type="checkbox"
                    tabIndex={-1}
                    aria-label={`Select ${row.display}`}
                    checked={Boolean(selected)}
                    onChange={() => undefined}
                    onClick={event => toggle(index, event.shiftKey)}
                  />
                </label>
              ),
            })}
        />
      ))}
    </div>
  )
})

function Cell({
  column,
  name,
  model,
  row,
  depth,
  box,
}: {
  column: number
  name: string
  model: ModelMeta
  row: Row
  depth?: number
  box?: ReactNode
}) {
  const field = fieldOf(model, name)
  const meta = useMeta()
  if (!field) return <div role="cell" className={styles.cell} />
  const value = valueOf(row, name)
  const view = viewOf(field.widget)
  const cable = isCableColumn(model, name)
  if (column === 0) {
    return (
      <div role="cell" className={styles.cell} data-first>
        {box}
        {depth ? <span className={styles.depth} style={{ width: depth * 16 }} aria-hidden /> : null}
        <Identity
          model={model}
          row={row}
          value={field.widget === 'datetime' && value ? local(String(value)) : value}
          mono={Boolean(field.mono) || field.widget === 'address'}
        />
      </div>
    )
  }
  return (
    <div role="cell" className={styles.cell} data-right={view.align}>
      {cable ? (
        <CableCell model={homeOf(meta, model, row)} row={row} />
      ) : (
        <view.Cell value={value} name={name} field={field} model={model} row={row} />
      )}
    </div>
  )
}

function Identity({ model, row, value, mono }: { model: ModelMeta; row: Row; value: unknown; mono: boolean }) {
  const meta = useMeta()
  const named = !isEmpty(value)
  const text = named ? String(value) : row.display
  const href = leadsTo(meta, model, row) ?? `${model.path}${row.id}/`
  const link = (
    <Go href={href} className={named ? styles.identity : styles.unnamed} data-identity title={text}>
      {text}
    </Go>
  )
  return mono ? (
    <Mono text={text} quiet>
      {link}
    </Mono>
  ) : (
    link
  )
}

interface Opener {
  readonly click: (event: MouseEvent, row: Row) => void
  readonly enter: (row: Row) => void
  readonly leave: () => void
}

function useOpen(model: ModelMeta): Opener {
  const client = useQueryClient()
  const goTo = useGo()
  const meta = useMeta()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  return useMemo(
    () => ({
      click: (event, row) => {
        const target = event.target as HTMLElement
        if (event.defaultPrevented || target.closest('a, button, label, input') || window.getSelection()?.toString())
          return
        goTo(leadsTo(meta, model, row) ?? `${homeOf(meta, model, row).path}${row.id}/`)
      },
      enter: row => {
        clearTimeout(timer.current)
        timer.current = setTimeout(
          () => void client.prefetchQuery(detailQuery(client, homeOf(meta, model, row), String(row.id))),
          90,
        )
      },
      leave: () => clearTimeout(timer.current),
    }),
    [client, meta, model, goTo],
  )
}

/** The model that a row is of, which a list of only some of its rows is not. */
const homeOf = (meta: Meta, model: ModelMeta, row: Row): ModelMeta => modelAtUrl(meta, row.url)?.model ?? model

/** `j` and `k` move the focus from row to row; Enter then opens, as on any link, and `x` chooses. */
function useRowKeys(
  scroller: React.RefObject<HTMLDivElement | null>,
  count: number,
  reveal: (index: number) => void,
  active: boolean,
  toggle: Selection['toggle'] | undefined,
) {
  const scroll = useRef(reveal)
  scroll.current = reveal
  const choose = useRef(toggle)
  choose.current = toggle
  useEffect(() => {
    if (!active) return
    const press = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[event.key]
      if (event.key.toLowerCase() === 'x' && !event.ctrlKey && !event.metaKey && !isTyping(event.target)) {
        const row = document.activeElement?.closest<HTMLElement>('[data-index]')
        if (row && scroller.current?.contains(row)) choose.current?.(Number(row.dataset.index), event.shiftKey)
      }
      if (!step || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !count) return
      const focused = document.activeElement?.closest<HTMLElement>('[data-index]')
      const from =
        focused && scroller.current?.contains(focused) ? Number(focused.dataset.index) : step > 0 ? -1 : count
      const to = Math.max(0, Math.min(count - 1, from + step))
      event.preventDefault()
      scroll.current(to)
      const focus = (tries: number) =>
        requestAnimationFrame(() => {
          const link = scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"] [data-identity]`)
          if (link) link.focus({ preventScroll: true })
          else if (tries) focus(tries - 1)
        })
      focus(5)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [scroller, count, active])
}

function nextSort(sort: readonly string[], key: string, add: boolean): readonly string[] {
  const rest = add ? sort.filter(each => each !== key && each !== `-${key}`) : []
  if (sort.includes(key)) return [...rest, `-${key}`]
  if (sort.includes(`-${key}`)) return rest
  return [...rest, key]
}
