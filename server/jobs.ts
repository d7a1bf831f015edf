import { bulkImport } from '@demarc/engine/csv'
import { provisionField, purgeField } from '@demarc/engine/customfield'
import { sendWebhook } from '@demarc/engine/event'
import type { JobKind } from '@demarc/engine/job'
import { bulkWrite } from '@demarc/engine/rest'
import { jobs } from '@demarc/models'
import { housekeeping } from './housekeeping.ts'

/** Every kind of job that a worker can do. */
export const jobKinds: readonly JobKind[] = [
  bulkWrite,
  bulkImport,
  sendWebhook,
  provisionField,
  purgeField,
  housekeeping,
  ...jobs,
]
