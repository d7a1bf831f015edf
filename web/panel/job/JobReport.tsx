import { Alert } from '@mantine/core'
import { plain } from '../../field/plain.ts'
import { isUnderWay } from '../../object/live.ts'
import { Panel } from '../../object/Panel.tsx'
import objectStyles from '../../object/object.module.css'
import { Code, CopyButton } from '../../ui/Code.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import type { PanelProps } from '../index.ts'
import styles from './job.module.css'
import { QuietPanel } from './QuietPanel.tsx'

interface LogEntry {
  readonly level: string
  readonly message: string
  readonly timestamp: string
}

const colors: Readonly<Record<string, string>> = {
  debug: 'gray',
  info: 'blue',
  success: 'green',
  warning: 'orange',
  error: 'red',
  critical: 'red',
}

/** How a job went: what went wrong, what it logged, and what came of it. */
export function JobReport({ model, row }: PanelProps) {
  const error = plain(row.error)
  const { data } = row
  return (
    <>
      {error && (
        <Alert color="red" variant="light" role="alert" title="Error" className={styles.error}>
          <pre className={styles.text}>{error}</pre>
        </Alert>
      )}
      <Log entries={(row.log_entries ?? []) as readonly LogEntry[]} running={isUnderWay(model, row)} />
      {data !== null && data !== undefined && <Result text={JSON.stringify(data, null, 2)} />}
    </>
  )
}

function Log({ entries, running }: { entries: readonly LogEntry[]; running: boolean }) {
  if (!entries.length) return <QuietPanel title="Log" note={running ? 'Nothing yet' : 'Nothing was logged'} />
  return (
    <Panel title="Log" tools={<span className={objectStyles.note}>{entries.length.toLocaleString('en')}</span>}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Log">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Level</th>
              <th scope="col">Message</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ level, message, timestamp }, at) => (
              <tr key={at}>
                <td className={styles.time}>
                  <time dateTime={timestamp}>{moment(timestamp)}</time>
                </td>
                <td className={styles.time}>
                  <StatusBadge label={level} color={colors[level] ?? 'gray'} />
                </td>
                <td className={styles.text}>{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

/** `09:41:07.120` in the time zone of the browser, for jobs are short. */
function moment(text: string): string {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? text : clock.format(at)
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

function Result({ text }: { text: string }) {
  return (
    <Panel title="Result" tools={<CopyButton text={text} />}>
      <details className={styles.result}>
        <summary>Show as JSON</summary>
        <Code label="Result" text={text} />
      </details>
    </Panel>
  )
}
