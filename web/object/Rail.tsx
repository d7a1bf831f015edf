import type { ModelMeta } from '@demarc/engine/meta'
import type { ReactNode } from 'react'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import { countsOf, listOf, type Relation } from '../api/related.ts'
import { ago, local } from '../field/datetime.tsx'
import { isEmpty } from '../field/plain.ts'
import { Go } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Bone } from '../ui/Skeletons.tsx'
import styles from './object.module.css'
import { EmptyPanel, Facts, Panel, Value } from './Panel.tsx'

/** What stands beside every object: panels of its own, related counts, tags, custom fields, its record. */
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

function Counts({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  const meta = useMeta()
  const all = countsOf(meta, model)
  if (!all.length) return null
  const known = row && row[all[0]!.key] !== undefined
  const shown = known ? all.filter(({ key }) => Number(row[key]) > 0) : all.slice(0, 4)
  if (!shown.length) return <EmptyPanel title="Related" note="nothing yet" />
  return (
    <Panel title="Related">
      <div className={styles.counts}>
        {shown.map(({ key, relation }) => (
          <CountLine
            key={key}
            label={relation ? titleCase(relation.model.plural) : model.fields[key]!.label}
            relation={relation}
            row={row}
            count={known ? Number(row[key]) : undefined}
          />
        ))}
      </div>
    </Panel>
  )
}

function CountLine(props: {
  label: string
  relation: Relation | undefined
  row: Row | undefined
  count: number | undefined
}) {
  const { label, relation, row, count } = props
  const body = (
    <>
      <Icon name={relation?.model.icon ?? 'hash'} size={15} />
      <span className={styles.countLabel}>{label}</span>
      <span className={styles.count}>{count === undefined ? <Bone width={16} /> : count.toLocaleString('en')}</span>
    </>
  )
  if (!relation || !row || !count) return <div className={styles.countLine}>{body}</div>
  return (
    <Go href={listOf(relation, row)} className={styles.countLine}>
      {body}
    </Go>
  )
}

function Tags({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  if (row?.tags !== undefined && isEmpty(row.tags)) return <EmptyPanel title="Tags" note="none" />
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
