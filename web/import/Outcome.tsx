import type { ModelMeta } from '@demarc/engine/meta'
import { Alert } from '@mantine/core'
import { titleCase } from '../api/meta.ts'
import form from '../form/form.module.css'
import { Go } from '../ui/Go.tsx'
import styles from './import.module.css'

/** What an import did, or would do. */
export interface Done {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly objects: readonly {
    readonly id?: number
    readonly display: string
    readonly action: 'created' | 'updated' | 'unchanged'
    readonly fields?: readonly string[]
  }[]
}

/** What is wrong with a record. */
export interface RowError {
  readonly row?: number
  readonly field?: string
  readonly message: string
}

const most = 200

/** `3 created, 1 updated`. */
export function summary({ created, updated, unchanged }: Done): string {
  const parts = [
    created && `${created.toLocaleString('en')} created`,
    updated && `${updated.toLocaleString('en')} updated`,
    unchanged && `${unchanged.toLocaleString('en')} unchanged`,
  ].filter(Boolean)
  return parts.join(', ') || 'nothing to do'
}

/** What became of each record, or would. */
export function Outcome({ model, outcome, dry }: { model: ModelMeta; outcome: Done; dry?: boolean }) {
  return (
    <section className={form.group} aria-label={dry ? 'What would happen' : 'What happened'}>
      <h2>
        {dry ? 'It would work: ' : 'Done: '}
        {summary(outcome)}
      </h2>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Rows">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">{titleCase(model.label)}</th>
              <th scope="col">{dry ? 'Would be' : 'Was'}</th>
              {outcome.updated > 0 && <th scope="col">What is other</th>}
            </tr>
          </thead>
          <tbody>
            {outcome.objects.slice(0, most).map((object, index) => (
              <tr key={index}>
                <td>{index + 1}</td>
                <td>
                  {object.id && !(dry && object.action === 'created') ? (
                    <Go href={`${model.path}${object.id}/`}>{object.display}</Go>
                  ) : (
                    object.display
                  )}
                </td>
                <td data-action={object.action}>{object.action}</td>
                {outcome.updated > 0 && (
                  <td>{object.fields?.map(key => model.fields[key]?.label ?? key.replaceAll('_', ' ')).join(', ')}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {outcome.objects.length > most && (
          <p className={styles.more}>and {(outcome.objects.length - most).toLocaleString('en')} more</p>
        )}
      </div>
    </section>
  )
}

/** What is wrong, record by record, each with its own text. */
export function Errors(props: { model: ModelMeta; errors: readonly RowError[]; records: readonly string[] }) {
  const { model, errors, records } = props
  const rows = [...Map.groupBy(errors, ({ row }) => row ?? 0)]
  const count = rows.filter(([row]) => row > 0).length
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      title={
        count
          ? `${count === 1 ? 'One row needs' : `${count} rows need`} another look; nothing was imported`
          : 'Nothing was imported'
      }
    >
      <ul className={styles.errors}>
        {rows.slice(0, most).map(([row, all]) => (
          <li key={row}>
            {row > 0 && (
              <p className={styles.record}>
                <b>Row {row}</b>
                {records[row - 1] && <code title={records[row - 1]}>{records[row - 1]!.slice(0, 300)}</code>}
              </p>
            )}
            {all.map(({ field, message }, index) => (
              <p key={index} className={styles.fault}>
                {field && field !== '__all__' && <b>{model.fields[field]?.label ?? field}</b>} {message}
              </p>
            ))}
          </li>
        ))}
        {rows.length > most && <li>and {rows.length - most} more</li>}
      </ul>
    </Alert>
  )
}
