import { pruneChanges } from '@demarc/engine/changelog'
import type { Database } from '@demarc/engine/database'
import type { Logger } from 'pino'
import type { Config } from './config.ts'

const day = 24 * 60 * 60 * 1000

/** Removes history that is older than the settings want, at once and then every day; returns what ends that. */
export function retain(db: Database, config: Config, log: Logger): () => Promise<void> {
  const prune = async () => {
    const retention = {
      days: config.CHANGELOG_RETENTION,
      keepCreateAndLast: config.CHANGELOG_RETAIN_CREATE_LAST_UPDATE,
    }
    try {
      const removed = await pruneChanges(db, retention)
      if (removed) log.info({ removed, days: retention.days }, 'removed old entries of the change log')
    } catch (error) {
      log.error({ err: error }, 'old entries of the change log could not be removed')
    }
  }
  let running = prune()
  const timer = setInterval(() => (running = prune()), day)
  return async () => {
    clearInterval(timer)
    await running
  }
}
