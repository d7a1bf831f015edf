import { sql } from 'kysely'
import { boolean, json, list, modelNames, text } from '../field/index.ts'
import { compare, flag, inverseRefs, model, related, type RowOf } from '../model/index.ts'

/** Whether an action is among those granted. */
const allows = (action: string) => flag(row => sql`${row['actions']} @> array[${action}]::varchar[]`)

export const ObjectPermission = model('users.objectpermission', {
  label: 'permission',
  schemaName: 'ObjectPermission',
  about: 'What users and groups may do with objects of some types.',
  features: ['cloning'],

  fields: {
    name: text({ max: 100 }),
    description: text({ blank: true, default: '', max: 200 }),
    enabled: boolean({ default: true }),
    object_types: modelNames({ some: true, filter: { name: 'object_type', typeId: true } }),
    actions: list({ help: 'The list of actions granted by this permission', of: 'character varying(30)' }),
    constraints: json({
      nullable: true,
      help: 'Queryset filter matching the applicable objects of the selected type(s)',
    }),
  },

  derived: {
    groups: inverseRefs('users.group.object_permissions', 'objectpermission', {
      order: 'name',
      nested: ['id', 'url', 'display_url', 'display', 'name'],
    }),
    users: inverseRefs('users.user.object_permissions', 'objectpermission', {
      order: 'username',
      nested: ['id', 'url', 'display_url', 'display', 'username'],
    }),
  },
  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  index: [['name']],
  quick: ['name', 'description'],
  brief: ['name', 'description', 'enabled', 'object_types', 'actions'],
  clone: ['description', 'enabled', 'object_types', 'actions', 'constraints'],

  filters: {
    user: related('users'),
    group: related('groups'),
    object_types: compare('object_types', { match: 'modelName', by: 'id' }),
    can_view: allows('view'),
    can_add: allows('add'),
    can_change: allows('change'),
    can_delete: allows('delete'),
  },

  file: {
    table: {
      name: 'ObjectPermissionTable',
      first: [
        'name',
        'enabled',
        ['object_types', 'Object Types'],
        ['can_view', 'Can View'],
        ['can_add', 'Can Add'],
        ['can_change', 'Can Change'],
        ['can_delete', 'Can Delete'],
        'description',
      ],
      more: ['id', ['actions', 'Custom Actions'], 'users', 'groups', 'constraints'],
    },
  },

  ui: {
    icon: 'lock',
    columns: ['name', 'enabled', 'object_types', 'description'],
    form: {
      Permission: ['name', 'description', 'enabled'],
      Objects: ['object_types'],
      Actions: ['actions'],
      Assignment: ['groups', 'users'],
      Constraints: ['constraints'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    users_objectpermission: RowOf<typeof ObjectPermission>
  }
}
