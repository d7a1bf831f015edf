import { boolean, datetime, json, modelNames, ref, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { takenFromFile } from './syncing/taken.ts'

export const ExportTemplate = model('extras.exporttemplate', {
  label: 'export template',
  about: 'A template by which lists of objects are exported.',
  features: [...recorded, 'cloning', 'export_templates', 'synced_data'],

  fields: {
    object_types: modelNames({
      some: true,
      having: 'export_templates',
      help: 'The object type(s) to which this template applies.',
      filter: { name: 'object_type', typeId: true },
    }),
    name: text({ max: 100 }),
    description: text({ blank: true, default: '', max: 200 }),
    environment_params: json({ default: {}, nullable: true, label: 'environment parameters' }),
    template_code: text({ help: 'Jinja template code.', filter: false }),
    mime_type: text({ blank: true, default: '', label: 'MIME type', max: 50 }),
    file_name: text({ blank: true, default: '', help: 'Filename to give to the rendered export file', max: 200 }),
    file_extension: text({ blank: true, default: '', help: 'Extension to append to the rendered filename', max: 15 }),
    as_attachment: boolean({ default: true, help: 'Download file as attachment' }),
    data_source: ref('core.datasource', {
      nullable: true,
      help: 'Remote data source',
      inverse: '+',
      filter: { only: 'id' },
    }),
    data_path: text({
      blank: true,
      default: '',
      help: 'Path to remote file (relative to data source root)',
      readonly: true,
      max: 1000,
      filter: false,
    }),
    data_file: ref('core.datafile', {
      nullable: true,
      onDelete: 'set null',
      inverse: '+',
      filter: { only: 'id' },
      file: { by: 'path', within: { data_source: 'source' } },
    }),
    auto_sync_enabled: boolean({
      default: false,
      help: 'Enable automatic synchronization of data when the data file is updated',
    }),
    data_synced: datetime({ nullable: true, label: 'date synced', readonly: true }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  index: [['name']],
  quick: ['name', 'description', 'file_name'],
  brief: ['name', 'description'],
  clone: ['object_types', 'template_code', 'mime_type', 'file_name', 'file_extension', 'as_attachment'],

  file: {
    instead: { template_code: 'data_file' },
    item: takenFromFile,
    table: {
      first: [
        'name',
        ['object_types', 'Object Types'],
        'description',
        ['mime_type', 'MIME Type'],
        ['file_name', 'File Name'],
        ['file_extension', 'File Extension'],
        ['as_attachment', 'As Attachment'],
        ['is_synced', 'Synced'],
      ],
      more: [
        'id',
        ['data_source', 'Data Source'],
        ['data_file', 'Data File'],
        'data_synced',
        'created',
        'last_updated',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'file-text',
    columns: ['name', 'object_types', 'description', 'mime_type', 'file_name', 'file_extension', 'as_attachment'],
    form: {
      'Export Template': ['name', 'object_types', 'description', 'template_code'],
      'Data Source': ['data_source', 'data_file', 'auto_sync_enabled'],
      Rendering: ['mime_type', 'file_name', 'file_extension', 'environment_params', 'as_attachment'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_exporttemplate: RowOf<typeof ExportTemplate>
  }
}
