import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { titleCase, useMeta } from '../api/meta.ts'
import { detailQuery } from '../api/query.ts'
import { Changes } from '../object/Changes.tsx'
import { Contacts } from '../object/Contacts.tsx'
import { Header } from '../object/Header.tsx'
import { Images } from '../object/Images.tsx'
import { Journal } from '../object/Journal.tsx'
import styles from '../object/object.module.css'
import { Tabs, tabsOf } from '../object/Tabs.tsx'
import { Problem } from './Detail.tsx'
import { NotFound } from './NotFound.tsx'
import { Unknown } from './Unknown.tsx'
import { useAddress } from './useModel.ts'

const ConfigContext = lazy(async () => ({ default: (await import('../config/ConfigContext.tsx')).ConfigContext }))
const RenderedConfig = lazy(async () => ({ default: (await import('../config/RenderedConfig.tsx')).RenderedConfig }))

/** What an object has besides itself: its configuration, contacts, pictures, notes, changes. */
export function ObjectTab() {
  const { model, path, id } = useAddress()
  const client = useQueryClient()
  const meta = useMeta()
  const pathname = useLocation({ select: location => location.pathname })
  const tab = model && id && tabsOf(meta, model, id).find(each => pathname.endsWith(`/${each.key}/`))
  const {
    data: row,
    error,
    refetch,
  } = useQuery({
    ...(model && id ? detailQuery(client, model, id) : { queryKey: ['none'] }),
    enabled: Boolean(tab),
  })
  useDocumentTitle(`${tab ? `${tab.label} of ` : ''}${row ? row.display : titleCase(model?.label ?? '')} · Demarc`)
  if (!model) return <Unknown path={path} />
  if (!/^\d+$/.test(id ?? '') || !tab) return <NotFound />
  if (error) return <Problem error={error} model={model} again={() => void refetch()} />
  return (
    <article className={styles.root}>
      <Header model={model} id={id!} row={row} />
      <Tabs model={model} id={id!} />
      <Suspense fallback={null}>
        {tab.key === 'config-context' && <ConfigContext model={model} id={id!} />}
        {tab.key === 'render-config' && <RenderedConfig model={model} id={id!} />}
      </Suspense>
      {tab.key === 'contacts' && <Contacts assignments={tab.model} model={model} id={id!} params={tab.params} />}
      {tab.key === 'image-attachments' && <Images images={tab.model} params={tab.params} label={model.label} />}
      {tab.key === 'journal' && <Journal journal={tab.model} params={tab.params} />}
      {tab.key === 'changelog' && <Changes log={tab.model} params={tab.params} />}
    </article>
  )
}
