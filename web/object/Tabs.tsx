import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useMeta } from '../api/meta.ts'
import { countQuery, type Params } from '../api/query.ts'
import { Go } from '../ui/Go.tsx'
import styles from './object.module.css'

/** What else an object has: contacts, pictures, its journal and its history. */
interface ListTab {
  readonly key: 'contacts' | 'image-attachments' | 'journal' | 'changelog'
  readonly label: string
  readonly model: ModelMeta
  readonly params: Params
}

/** What follows from an object: what it is configured with, and the configuration that is made of it. */
interface ConfigTab {
  readonly key: 'config-context' | 'render-config'
  readonly label: string
}

export type Tab = ListTab | ConfigTab

/** The tabs of an object's page, as far as its model has them and the user may see them. */
export function tabsOf(meta: Meta, model: ModelMeta, id: string): readonly Tab[] {
  return [...configTabs(model), ...listTabs(meta, model, id)]
}

const configTabs = (model: ModelMeta): readonly ConfigTab[] =>
  model.fields.config_context
    ? [
        { key: 'config-context', label: 'Config context' },
        ...(model.may.includes('render_config') ? ([{ key: 'render-config', label: 'Rendered config' }] as const) : []),
      ]
    : []

function listTabs(meta: Meta, model: ModelMeta, id: string): readonly ListTab[] {
  return all.flatMap(({ key, label, feature, name, prefix }) => {
    const shown = model.features.includes(feature) ? meta.models[name] : undefined
    const params = [
      [`${prefix}_type`, model.name],
      [`${prefix}_id`, id],
    ] as const
    return shown ? [{ key, label, model: shown, params }] : []
  })
}

const all = [
  { key: 'contacts', label: 'Contacts', feature: 'contacts', name: 'tenancy.contactassignment', prefix: 'object' },
  {
    key: 'image-attachments',
    label: 'Images',
    feature: 'image_attachments',
    name: 'extras.imageattachment',
    prefix: 'object',
  },
  {
    key: 'journal',
    label: 'Journal',
    feature: 'journaling',
    name: 'extras.journalentry',
    prefix: 'assigned_object',
  },
  {
    key: 'changelog',
    label: 'Changelog',
    feature: 'change_logging',
    name: 'core.objectchange',
    prefix: 'changed_object',
  },
] as const

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
          {'params' in tab && <Count tab={tab} />}
        </Go>
      ))}
    </nav>
  )
}

function Count({ tab }: { tab: ListTab }) {
  const { data } = useQuery(countQuery(tab.model, tab.params))
  return data ? <span>{data.toLocaleString('en')}</span> : null
}
