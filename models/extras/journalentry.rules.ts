import { rules, type Registry } from '@demarc/engine/model'
import { JournalEntry } from './journalentry.ts'

interface Loaded {
  readonly registry: Registry
  readonly writer: number | null
}

export default rules(JournalEntry, {
  load: async ({ registry, user }): Promise<Loaded> => ({ registry, writer: user?.id ?? null }),
  prepare: {
    'a journal is kept on objects that have one': ({ row, fail }, { registry }: Loaded) => {
      const type = row['assigned_object_type'] as string
      if (!registry.having('journaling').includes(type))
        fail(null, `Journaling is not supported for this object type (${type}).`)
    },
    'whoever writes an entry is its author, unless said otherwise': ({ row, before }, { writer }: Loaded) => {
      if (!before) row['created_by_id'] ??= writer
    },
  },
})
