import { datetime, integer, ref, stored, text } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const DataFile = model('core.datafile', {
  label: 'data file',
  about: 'A file fetched from a data source.',
  writes: [],
  features: [],

  fields: {
    source: ref('core.datasource', { readonly: true, onDelete: 'cascade', inverse: 'datafiles' }),
    path: text({ help: "File path relative to the data source's root", readonly: true, max: 1000 }),
    last_updated: datetime({ readonly: true }),
    size: integer({ readonly: true }),
    hash: text({ help: 'SHA256 hash of the file data', readonly: true, max: 64 }),
    created: datetime({ hidden: true }),
    data: stored<Uint8Array>('bytea'),
  },

  display: { from: ['path'], as: row => row.path },
  order: ['source', 'path'],
  unique: [['source', 'path']],
  quick: ['path'],
  search: { path: 200 },
  brief: ['path'],

  file: { table: { first: ['source', 'path', 'size', 'last_updated'], more: ['id', 'hash'] } },

  ui: {
    icon: 'file',
    columns: ['source', 'path', 'size', 'last_updated'],
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    core_datafile: RowOf<typeof DataFile>
  }
}
