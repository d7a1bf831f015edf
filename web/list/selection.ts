import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Row } from '../api/meta.ts'
import type { Selection } from './Table.tsx'

/** The rows chosen in a list, also on other pages of it; or all that match. */
export interface Chosen {
  readonly rows: ReadonlyMap<number, Row>
  readonly all: boolean
  readonly setAll: () => void
  readonly clear: () => void
  readonly selection: Selection
}

/** Keeps what is chosen as long as `scope`, the filters, stays the same. */
export function useSelection(rows: readonly Row[], scope: string): Chosen {
  const [chosen, setChosen] = useState<ReadonlyMap<number, Row>>(empty)
  const [all, setAllMatching] = useState(false)
  const last = useRef<number>(undefined)
  const now = useRef(rows)
  now.current = rows

  const clear = useCallback(() => {
    setChosen(empty)
    setAllMatching(false)
    last.current = undefined
  }, [])
  useEffect(clear, [scope, clear])
  const toggle = useCallback((index: number, range: boolean) => {
    const from = range && last.current !== undefined ? last.current : index
    last.current = index
    setAllMatching(false)
    setChosen(before => {
      const next = new Map(before)
      const row = now.current[index]
      if (!row) return before
      const on = range || !next.has(row.id)
      for (const each of now.current.slice(Math.min(from, index), Math.max(from, index) + 1)) {
        if (on) next.set(each.id, each)
        else next.delete(each.id)
      }
      return next
    })
  }, [])
  const page = useCallback((on: boolean) => {
    setAllMatching(false)
    setChosen(before => {
      const next = new Map(before)
      for (const row of now.current) {
        if (on) next.set(row.id, row)
        else next.delete(row.id)
      }
      return next
    })
  }, [])
  const setAll = useCallback(() => setAllMatching(true), [])
  const selection = useMemo<Selection>(
    () => ({ has: id => all || chosen.has(id), toggle, page }),
    [all, chosen, toggle, page],
  )
  return { rows: chosen, all, setAll, clear, selection }
}

const empty: ReadonlyMap<number, Row> = new Map()
