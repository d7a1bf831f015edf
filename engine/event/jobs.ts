import type { JobListener } from '../job/index.ts'
import type { Database } from '../database/index.ts'
import type { Registry } from '../model/index.ts'
import { enabledRules } from './enabled.ts'
import { followRules } from './follow.ts'
import { sendWebhook } from './sendwebhook.ts'

/** Follows event rules that watch jobs about objects of a type. What a webhook does calls for nothing. */
export const followJobs =
  (db: Database, registry: Registry, settings: Readonly<Record<string, any>>): JobListener =>
  async (tx, queue, { type, kind, job, object, data }) => {
    if (!object || kind === sendWebhook.name || !registry.models.has(object[0])) return
    const rules = (await enabledRules(db)).get(object[0])?.filter(rule => rule.event_types.includes(type))
    if (!rules?.length) return
    const [{ now }] = (await tx.query<{ now: string }>('select clock_timestamp() as now', [])) as [{ now: string }]
    const payload = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {}
    await followRules({ db, tx, queue, settings, user: job.user, request: null, now }, [
      [
        {
          type,
          verb: type === 'job_started' ? 'job_started' : 'job_ended',
          objectType: object[0],
          about: { model: 'core.job', id: job.id, display: job.name },
          data: payload as Readonly<Record<string, unknown>>,
          snapshots: null,
        },
        rules,
      ],
    ])
  }
