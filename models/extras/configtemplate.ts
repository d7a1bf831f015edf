import { boolean, datetime, json, ref, tags, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { takenFromFile } from './syncing/taken.ts'

export const ConfigTemplate = model('extras.configtemplate', {
  label: 'config template',
  about: 'A template from which the configuration of a device is rendered.',
  features: [...recorded, 'custom_links', 'export_templates', 'synced_data', 'tags'],

  fields: {
    name: text({ max: 100 }),
    description: text({ blank: true, default: '', max: 200 }),
    environment_params: json({ default: {}, nullable: true, label: 'environment parameters' }),
    template_code: text({ help: 'Jinja template code.', filter: false }),
    mime_type: text({ blank: true, default: '', label: 'MIME type', max: 50 }),
    file_name: text({ blank: true, default: '', help: 'Filename to give to the rendered export file', max: 200 }),
    file_extension: text({ blank: true, default: '', help: 'Extension to append to the rendered filename', max: 15 }),
    as_attachment: boolean({ default: true, help: 'Download file as attachment' }),
    debug: boolean({
      default: false,
      help: 'Enable verbose error output when rendering this template. Not recommended for production use.',
    }),
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
    tags: tags(),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  index: [['name']],
  quick: ['name', 'description'],
  brief: ['name', 'description'],

  file: {
    instead: { template_code: 'data_file' },
    item: takenFromFile,
    table: {
      first: [
        'name',
        'description',
        ['is_synced', 'Synced'],
        ['device_count', 'Devices'],
        ['vm_count', 'Virtual Machines'],
      ],
      more: [
        'id',
        ['data_source', 'Data Source'],
        ['data_file', 'Data File'],
        'data_synced',
        ['as_attachment', 'As Attachment'],
        'debug',
        ['mime_type', 'MIME Type'],
        ['file_name', 'File Name'],
        ['file_extension', 'File Extension'],
        ['role_count', 'Device Roles'],
        ['platform_count', 'Platforms'],
        'created',
        'last_updated',
        'tags',
        ['auto_sync_enabled', 'Auto Sync Enabled'],
        'owner',
      ],
    },
  },

  ui: {
    icon: 'file-code',
    columns: ['name', 'description'],
    form: {
      'Config Template': ['name', 'description', 'tags', 'template_code'],
      'Data Source': ['data_source', 'data_file', 'auto_sync_enabled'],
      Rendering: ['mime_type', 'file_name', 'file_extension', 'environment_params', 'as_attachment', 'debug'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_configtemplate: RowOf<typeof ConfigTemplate>
  }
}
