import type { ModelMeta } from '@demarc/engine/meta'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { ApiError } from '../api/client.ts'
import { titleCase, useMeta } from '../api/meta.ts'
import { detailQuery } from '../api/query.ts'
import { useRemember } from '../app/memory.ts'
import { isEmpty, plain } from '../field/plain.ts'
import { Header } from '../object/Header.tsx'
import { layoutOf } from '../object/layout.ts'
import styles from '../object/object.module.css'
import { Facts, Panel, Value } from '../object/Panel.tsx'
import { Rail } from '../object/Rail.tsx'
import { RelatedLists } from '../object/RelatedLists.tsx'
import { Tabs } from '../object/Tabs.tsx'
import { panelsOf, type Place } from '../panel/index.ts'
import { isTraced } from '../trace/route.ts'
import { Failure } from './Failure.tsx'
import { Forbidden } from './Forbidden.tsx'
import { NotFound } from './NotFound.tsx'
import { Unknown } from './Unknown.tsx'
import { useAddress } from './useModel.ts'

/** The page of any object. */
export function Detail() {
  const { model, path, id } = useAddress()
  if (!model) return <Unknown path={path} />
  if (!/^\d+$/.test(id ?? '')) return <NotFound />
  return <ObjectPage key={`${model.name} ${id}`} model={model} id={id!} />
}

const TracePanel = lazy(async () => ({ default: (await import('../trace/TracePanel.tsx')).TracePanel }))
const Diff = lazy(async () => ({ default: (await import('../object/Diff.tsx')).Diff }))

function ObjectPage({ model, id }: { model: ModelMeta; id: string }) {
  const client = useQueryClient()
  const { data: row, error, refetch } = useQuery(detailQuery(client, model, id))
  const display = row?.display
  const remember = useRemember()
  const meta = useMeta()
  const isChange = model.name === 'core.objectchange'
  useDocumentTitle(`${display ?? titleCase(model.label)} · Demarc`)
  useEffect(() => {
    if (display !== undefined && !error) remember({ path: `${model.path}${id}/`, display, model: model.name })
  }, [display, error, model, id, remember])

  if (error) return <Problem error={error} model={model} again={() => void refetch()} />
  const { panels, wide } = layoutOf(model)
  const leading = panelsOf(model, 'lead')
  const facts = panels.map(panel => (
    <Facts key={panel.name} title={panel.name} keys={panel.fields} model={model} row={row} hideEmpty={panel.optional} />
  ))
  const drawn = (place: Place) =>
    row &&
    panelsOf(model, place).map(({ name, Body }) => (
      <Suspense key={name} fallback={null}>
        <Body model={model} row={row} />
      </Suspense>
    ))
  return (
    <article className={styles.root}>
      <Header model={model} id={id} row={row} />
      <Tabs model={model} id={id} />
      {row && isTraced(model) && (
        <div className={styles.wide}>
          <Suspense fallback={null}>
            <TracePanel model={model} id={id} row={row} />
          </Suspense>
        </div>
      )}
      <div className={styles.columns}>
        <div className={styles.main}>
          {leading.length ? drawn('lead') : <div className={styles.panels}>{facts}</div>}
          {drawn('main')}
          {isChange && row?.prechange_data !== undefined && (
            <Panel title="What changed">
              <div className={styles.body}>
                <Suspense fallback={null}>
                  <Diff model={meta.models[plain(row.changed_object_type)]} change={row} />
                </Suspense>
              </div>
            </Panel>
          )}
          {row &&
            !isChange &&
            wide.map(
              key =>
                !isEmpty(row[key]) && (
                  <Panel key={key} title={model.fields[key]!.label}>
                    <div className={styles.body}>
                      <Value model={model} row={row} name={key} />
                    </div>
                  </Panel>
                ),
            )}
        </div>
        <Rail model={model} id={id} row={row}>
          {drawn('rail')}
          {leading.length > 0 && facts}
        </Rail>
      </div>
      {row && <RelatedLists model={model} row={row} />}
    </article>
  )
}

/** What stands where an object cannot be shown. */
export function Problem({ error, model, again }: { error: Error; model: ModelMeta; again: () => void }) {
  if (error instanceof ApiError && error.status === 404) {
    return <NotFound what={model.label} back={{ href: model.path, label: `All ${model.plural}` }} />
  }
  if (error instanceof ApiError && error.status === 403) return <Forbidden detail={error.message} />
  return <Failure error={error} reset={again} />
}
