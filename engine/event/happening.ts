import type { Entry } from '../changelog/record.ts'
import { featuresOf, type Model } from '../model/index.ts'
import type { Snapshots } from './meets.ts'

/** What became of an object in one request, however often it was written. */
export interface Happening {
  readonly model: Model
  readonly id: number
  readonly display: string
  readonly type: 'object_created' | 'object_updated' | 'object_deleted'
  readonly snapshots: Snapshots
}

const types = { create: 'object_created', update: 'object_updated', delete: 'object_deleted' } as const

/** What the entries of a request come to, in the order of the first of each object; what came and went only went. */
export function happeningsOf(entries: readonly Entry[]): Happening[] {
  const watched = entries.filter(({ model }) => featuresOf(model).includes('event_rules'))
  const byObject = Map.groupBy(watched, ({ model, id }) => `${model.name}:${id}`)
  return [...byObject.values()].map(some => {
    const [first, last] = [some[0]!, some.at(-1)!]
    const action = last.action === 'delete' ? 'delete' : first.action
    return {
      model: last.model,
      id: last.id,
      display: last.display,
      type: types[action],
      snapshots: { prechange: stateOf(first.before), postchange: stateOf(last.after) },
    }
  })
}

function stateOf(data: Entry['before']): Entry['before'] {
  if (!data) return null
  const { last_updated: _, ...state } = data
  return state
}
