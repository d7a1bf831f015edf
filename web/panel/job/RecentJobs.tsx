import { useQuery } from '@tanstack/react-query'
import { useMeta } from '../../api/meta.ts'
import { listQuery } from '../../api/query.ts'
import { plain } from '../../field/plain.ts'
import { choiceOf } from '../../field/select.tsx'
import { glance, isUnderWay } from '../../object/live.ts'
import { Panel } from '../../object/Panel.tsx'
import objectStyles from '../../object/object.module.css'
import { Go } from '../../ui/Go.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import type { PanelProps } from '../index.ts'
import { Grid, Moment } from './Grid.tsx'

const shown = 5
const columns = ['name', 'status', 'created', 'user']

/** The latest jobs of an object, as they go on. */
export function RecentJobs({ model, row }: PanelProps) {
  const jobs = useMeta().models['core.job']
  return jobs ? <Jobs jobs={jobs} of={model.name} id={row.id} /> : null
}

function Jobs({ jobs, of, id }: { jobs: PanelProps['model']; of: string; id: number }) {
  const params = [
    ['object_type', of],
    ['object_id', String(id)],
  ] as const
  const { data } = useQuery({
    ...listQuery(jobs, [...params, ['limit', String(shown)]], columns),
    refetchInterval: ({ state }) => (state.data?.results.some(job => isUnderWay(jobs, job)) ? glance : false),
  })
  if (!data?.results.length) return null
  return (
    <Panel title="Latest jobs">
      <Grid label="Latest jobs" heads={['Job', 'Status', 'Created', 'User']}>
        {data.results.map(job => (
          <tr key={job.id}>
            <td>
              <Go href={`${jobs.path}${job.id}/`}>{job.display}</Go>
            </td>
            <td>
              <StatusBadge {...choiceOf(jobs.fields.status!, job.status)} />
            </td>
            <Moment value={job.created} />
            <td>{plain(job.user) || '—'}</td>
          </tr>
        ))}
      </Grid>
      {data.count > shown && (
        <p className={objectStyles.more}>
          <Go href={`${jobs.path}?${new URLSearchParams(params.map(([key, value]) => [key, value]))}`}>
            All {data.count.toLocaleString('en')} jobs
          </Go>
        </p>
      )}
    </Panel>
  )
}
