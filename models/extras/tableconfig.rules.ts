import { hasColumn, tableOf } from '@demarc/engine/export'
import { rules, type Registry } from '@demarc/engine/model'
import { TableConfig } from './tableconfig.ts'

export default rules(TableConfig, {
  load: async ({ registry }) => registry,
  check: {
    'a table shows objects of its type': ({ row, changed, fail }, registry: Registry) => {
      if (!changed('object_type', 'table')) return
      // A list within another page has a table of its own: DeviceInterfaceTable.
      if (!row['table'].endsWith(tableOf(registry.model(row['object_type']))))
        fail('table', `Unknown table: ${row['table']}`)
    },
    'a table has columns, and is sorted by some of those it could have': (
      { row, changed, fail },
      registry: Registry,
    ) => {
      if (row['columns'].length === 0) fail('columns', 'This list may not be empty.')
      if (!changed('object_type', 'table', 'columns', 'ordering')) return
      const model = registry.model(row['object_type'])
      const known = (name: string) => (row['table'] === tableOf(model) ? hasColumn(model, name) : /^\w+$/.test(name))
      for (const name of row['columns'] as string[]) if (!known(name)) fail('columns', `Unknown column: ${name}`)
      for (const name of (row['ordering'] ?? []) as string[])
        if (!known(name.replace(/^-/, ''))) fail('ordering', `Unknown column: ${name.replace(/^-/, '')}`)
    },
  },
})
