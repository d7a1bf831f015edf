import { rules } from '@demarc/engine/model'
import { DataSource } from './datasource.ts'
import { planSync } from './syncing/schedule.ts'

export default rules(DataSource, {
  check: {
    'a local source is a folder': ({ row, fail }) => {
      const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(row['source_url'])?.[1]?.toLowerCase()
      if (row['type'] === 'local' && scheme !== undefined && scheme !== 'file')
        fail('source_url', 'URLs for local sources must start with file:// (or specify no scheme)')
    },
    'parameters are an object': ({ row, changed, fail }) => {
      const { parameters } = row
      if (parameters !== null && changed('parameters') && (typeof parameters !== 'object' || Array.isArray(parameters)))
        fail('parameters', 'Parameters must be an object.')
    },
  },
  after: {
    'a source is synchronized at its interval, as long as it is enabled': async ({ changes, tx, queue, user }) => {
      if (!queue) return
      for (const change of changes)
        if (change.changed('sync_interval', 'enabled')) await planSync(tx, queue, change.row, user?.id ?? null)
    },
  },
})
