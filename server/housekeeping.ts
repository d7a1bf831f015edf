import { dropExpiredSessions } from '@demarc/engine/auth'
import { pruneChanges } from '@demarc/engine/changelog'
import { defineJob, pruneJobs } from '@demarc/engine/job'
import type { Config } from './config.ts'

/** Minutes from one housekeeping to the next. */
export const housekeepingEvery = 24 * 60

/** Removes what the settings want to be kept no longer: ended sessions, old history, old jobs. */
export const housekeeping = defineJob<null>('housekeeping', {
  timeout: 3600,
  run: async ({ db, settings, log }) => {
    const config = settings as Config
    const sessions = await dropExpiredSessions(db)
    const changes = await pruneChanges(db, {
      days: config.CHANGELOG_RETENTION,
      keepCreateAndLast: config.CHANGELOG_RETAIN_CREATE_LAST_UPDATE,
    })
    const jobs = await pruneJobs(db, config.JOB_RETENTION)
    await log('info', `Removed ${sessions} expired sessions, ${changes} entries of the change log, ${jobs} jobs.`)
  },
})
