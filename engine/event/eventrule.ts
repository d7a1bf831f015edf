import { sql } from 'kysely'
import { choice, choices, anyRef, boolean, json, list, markdown, modelNames, ref, text } from '../field/index.ts'
import { EventType } from './eventtype.ts'
import { flag, anyOf, model, recorded, tagged, type RowOf } from '../model/index.ts'

export const EventRuleAction = choices('EventRuleAction', {
  webhook: ['Webhook'],
  script: ['Script'],
  notification: ['Notification'],
})

/** What each action acts by. */
export const actionTargets: Readonly<Record<string, string>> = {
  webhook: 'extras.webhook',
  script: 'extras.script',
  notification: 'extras.notificationgroup',
}

export const EventRule = model('extras.eventrule', {
  label: 'event rule',
  about: 'What is to happen when something has changed.',
  features: [...recorded, 'custom_fields', 'export_templates', 'tags'],

  fields: {
    object_types: modelNames({
      some: true,
      having: 'event_rules',
      help: 'The object(s) to which this rule applies.',
      filter: { name: 'object_type', typeId: true },
    }),
    name: text({ unique: true, max: 150 }),
    enabled: boolean({ default: true }),
    event_types: list({
      help: 'The types of event which will trigger this rule.',
      of: 'character varying(50)',
      from: EventType,
    }),
    conditions: json({
      nullable: true,
      help: 'A set of conditions which determine whether the event will be generated.',
    }),
    action_type: choice(EventRuleAction, { default: 'webhook', required: true }),
    action_object: anyRef(
      { feature: 'any' },
      {
        nullable: true,
        inverse: 'event_rules',
        kinds: { by: 'action_type', to: actionTargets },
      },
    ),
    description: text({ blank: true, default: '', max: 200 }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    action_data: json({
      nullable: true,
      label: 'data',
      help: 'Additional data to pass to the action object',
      hidden: true,
    }),
    comments: markdown({ blank: true, default: '', hidden: true, filter: false }),
    ...tagged,
  },

  display: { from: ['name'], as: row => row.name },
  derived: {
    action_is_available: {
      from: ['action_type'],
      as: row => EventRuleAction.values.has(row.action_type),
      wire: 'boolean',
    },
  },
  order: ['name'],
  quick: ['name', 'description', 'comments'],
  filters: {
    event_type: anyOf('text', (row, values) => sql`${row['event_types']} && ${values}::varchar[]`),
    action_is_available: flag(row => sql`${row['action_type']} = any(${[...EventRuleAction.values.keys()]})`),
  },
  brief: ['name', 'description'],

  file: {
    table: {
      first: [
        'name',
        'enabled',
        ['action_type', 'Type'],
        ['action_object', 'Object'],
        ['object_types', 'Object Types'],
        ['event_types', 'Event Types'],
      ],
      more: ['id', 'description', 'tags', 'created', 'last_updated', 'owner'],
    },
    columns: {
      action_object: {
        typed: 'action_type',
        types: { webhook: 'extras.webhook', notification: 'extras.notificationgroup', script: 'extras.script' },
        sets: 'action_object',
      },
    },
  },

  ui: {
    icon: 'bolt',
    columns: ['name', 'enabled', 'action_type', 'action_object', 'object_types', 'event_types'],
    form: {
      'Event Rule': ['name', 'description', 'enabled', 'tags'],
      Triggers: ['object_types', 'event_types', 'conditions'],
      Action: ['action_type', 'action_object'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_eventrule: RowOf<typeof EventRule>
  }
}
