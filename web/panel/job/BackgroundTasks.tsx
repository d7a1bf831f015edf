import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useMeta } from '../../api/meta.ts'
import { listQuery } from '../../api/query.ts'
import { ago, local } from '../../field/datetime.tsx'
import { choiceOf } from '../../field/select.tsx'
import { statusOf } from '../../object/live.ts'
import { Panel } from '../../object/Panel.tsx'
import objectStyles from '../../object/object.module.css'
import { Failure } from '../../page/Failure.tsx'
import { Forbidden } from '../../page/Forbidden.tsx'
import { Go } from '../../ui/Go.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { figure } from '../utilization/numbers.ts'
import styles from './job.module.css'
import { QuietPanel } from './QuietPanel.tsx'
import { Grid, Moment } from './Grid.tsx'
import { backgroundQuery } from './queues.ts'
import { TaskActions } from './TaskActions.tsx'

/** What workers do and what waits for them, for superusers. */
export function BackgroundTasks() {
  const { user } = useMeta()
  useDocumentTitle('Background tasks · Demarc')
  if (!user.superuser) return <Forbidden detail="Only superusers may see the queues of background work." />
  return (
    <article className={objectStyles.root}>
      <header className={objectStyles.header}>
        <div className={objectStyles.heading}>
          <div className={objectStyles.title}>
            <h1>Background tasks</h1>
          </div>
        </div>
      </header>
      <div className={styles.panels}>
        <Queues />
        <Workers />
        <UnderWay />
        <Waiting />
      </div>
    </article>
  )
}

function Queues() {
  const { data, error, refetch } = useQuery(backgroundQuery('queues'))
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <TableSkeleton rows={3} />
  return (
    <Panel title="Queues">
      <Grid
        label="Queues"
        heads={['Queue', '#Waiting', '#Running', '#Scheduled', '#Failed', '#Finished', '#Workers', 'Oldest']}
      >
        {data.map(queue => (
          <tr key={queue.name}>
            <td>{queue.name}</td>
            <td className={styles.number}>{figure(queue.jobs)}</td>
            <td className={styles.number}>{figure(queue.started_jobs)}</td>
            <td className={styles.number}>{figure(queue.scheduled_jobs)}</td>
            <td className={styles.number} data-bad={queue.failed_jobs > 0 || undefined}>
              {figure(queue.failed_jobs)}
            </td>
            <td className={styles.number}>{figure(queue.finished_jobs)}</td>
            <td className={styles.number} data-bad={queue.workers === 0 || undefined}>
              {figure(queue.workers)}
            </td>
            <td className={styles.time}>
              {queue.oldest_job_timestamp === '-' ? '—' : ago(queue.oldest_job_timestamp)}
            </td>
          </tr>
        ))}
      </Grid>
    </Panel>
  )
}

function Workers() {
  const { data } = useQuery(backgroundQuery('workers'))
  if (!data) return null
  if (!data.length) return <QuietPanel title="Workers" note="None is alive: nothing is done in the background" />
  return (
    <Panel title="Workers">
      <Grid label="Workers" heads={['Worker', 'State', 'Queues', 'Process', 'Since', '#Done', '#Failed', '#Busy for']}>
        {data.map(worker => (
          <tr key={worker.name}>
            <td className={styles.text}>{worker.name}</td>
            <td>
              <StatusBadge label={worker.state} color={worker.state === 'busy' ? 'blue' : 'gray'} />
            </td>
            <td>{worker.queue_names.join(', ')}</td>
            <td>{worker.pid}</td>
            <td className={styles.time}>
              <time dateTime={worker.birth_date} title={local(worker.birth_date)}>
                {ago(worker.birth_date)}
              </time>
            </td>
            <td className={styles.number}>{figure(worker.successful_job_count)}</td>
            <td className={styles.number}>{figure(worker.failed_job_count)}</td>
            <td className={styles.number}>{figure(worker.total_working_time)} s</td>
          </tr>
        ))}
      </Grid>
    </Panel>
  )
}

const shown = ['running', 'scheduled', 'failed', 'errored']

/** Jobs that are in hand, have a time of their own, or went wrong, newest first. */
function UnderWay() {
  const jobs = useMeta().models['core.job']!
  const columns = ['name', 'status', 'created', 'scheduled', 'job_id']
  const params = [...shown.map(status => ['status', status] as const), ['limit', '25'] as const]
  const { data } = useQuery({ ...listQuery(jobs, params, columns), refetchInterval: 5000 })
  if (!data) return null
  if (!data.results.length) return <QuietPanel title="Running, scheduled and failed" note="Nothing" />
  return (
    <Panel title="Running, scheduled and failed">
      <Grid label="Running, scheduled and failed jobs" heads={['Job', 'Status', 'Created', 'Scheduled', '']}>
        {data.results.map(job => (
          <tr key={job.id}>
            <td>
              <Go href={`${jobs.path}${job.id}/`}>{job.display}</Go>
            </td>
            <td>
              <StatusBadge {...choiceOf(jobs.fields.status!, job.status)} />
            </td>
            <Moment value={job.created} />
            <Moment value={job.scheduled} />
            <td>
              <TaskActions task={String(job.job_id)} status={statusOf(job)} compact />
            </td>
          </tr>
        ))}
      </Grid>
    </Panel>
  )
}

/** What no worker has taken yet. */
function Waiting() {
  const { data } = useQuery(backgroundQuery('tasks'))
  const jobs = useMeta().models['core.job']!
  if (!data) return null
  if (!data.length) return <QuietPanel title="Waiting" note="Nothing" />
  return (
    <Panel title="Waiting">
      <Grid label="Waiting tasks" heads={['Task', 'Queue', 'Status', 'Created', '']}>
        {data.map(task => (
          <tr key={task.id}>
            <td>
              <Go href={`${jobs.path}?job_id=${task.id}`}>{task.description}</Go>
            </td>
            <td>{task.origin}</td>
            <td>
              <StatusBadge label={task.status} color="cyan" />
            </td>
            <Moment value={task.created_at} />
            <td>
              <TaskActions task={task.id} status="pending" compact />
            </td>
          </tr>
        ))}
      </Grid>
    </Panel>
  )
}
