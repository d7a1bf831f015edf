import { boolean, datetime, json, ref, text } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'

export const ConfigContextProfile = model('extras.configcontextprofile', {
  label: 'config context profile',
  about: 'A schema that the data of config contexts must follow.',
  features: [...everyday, 'synced_data'],

  fields: {
    name: text({ unique: true, max: 100 }),
    schema: json({
      nullable: true,
      help: 'A JSON schema specifying the structure of the context data for this profile',
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
    data_file: ref('core.datafile', { nullable: true, onDelete: 'set null', inverse: '+', filter: { only: 'id' } }),
    data_synced: datetime({ nullable: true, label: 'date synced', readonly: true }),
    auto_sync_enabled: boolean({
      default: false,
      help: 'Enable automatic synchronization of data when the data file is updated',
      hidden: true,
    }),
    ...primary,
    custom_fields: json({ default: {}, hidden: true }),
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['schema'],

  file: {
    table: {
      first: ['name', ['is_synced', 'Synced'], 'description'],
      more: [
        'id',
        'comments',
        ['data_source', 'Data Source'],
        ['data_file', 'Data File'],
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    columns: ['name', 'description'],
    form: {
      'Config Context Profile': ['name', 'description', 'schema', 'tags'],
      'Data Source': ['data_source', 'data_file', 'auto_sync_enabled'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_configcontextprofile: RowOf<typeof ConfigContextProfile>
  }
}
