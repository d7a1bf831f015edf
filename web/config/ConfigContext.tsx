import type { ModelMeta } from '@demarc/engine/meta'
import { useQuery } from '@tanstack/react-query'
import { stringify } from 'yaml'
import { useMeta } from '../api/meta.ts'
import { type DataFormat, useDataFormat } from '../app/preferences.ts'
import { RefLink } from '../field/ref.tsx'
import styles from '../object/object.module.css'
import { Panel } from '../object/Panel.tsx'
import { Code, CopyButton } from '../ui/Code.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import { Switcher } from '../ui/Switcher.tsx'
import { contextsQuery, type Contexts } from './config.ts'
import own from './config.module.css'

const formats = [
  ['json', 'JSON'],
  ['yaml', 'YAML'],
] as const

/** What an object is configured with: the whole, and the contexts that make it up, in their order. */
export function ConfigContext({ model, id }: { model: ModelMeta; id: string }) {
  const { data, error } = useQuery(contextsQuery(model, id))
  const [format, setFormat] = useDataFormat()
  if (error) return <p>{error.message}</p>
  if (!data) return <TableSkeleton rows={12} />
  if (!data.local && !data.contexts.length)
    return (
      <EmptyState icon="file-code" title="No config context applies">
        Contexts apply by site, role, platform, tenant and tags; data of its own is set in the form of this{' '}
        {model.label}.
      </EmptyState>
    )
  const text = written(data.data, format)
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Panel
          title="Merged"
          tools={
            <span className={own.tools}>
              <Switcher label="Format" values={formats} value={format} onChange={setFormat} />
              <CopyButton text={text} />
            </span>
          }
        >
          <Code label="Merged config context" text={text} />
        </Panel>
      </div>
      <aside className={styles.rail} aria-label="Sources">
        <Sources found={data} format={format} label={model.label} />
      </aside>
    </div>
  )
}

function Sources({ found, format, label }: { found: Contexts; format: DataFormat; label: string }) {
  const contexts = useMeta().models['extras.configcontext']
  const layers = [
    ...found.contexts.map(({ context, weight, data }) => ({
      key: String(context?.id ?? `hidden-${weight}`),
      name: context ? <RefLink value={context} within /> : 'A context that you may not view',
      note: `weight ${weight.toLocaleString('en')}`,
      data,
    })),
    ...(found.local ? [{ key: 'own', name: `Own data of this ${label}`, note: 'always last', data: found.local }] : []),
  ]
  return (
    <Panel title="Sources" tools={<span className={styles.note}>later ones win</span>}>
      <ol className={own.sources}>
        {layers.map(({ key, name, note, data }, at) => (
          <li key={`${key} ${at}`}>
            <div className={own.source}>
              <span className={own.place}>{at + 1}</span>
              <span className={own.name}>{name}</span>
              <span className={styles.note}>{note}</span>
            </div>
            {data && (
              <details>
                <summary>{keysOf(data)}</summary>
                <Code label={`Data of source ${at + 1}`} text={written(data, format)} />
              </details>
            )}
          </li>
        ))}
      </ol>
      {!contexts && <p className={styles.missing}>You may not view config contexts.</p>}
    </Panel>
  )
}

const keysOf = (data: object) => Object.keys(data).join(', ') || 'nothing'

const written = (data: object, format: DataFormat) =>
  format === 'yaml' ? stringify(data, { lineWidth: 0 }) : JSON.stringify(data, null, 2)
