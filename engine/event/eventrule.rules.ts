import { rules } from '../model/index.ts'
import { conditionsFault } from './conditions.ts'
import { actionTargets, EventRule, EventRuleAction } from './eventrule.ts'
import { EventType } from './eventtype.ts'

export default rules(EventRule, {
  prepare: {
    'events are of known types': ({ row, changed, fail }) => {
      if (!changed('event_types')) return
      const types = row['event_types'] as string[]
      if (types.length === 0) fail('event_types', 'This list may not be empty.')
      const wrong = types.flatMap((type, at) =>
        EventType.values.has(type as 'object_created') ? [] : [[at, [`"${type}" is not a valid choice.`]] as const],
      )
      if (wrong.length) fail('event_types', Object.fromEntries(wrong))
    },
  },
  check: {
    'conditions can be judged': ({ row, changed, fail }) => {
      if (row['conditions'] === null || !changed('conditions')) return
      const fault = conditionsFault(row['conditions'])
      if (fault) fail('conditions', fault)
    },
    'the action is one that is there': ({ row, fail }) => {
      if (!EventRuleAction.values.has(row['action_type']))
        fail('action_type', `${row['action_type']} is not a valid choice.`)
    },
    'an action has something of its own kind to act by': ({ row, fail }) => {
      const type = actionTargets[row['action_type']]
      if (row['action_object_id'] === null)
        fail('action_object_id', 'This action requires a target object to be selected.')
      else if (row['action_object_type'] !== type)
        fail('action_object_id', `Selected object is not a valid ${type?.split('.')[1]}.`)
    },
    'data for an action is an object': ({ row, fail }) => {
      const data = row['action_data']
      if (data !== null && (typeof data !== 'object' || Array.isArray(data)))
        fail('action_data', 'Action data must be a JSON object or null.')
    },
  },
})
