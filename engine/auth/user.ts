import { boolean, datetime, email, refs, text } from '../field/index.ts'
import { model, related, renamedRefs, type RowOf } from '../model/index.ts'

export const User = model('users.user', {
  label: 'user',
  about: 'Someone who can log in.',
  features: [],
  key: 'username',

  fields: {
    username: text({
      unique: true,
      help: 'Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.',
      max: 150,
    }),
    password: text({ max: 128, filter: false, writeOnly: true }),
    first_name: text({ blank: true, default: '', max: 150 }),
    last_name: text({ blank: true, default: '', max: 150 }),
    email: email({ blank: true, default: '', label: 'email address' }),
    is_active: boolean({
      default: true,
      label: 'active',
      help: 'Designates whether this user should be treated as active. Unselect this instead of deleting accounts.',
    }),
    date_joined: datetime({ required: false }),
    last_login: datetime({ nullable: true }),
    groups: refs('users.group', { filter: false }),
    object_permissions: refs('users.objectpermission', { inverse: 'users', filter: false, hidden: true }),
    is_superuser: boolean({
      default: false,
      label: 'superuser status',
      help: 'Designates that this user has all permissions without explicitly assigning them.',
      hidden: true,
    }),
  },

  display: {
    from: ['username', 'first_name', 'last_name'],
    as: row => {
      const full = `${row.first_name} ${row.last_name}`.trim()
      return full ? `${row.username} (${full})` : row.username
    },
  },
  derived: { permissions: renamedRefs('users.user.object_permissions', 'users.objectpermission', { order: 'name' }) },
  order: ['username'],
  index: ['using btree (lower(username))'],
  quick: ['username', 'first_name', 'last_name', 'email'],
  brief: ['username'],

  filters: {
    group: related('groups'),
    owner: related('owner'),
    permission: related('object_permissions', { only: 'id' }),
    notification_group: related('notification_groups', { only: 'id' }),
  },

  file: {
    table: {
      first: ['username', 'first_name', 'last_name', 'email', ['is_active', 'Is Active']],
      more: ['id', 'groups', ['is_superuser', 'Is Superuser'], 'last_login'],
    },
    open: true,
  },

  ui: {
    icon: 'user',
    columns: ['username', 'first_name', 'last_name', 'email', 'is_active'],
    form: {
      User: ['username', 'password', 'first_name', 'last_name', 'email'],
      Groups: ['groups'],
      Status: ['is_active', 'is_superuser'],
      Permissions: ['object_permissions'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    users_user: RowOf<typeof User>
  }
}
