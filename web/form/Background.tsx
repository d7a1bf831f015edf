import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { Checkbox } from '@mantine/core'
import { send } from '../api/client.ts'
import type { Row } from '../api/meta.ts'
import { notify } from '../app/notices.tsx'

/** Offers to leave a change of many objects to a worker. */
export function Background({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <Checkbox
      size="xs"
      label="In the background"
      description="A job does it; the page does not wait"
      checked={checked}
      onChange={event => onChange(event.currentTarget.checked)}
    />
  )
}

/** Has a worker change many objects, and says where its job is seen. */
export async function leaveToWorker(
  meta: Meta,
  model: ModelMeta,
  method: 'PATCH' | 'DELETE',
  items: readonly object[],
): Promise<void> {
  tellOfJob(meta, await send<Left>(method, `${model.api}?background=true`, items))
}

/** The answer to what was left to a worker. */
export interface Left {
  readonly job: Pick<Row, 'id'>
}

/** Says that a worker has it, and where its job is seen. */
export function tellOfJob(meta: Meta, { job }: Left): void {
  const jobs = meta.models['core.job']
  notify({
    text: `A job does it in the background.`,
    ...(jobs && { link: { href: `${jobs.path}${job.id}/`, label: 'Show the job' } }),
  })
}
