import { anyRef, datetime, smallint, stored, text } from '../field/index.ts'
import { model, type RowOf } from '../model/index.ts'

export const CachedValue = model('extras.cachedvalue', {
  label: 'cached value',
  about: 'A value of an object, as global search finds it.',
  internal: true,
  features: [],

  fields: {
    timestamp: datetime({ filter: false }),
    object: anyRef({ feature: 'any' }, { filters: { type: false, id: false }, hidden: true }),
    field: text({ max: 200, filter: false }),
    type: text({ max: 30, filter: false }),
    value: stored<string>('text'),
    weight: smallint({ default: 1000, filter: false }),
  },

  display: { from: [], as: row => `#${row.id}` },
  order: ['weight', 'object_type', 'value', 'object_id'],
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_cachedvalue: RowOf<typeof CachedValue>
  }
}
