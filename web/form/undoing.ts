import type { Meta, ModelMeta } from '@demarc/engine/meta'
import type { QueryClient } from '@tanstack/react-query'
import { send } from '../api/client.ts'
import { type Row, titleCase } from '../api/meta.ts'
import { lastChange, refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'

/** What was changed, so that it can be undone. */
interface Changed {
  readonly model: ModelMeta
  /** One of the objects. */
  readonly id: number
  /** What it is called, or how many there are: `site Oslo`, `3 devices`. */
  readonly name: string
  readonly many: boolean
}

/** Whether the change log keeps what is done to objects of a model, and the user may look there. */
export const isKept = (meta: Meta, model: ModelMeta): boolean =>
  Boolean(meta.models['core.objectchange'] && model.features.includes('change_logging'))

/** What a notice offers right after a change: to undo it, of many objects for all of them; nothing where nobody could. */
export async function undoAction(meta: Meta, client: QueryClient, changed: Changed) {
  const { model, id } = changed
  if (!isKept(meta, model)) return undefined
  const change = await lastChange(model, String(id)).catch(() => undefined)
  return change && { label: 'Undo', run: () => void undo(meta, client, changed, change) }
}

async function undo(meta: Meta, client: QueryClient, { model, name, many }: Changed, change: Row): Promise<void> {
  try {
    await send('POST', `/ui/undo/${change.id}`, { scope: many ? 'request' : 'change' })
    notify({ text: `${titleCase(name)} ${many ? 'are as they were' : 'is as it was'}.` })
  } catch (error) {
    notify({
      text: `It could not be undone. ${error instanceof Error ? error.message : ''}`,
      link: { href: `${meta.models['core.objectchange']!.path}${change.id}/`, label: 'Show why' },
      bad: true,
    })
  }
  client.removeQueries({ queryKey: ['detail', model.name] })
  void refresh(client, model)
}
