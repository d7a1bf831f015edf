import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useMeta } from '../api/meta.ts'
import { countQuery, type Params } from '../api/query.ts'
import { Go } from '../ui/Go.tsx'
import styles from './object.module.css'

/** What else an object has: its journal and its history. */
export interface Tab {
  readonly key: 'journal' | 'changelog'
  readonly label: string
  readonly model: ModelMeta
  readonly params: Params
}

/** The tabs of an object's page, as far as its model has them and the user may see them. */
export function tabsOf(meta: Meta, model: ModelMeta, id: string): readonly Tab[] {
  const journal = model.features.includes('journaling') && meta.models['extras.journalentry']
  const changes = model.features.includes('change_logging') && meta.models['core.objectchange']
  const of = (prefix: string): Params => [
    [`${prefix}_type`, model.name],
    [`${prefix}_id`, id],
  ]
  return [
    ...(journal ? [{ key: 'journal' as const, label: 'Journal', model: journal, params: of('assigned_object') }] : []),
    ...(changes
      ? [{ key: 'changelog' as const, label: 'Changelog', model: changes, params: of('changed_object') }]
      : []),
  ]
}

/** The row of tabs below an object's head. */
export function Tabs({ model, id }: { model: ModelMeta; id: string }) {
  const meta = useMeta()
  const pathname = useLocation({ select: location => location.pathname })
  const tabs = tabsOf(meta, model, id)
  if (!tabs.length) return null
  const page = `${model.path}${id}/`
  const on = tabs.find(tab => pathname.endsWith(`/${tab.key}/`))
  return (
    <nav className={styles.pageTabs} aria-label={`Pages of this ${model.label}`}>
      <Go href={page} className={styles.tab} aria-current={on ? undefined : 'page'}>
        Overview
      </Go>
      {tabs.map(tab => (
        <Go
          key={tab.key}
          href={`${page}${tab.key}/`}
          className={styles.tab}
          aria-current={on?.key === tab.key ? 'page' : undefined}
        >
          {tab.label}
          <Count tab={tab} />
        </Go>
      ))}
    </nav>
  )
}

function Count({ tab }: { tab: Tab }) {
  const { data } = useQuery(countQuery(tab.model, tab.params))
  return data ? <span>{data.toLocaleString('en')}</span> : null
}
