import type { ModelMeta } from '@demarc/engine/meta'
import { send } from '../api/client.ts'
import type { Row } from '../api/meta.ts'
import { notify } from '../app/notices.tsx'

/** Makes a cable connected, or one that is connected planned; says so, or what went wrong. */
export async function setStatus(cables: ModelMeta, cable: Row, before: string): Promise<void> {
  const status = before === 'connected' ? 'planned' : 'connected'
  try {
    await send('PATCH', `${cables.api}${cable.id}/`, { status })
    notify({ text: `Cable ${cable.display} is ${status} now.` })
  } catch (error) {
    notify({ text: error instanceof Error ? error.message : String(error), bad: true })
  }
}
