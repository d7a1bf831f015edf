import type { JobKind } from '@demarc/engine/job'
import { syncSource } from './core/syncing/job.ts'

/** Kinds of background jobs that concern particular models. */
export const jobs: readonly JobKind[] = [syncSource]
