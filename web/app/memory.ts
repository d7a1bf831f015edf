import { useLocalStorage } from '@mantine/hooks'
import { useCallback } from 'react'

/** An object visited lately. */
export interface Visit {
  readonly path: string
  readonly display: string
  readonly model: string
}

export type Density = 'compact' | 'normal' | 'comfortable'

export const rowHeights: Readonly<Record<Density, number>> = { compact: 26, normal: 32, comfortable: 40 }

const none: never[] = []

/** Height of table rows. */
export function useDensity() {
  return useLocalStorage<Density>({ key: 'demarc.density', defaultValue: 'normal', getInitialValueInEffect: false })
}

/** Rows on a page, where the address does not say. */
export function usePerPage() {
  return useLocalStorage<number>({ key: 'demarc.per-page', defaultValue: 50, getInitialValueInEffect: false })
}

/** Columns last shown for a table on this machine, so that it can be drawn before the server tells what was chosen. */
export function useLastColumns(table: string) {
  return useLocalStorage<readonly string[] | undefined>({
    key: `demarc.columns.${table}`,
    getInitialValueInEffect: false,
  })
}

/** Widths the user drew for a model's columns. */
export function useWidths(model: string) {
  return useLocalStorage<Record<string, number>>({
    key: `demarc.widths.${model}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  })
}

/** Ids of the objects of a model that were picked lately, the last one first. */
export function useRecentPicks(model: string) {
  return useLocalStorage<number[]>({ key: `demarc.picks.${model}`, defaultValue: none, getInitialValueInEffect: false })
}

/** Whether the sidebar is folded to icons. */
export function useFolded() {
  return useLocalStorage<boolean>({ key: 'demarc.folded', defaultValue: false, getInitialValueInEffect: false })
}

/** Menus that stand open in the sidebar. */
export function useOpenMenus() {
  return useLocalStorage<string[]>({ key: 'demarc.menus', defaultValue: none, getInitialValueInEffect: false })
}

/** Whether the recent objects in the sidebar are put away. */
export function useRecentHidden() {
  return useLocalStorage<boolean>({
    key: 'demarc.recent-hidden',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
}

/** What is drawn on the devices of a rack: names, pictures, or both. */
export function useDrawnOnDevices() {
  return useLocalStorage<'names' | 'images' | 'both'>({
    key: 'demarc.rack-drawn',
    defaultValue: 'names',
    getInitialValueInEffect: false,
  })
}

/** Models pinned to the top of the sidebar. */
export function usePins() {
  return useLocalStorage<string[]>({ key: 'demarc.pins', defaultValue: none, getInitialValueInEffect: false })
}

/** Objects visited lately, newest first. */
export function useVisits() {
  return useLocalStorage<Visit[]>({ key: 'demarc.visits', defaultValue: none, getInitialValueInEffect: false })
}

/** Remembers a visit. */
export function useRemember() {
  const [, setVisits] = useVisits()
  return useCallback(
    (visit: Visit) => setVisits(before => [visit, ...before.filter(each => each.path !== visit.path)].slice(0, 12)),
    [setVisits],
  )
}
