import type { Database, Transaction } from '../database/index.ts'
import { enqueueAll, type JobRequest, type Queue } from '../job/index.ts'
import type { ActiveRule } from './enabled.ts'
import { meets, type Snapshots } from './meets.ts'
import { notifyGroups, type GroupNotice } from './notifygroups.ts'
import { sendWebhook, type WebhookInput, type WebhookRequest } from './sendwebhook.ts'

/** Something that happened, with all that rules may ask of it. */
export interface Event {
  readonly type: string
  /** What webhooks call it. */
  readonly verb: string
  readonly objectType: string
  /** What a notification of it is about. */
  readonly about: { readonly model: string; readonly id: number; readonly display: string }
  readonly data: Readonly<Record<string, unknown>>
  readonly snapshots: Snapshots | null
}

/** Where events come from. */
export interface Scene {
  readonly db: Database
  readonly tx: Transaction
  /** Where webhooks are left to a worker; without, none is sent. */
  readonly queue: Queue | null
  readonly settings: Readonly<Record<string, any>>
  readonly user: { readonly id: number; readonly username: string } | null
  readonly request: WebhookRequest | null
  /** The moment, in PostgreSQL's text. */
  readonly now: string
}

/**
 * Do what rules say of events, as part of the transaction in which they happen: what is undone has had no consequences.
 * The number of statements does not grow with the events.
 */
export async function followRules(
  scene: Scene,
  events: readonly (readonly [event: Event, rules: readonly ActiveRule[]])[],
): Promise<void> {
  const webhooks: Omit<JobRequest<WebhookInput>, 'kind' | 'due' | 'interval'>[] = []
  const notices: GroupNotice[] = []
  for (const [event, rules] of events) {
    for (const rule of rules) {
      if (rule.action_object_id === null || !rule.event_types.includes(event.type)) continue
      if (!meets(rule.conditions, event).met) continue
      if (rule.action_type === 'notification') notices.push({ group: rule.action_object_id, event })
      if (rule.action_type === 'webhook' && rule.target !== null)
        webhooks.push({
          name: `Webhook: ${rule.target}`,
          object: ['extras.webhook', rule.action_object_id],
          user: scene.user?.id ?? null,
          notifications: 'never',
          input: inputOf(scene, event, rule),
        })
    }
  }
  if (notices.length) await notifyGroups(scene.tx, scene.now, notices)
  if (webhooks.length && scene.queue) await enqueueAll(scene.tx, scene.queue, webhooks, sendWebhook, queueIn(scene))
}

/** The queue of webhooks, where an administrator has named another one. */
const queueIn = ({ settings }: Scene) => (settings['QUEUE_MAPPINGS'] as Record<string, string> | undefined)?.['webhook']

const inputOf = ({ now, request }: Scene, event: Event, rule: ActiveRule) => ({
  webhook: rule.action_object_id!,
  attempt: 1,
  context: {
    event: event.verb,
    timestamp: now.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'),
    object_type: event.objectType,
    data: { ...rule.action_data, ...event.data },
    ...(request && { request }),
    ...(event.snapshots && { snapshots: event.snapshots }),
  },
})
