import { rules, type Registry } from '@demarc/engine/model'
import { TableConfig } from './tableconfig.ts'

export default rules(TableConfig, {
  load: async ({ registry }) => registry,
  check: {
    'a table shows objects of its type': ({ row, changed, fail }, registry: Registry) => {
      if (!changed('object_type', 'table')) return
      const letters = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')
      const { label } = registry.model(row['object_type']).spec
      const names = [`${letters(label)}table`, `${row['object_type'].split('.')[1]}table`]
      if (!names.some(name => letters(row['table']).endsWith(name))) fail('table', `Unknown table: ${row['table']}`)
    },
    'a table has columns': ({ row, fail }) => {
      if (row['columns'].length === 0) fail('columns', 'This list may not be empty.')
    },
    'a table is sorted by columns': ({ row, changed, fail }) => {
      if (!changed('ordering')) return
      for (const name of (row['ordering'] ?? []) as string[])
        if (!/^-?\w+$/.test(name)) fail('ordering', `Unknown column: ${name}`)
    },
  },
})
