import { rules, type Batch } from '@demarc/engine/model'
import { Notification } from './notification.ts'

export default rules(Notification, {
  load: async ({ changes, displays, registry }: Batch) => {
    const texts = new Map<string, string>()
    for (const [type, some] of Map.groupBy(changes, change => change.row['object_type'] as string)) {
      if (!registry.models.has(type)) continue
      const found = await displays(
        type,
        some.map(change => change.row['object_id'] as number),
      )
      for (const [id, text] of found) texts.set(`${type}:${id}`, text)
    }
    return texts
  },
  prepare: {
    'what an object is called is kept for when it is gone': ({ row }, texts: ReadonlyMap<string, string>) => {
      const text = texts.get(`${row['object_type']}:${row['object_id']}`)
      if (text !== undefined) row['object_repr'] = text.slice(0, 200)
    },
  },
})
