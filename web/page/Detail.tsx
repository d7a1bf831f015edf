import type { ModelMeta } from '@demarc/engine/meta'
import { useDocumentTitle } from '@mantine/hooks'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { ApiError } from '../api/client.ts'
import { titleCase, titleOf, useMeta } from '../api/meta.ts'
import { useRemember } from '../app/memory.ts'
import { isEmpty, plain } from '../field/plain.ts'
import { Header } from '../object/Header.tsx'
import { layoutOf } from '../object/layout.ts'
import { useLiveObject } from '../object/live.ts'
import styles from '../object/object.module.css'
import { Facts, isBare, Panel, Value } from '../object/Panel.tsx'
import { Rail } from '../object/Rail.tsx'
import { RelatedLists } from '../object/RelatedLists.tsx'
import { Tabs } from '../object/Tabs.tsx'
import { panelsOf, type Place } from '../panel/index.ts'
import { isTraced } from '../trace/route.ts'
import { Bone } from '../ui/Skeletons.tsx'
import { Failure } from './Failure.tsx'
import { Forbidden } from './Forbidden.tsx'
import { NotFound } from './NotFound.tsx'
import { Unknown } from './Unknown.tsx'
import { useAddress } from './useModel.ts'

/** The page of any object, with the list of what belongs to it that the address names. */
export function Detail() {
  const { model, path, id } = useAddress()
  const { list } = useParams({ strict: false }) as { list?: string }
  if (!model) return <Unknown path={path} />
  if (!/^\d+$/.test(id ?? '')) return <NotFound />
  return <ObjectPage key={`${model.name} ${id}`} model={model} id={id!} list={list} />
}

const TracePanel = lazy(async () => ({ default: (await import('../trace/TracePanel.tsx')).TracePanel }))
const Diff = lazy(async () => ({ default: (await import('../object/Diff.tsx')).Diff }))

function ObjectPage({ model, id, list }: { model: ModelMeta; id: string; list: string | undefined }) {
  const { data: row, error, refetch } = useLiveObject(model, id)
  const remember = useRemember()
  const meta = useMeta()
  const display = row && titleOf(meta, model, row)
  const isChange = model.name === 'core.objectchange'
  useDocumentTitle(`${display ?? titleCase(model.label)} · Demarc`)
  useEffect(() => {
    if (display !== undefined && !error) remember({ path: `${model.path}${id}/`, display, model: model.name })
  }, [display, error, model, id, remember])

  if (error) return <Problem error={error} model={model} again={() => void refetch()} />
  const { panels, wide } = layoutOf(model)
  const leading = panelsOf(model, 'lead')
  const bare = panels.filter(panel => !panel.optional && isBare(row, panel.fields))
  const facts = [
    ...panels.map(panel => <Facts key={panel.name} title={panel.name} keys={panel.fields} model={model} row={row} />),
    bare.length > 0 && (
      <p key="bare" className={styles.bare}>
        Nothing set: {bare.map(panel => panel.name).join(', ')}
      </p>
    ),
  ]
  const drawn = (place: Place) =>
    row &&
    panelsOf(model, place).map(({ name, Body }) => (
      <Suspense key={name} fallback={place === 'lead' && <Drawing title={titleCase(name)} height={600} />}>
        <Body model={model} row={row} />
      </Suspense>
    ))
  return (
    <article className={styles.root}>
      <Header model={model} id={id} row={row} />
      <Tabs model={model} id={id} />
      {row && isTraced(model) && (
        <div className={styles.wide}>
          <Suspense fallback={<Drawing title="Trace" height={130} />}>
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
        {row && <RelatedLists model={model} row={row} first={list} />}
      </div>
    </article>
  )
}

/** The place of a drawing that has not come yet, so that what follows it does not jump. */
function Drawing({ title, height }: { title: string; height: number }) {
  return (
    <Panel title={title}>
      <div className={styles.body}>
        <Bone width="100%" height={height} />
      </div>
    </Panel>
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
