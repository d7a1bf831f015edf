import { boolean, choice, choices, datetime, ref, text } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const ManagedFileRootPath = choices('ManagedFileRootPath', {
  scripts: ['Scripts'],
  reports: ['Reports'],
})

export const ManagedFile = model('core.managedfile', {
  label: 'managed file',
  about: 'A file that the server keeps for scripts.',
  internal: true,
  features: ['synced_data'],

  fields: {
    data_source: ref('core.datasource', { nullable: true, help: 'Remote data source', inverse: '+', filter: false }),
    data_file: ref('core.datafile', { nullable: true, onDelete: 'set null', inverse: '+', filter: false }),
    data_path: text({
      blank: true,
      default: '',
      help: 'Path to remote file (relative to data source root)',
      max: 1000,
      filter: false,
    }),
    auto_sync_enabled: boolean({
      default: false,
      help: 'Enable automatic synchronization of data when the data file is updated',
      filter: false,
    }),
    data_synced: datetime({ nullable: true, label: 'date synced', filter: false }),
    created: datetime({ filter: false }),
    last_updated: datetime({ nullable: true, filter: false }),
    file_root: choice(ManagedFileRootPath, { filter: false, max: 1000 }),
    file_path: text({ help: 'File path relative to the designated root path', max: 100, filter: false }),
  },

  display: { from: ['file_path'], as: row => row.file_path },
  order: ['file_root', 'file_path'],
  unique: [['file_root', 'file_path']],
})

declare module '@demarc/engine/model' {
  interface Tables {
    core_managedfile: RowOf<typeof ManagedFile>
  }
}
