import type { ModelMeta } from '@demarc/engine/meta'
import type { ReactNode } from 'react'
import { type Row, useMeta } from '../api/meta.ts'
import { countsOf } from '../api/related.ts'
import { ago, local } from '../field/datetime.tsx'
import { isEmpty } from '../field/plain.ts'
import { Bone } from '../ui/Skeletons.tsx'
import styles from './object.module.css'
import { Facts, Panel, Value } from './Panel.tsx'

/** What stands beside every object: panels of its own, counts without a list, tags, custom fields, its record. */
export function Rail(props: { model: ModelMeta; id: string; row: Row | undefined; children: ReactNode }) {
  const { model, id, row, children } = props
  return (
    <aside className={styles.rail} aria-label={`About this ${model.label}`}>
      {children}
      <Counts model={model} row={row} />
      {model.fields.tags && <Tags model={model} row={row} />}
      <CustomFields model={model} row={row} />
      <Life model={model} id={id} row={row} />
    </aside>
  )
}

/** What is counted of an object but stands in no list below it. */
function Counts({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  const meta = useMeta()
  const shown = countsOf(meta, model).filter(({ key, relation }) => !relation && Number(row?.[key]) > 0)
  if (!shown.length) return null
  return (
    <Panel title="Related">
      <dl className={styles.list}>
        {shown.map(({ key }) => (
          <div key={key} className={styles.fact}>
            <dt>{model.fields[key]!.label}</dt>
            <dd>{Number(row![key]).toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Tags({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  if (row?.tags !== undefined && isEmpty(row.tags)) return null
  return (
    <Panel title="Tags">
      <div className={styles.body}>
        {row?.tags === undefined ? <Bone /> : <Value model={model} row={row} name="tags" />}
      </div>
    </Panel>
  )
}

function CustomFields({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  const keys = Object.keys(model.fields).filter(key => key.startsWith('cf_'))
  const groups = Map.groupBy(keys, key => model.fields[key]!.group ?? 'Custom fields')
  return [...groups].map(([title, fields]) => <Facts key={title} title={title} keys={fields} model={model} row={row} />)
}

function Life({ model, id, row }: { model: ModelMeta; id: string; row: Row | undefined }) {
  const moments = [
    ['created', 'Created'],
    ['last_updated', 'Updated'],
  ].filter(([key]) => model.fields[key!])
  return (
    <Panel title="Record">
      <dl className={styles.list}>
        <div className={styles.fact}>
          <dt>ID</dt>
          <dd>{id}</dd>
        </div>
        {moments.map(([key, label]) => (
          <div key={key} className={styles.fact}>
            <dt>{label}</dt>
            <dd>{row?.[key!] === undefined ? <Bone width="50%" /> : <Moment value={row[key!]} />}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

function Moment({ value }: { value: unknown }) {
  if (typeof value !== 'string') return '—'
  return (
    <time dateTime={value} title={local(value)}>
      {local(value)} <span className={styles.note}>{ago(value)}</span>
    </time>
  )
}
