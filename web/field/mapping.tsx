import type { ModelMeta } from '@demarc/engine/meta'
import { useQuery } from '@tanstack/react-query'
import { useMeta } from '../api/meta.ts'
import { briefQuery } from '../api/query.ts'
import { Go } from '../ui/Go.tsx'
import styles from './field.module.css'
import { None } from './None.tsx'
import { isEmpty } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** Which position of a port leads to which of another: of a front port to those of rear ports, and the other way round. */
export const mapping: FieldView = { Cell, Detail }

/** A mapping as REST gives it, under the names of both its sides. */
export interface Mapping {
  readonly position: number
  readonly port: number
  readonly far: number
}

/** The mappings of a port; `rear_ports` holds the ids of its ports under `rear_port`. */
export function mappingsOf(value: unknown): readonly Mapping[] {
  return ((value ?? []) as Readonly<Record<string, number>>[]).map(each => {
    const side = 'rear_port' in each ? 'rear_port' : 'front_port'
    return { position: each.position!, port: each[side]!, far: each[`${side}_position`]! }
  })
}

/** The ports with these ids, by id, each with its name. */
export function usePorts(model: ModelMeta | undefined, ids: readonly number[]): ReadonlyMap<number, string> {
  const unique = [...new Set(ids)]
  const { data } = useQuery({
    ...briefQuery(
      model!,
      unique.map(id => ['id', String(id)] as const),
      Math.max(1, unique.length),
    ),
    enabled: Boolean(model && unique.length),
  })
  return new Map(data?.map(row => [row.id, row.display]))
}

function Cell({ value }: FieldProps) {
  if (isEmpty(value)) return <None />
  const count = mappingsOf(value).length
  return <span className={styles.number}>{count === 1 ? '1 position' : `${count} positions`}</span>
}

function Detail({ value, field }: FieldProps) {
  const meta = useMeta()
  const model = meta.models[field.to?.[0] ?? '']
  const all = mappingsOf(value)
  const ports = usePorts(
    model,
    all.map(each => each.port),
  )
  if (!all.length) return <None />
  return (
    <ul className={styles.mappings}>
      {all.map(({ position, port, far }) => {
        const name = ports.get(port) ?? `#${port}`
        return (
          <li key={position}>
            <span className={styles.number}>{position}</span>
            <span className={styles.muted} aria-label="leads to">
              →
            </span>
            {model ? <Go href={`${model.path}${port}/`}>{name}</Go> : name}
            <span className={styles.number}>: {far}</span>
          </li>
        )
      })}
    </ul>
  )
}
