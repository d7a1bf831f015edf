import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useParams } from '@tanstack/react-router'
import type { ModelMeta } from '@demarc/engine/meta'
import { titleCase, titleOf, useMeta } from '../api/meta.ts'
import { detailQuery } from '../api/query.ts'
import { pages } from '../panel/index.ts'
import { useAddress } from '../page/useModel.ts'
import { Go } from '../ui/Go.tsx'
import styles from './Breadcrumb.module.css'

/** Where the page stands: menu, list, object. */
export function Breadcrumb() {
  const { app } = useParams({ strict: false }) as { app?: string }
  const pathname = useLocation({ select: location => location.pathname })
  const drawn = pages.find(({ path }) => path === pathname)
  return (
    <nav aria-label="Breadcrumb" className={styles.root}>
      <ol>
        {app ? (
          <Trail />
        ) : (
          <li>
            <span aria-current="page">{drawn?.label ?? 'Home'}</span>
          </li>
        )}
      </ol>
    </nav>
  )
}

function Trail() {
  const meta = useMeta()
  const { model, id } = useAddress()
  const pathname = useLocation({ select: location => location.pathname })
  if (!model)
    return (
      <li>
        <Go href="/">Home</Go>
      </li>
    )
  const last = pathname.split('/').filter(Boolean).at(-1) ?? ''
  const page = id === last || pathname === model.path ? undefined : parts[last]
  const menu = meta.menus.find(each => each.groups.some(group => group.models.includes(model.name)))
  return (
    <>
      {menu && menu.label.toLowerCase() !== model.plural.toLowerCase() && <li className={styles.menu}>{menu.label}</li>}
      <li>
        {id || page ? (
          <Go href={model.path}>{titleCase(model.plural)}</Go>
        ) : (
          <span aria-current="page">{titleCase(model.plural)}</span>
        )}
      </li>
      {id && <Name model={model} id={id} within={Boolean(page)} />}
      {page && (
        <li className={styles.name}>
          <span aria-current="page">{page}</span>
        </li>
      )}
    </>
  )
}

const parts: Readonly<Record<string, string>> = {
  add: 'New',
  edit: 'Edit',
  import: 'Import',
  contacts: 'Contacts',
  'image-attachments': 'Images',
  changelog: 'Changelog',
  journal: 'Journal',
}

function Name({ model, id, within }: { model: ModelMeta; id: string; within: boolean }) {
  const client = useQueryClient()
  const meta = useMeta()
  const { data } = useQuery({ ...detailQuery(client, model, id), enabled: false })
  const name = data ? titleOf(meta, model, data) : `#${id}`
  return (
    <li className={styles.name}>
      {within ? <Go href={`${model.path}${id}/`}>{name}</Go> : <span aria-current="page">{name}</span>}
    </li>
  )
}
