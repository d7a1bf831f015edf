import { boolean, choice, choices, datetime, json, text } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'

export const DataSourceStatus = choices('DataSourceStatus', {
  new: ['New', 'blue'],
  queued: ['Queued', 'orange'],
  syncing: ['Syncing', 'cyan'],
  completed: ['Completed', 'green'],
  failed: ['Failed', 'red'],
})

export const JobInterval = choices('JobInterval', {
  1: ['Minutely'],
  60: ['Hourly'],
  720: ['12 hours'],
  1440: ['Daily'],
  10080: ['Weekly'],
  43200: ['30 days'],
})

export const DataSourceType = choices('DataSourceType', {
  local: ['Local', 'gray'],
  git: ['Git', 'blue'],
  'amazon-s3': ['Amazon S3', 'orange'],
})

export const DataSource = model('core.datasource', {
  label: 'data source',
  about: 'A place outside from which files are fetched: a git repository, a bucket or a folder.',
  features: [...everyday, 'jobs'],

  fields: {
    name: text({ unique: true, max: 100 }),
    type: choice(DataSourceType, { filter: { notNull: true } }),
    source_url: text({ label: 'URL', max: 200 }),
    enabled: boolean({ default: true }),
    status: choice(DataSourceStatus, { default: 'new', readonly: true, filter: { notNull: true } }),
    sync_interval: choice(JobInterval, { nullable: true, bare: true, filter: { notNull: true, noEmpty: true } }),
    parameters: json({ nullable: true, secrets: ['password', 'aws_secret_access_key'] }),
    ignore_rules: text({
      blank: true,
      default: '',
      help: 'Patterns (one per line) matching files or paths to ignore when syncing',
      filter: false,
    }),
    last_synced: datetime({ nullable: true, readonly: true }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    file_count: 'core.datafile.source',
  },
  quick: ['name', 'description', 'comments'],
  search: { name: 100, source_url: 300, description: 500, comments: 5000 },
  brief: ['name', 'description'],

  file: {
    table: {
      first: ['name', 'type', 'status', 'enabled', 'description', 'sync_interval', ['file_count', 'Files']],
      more: [
        'id',
        'source_url',
        'comments',
        'parameters',
        ['last_synced', 'Last Synced'],
        'created',
        'last_updated',
        'owner.group',
        'owner',
        'tags',
      ],
    },
  },

  ui: {
    icon: 'database',
    columns: ['name', 'type', 'status', 'enabled', 'description', 'sync_interval', 'file_count'],
    form: {
      Source: ['name', 'type', 'source_url', 'description', 'tags', 'ignore_rules'],
      Sync: ['enabled', 'sync_interval'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    core_datasource: RowOf<typeof DataSource>
  }
}
