import { boolean, choice, choices, datetime, list, ref, smallint, text } from '../field/index.ts'
import { model, compare, type RowOf } from '../model/index.ts'
import { sql } from 'kysely'

export const TokenVersion = choices('TokenVersion', {
  1: ['v1'],
  2: ['v2'],
})

export const Token = model('users.token', {
  label: 'token',
  about: 'A secret by which a program acts for a user.',
  features: [],
  foreground: true,

  fields: {
    version: choice(TokenVersion, { default: 2, bare: true, once: true, filter: { single: true, noEmpty: true } }),
    key: text({ nullable: true, unique: true, help: 'V2 token identification key', readonly: true, max: 12 }),
    user: ref('users.user', { file: { by: 'id' }, once: true, onDelete: 'cascade', inverse: 'tokens' }),
    description: text({ blank: true, default: '', max: 200 }),
    created: datetime({ readonly: true, filter: { single: true, plain: true } }),
    expires: datetime({ nullable: true, filter: { single: true, plain: true } }),
    last_used: datetime({ nullable: true, filter: { single: true, plain: true } }),
    enabled: boolean({ default: true, help: 'Disable to temporarily revoke this token without deleting it.' }),
    write_enabled: boolean({ default: true, help: 'Permit create/update/delete operations using this token' }),
    pepper_id: smallint({
      nullable: true,
      label: 'pepper ID',
      help: 'ID of the cryptographic pepper used to hash the token (v2 only)',
      min: 0,
    }),
    allowed_ips: list({
      nullable: true,
      label: 'allowed IPs',
      help: 'Allowed IPv4/IPv6 networks from where the token can be used. Leave blank for no restrictions. Ex: "10.1.1.0/24, 192.168.10.16/32, 2001:DB8:1::/64"',
      of: 'cidr',
    }),
    plaintext: text({ nullable: true, unique: true, hidden: true, max: 40, filter: false }),
    hmac_digest: text({
      nullable: true,
      label: 'digest',
      help: 'SHA256 hash of the token and pepper (v2 only)',
      hidden: true,
      max: 64,
      filter: false,
    }),
  },

  display: {
    from: ['version', 'key', 'plaintext'],
    as: row => (row.version === 2 ? row.key : `*********${(row.plaintext ?? '').slice(-6)}`),
  },
  /** The secret is shown once, in the answer to the request that made it. */
  derived: { token: { as: () => null, wire: 'string' } },
  order: ['-created'],
  index: [['-created']],
  quick: ['user.username', 'description', (row, term) => sql`${row['key']} = ${term}`],
  brief: ['version', 'key', 'enabled', 'write_enabled', 'description'],

  filters: {
    created__gte: compare('created', { single: true, lookup: 'gte', plain: true }),
    created__lte: compare('created', { single: true, lookup: 'lte', plain: true }),
    expires__gte: compare('expires', { single: true, lookup: 'gte', plain: true }),
    expires__lte: compare('expires', { single: true, lookup: 'lte', plain: true }),
    last_used__gte: compare('last_used', { single: true, lookup: 'gte', plain: true }),
    last_used__lte: compare('last_used', { single: true, lookup: 'lte', plain: true }),
  },

  file: {
    table: {
      first: [
        ['token', 'token'],
        'version',
        'user',
        'enabled',
        ['write_enabled', 'Write Enabled'],
        'description',
        'allowed_ips',
      ],
      more: ['id', 'pepper_id', 'created', 'expires', ['last_used', 'Last Used']],
    },
  },

  ui: {
    icon: 'key',
    columns: ['token', 'version', 'user', 'enabled', 'write_enabled', 'description', 'allowed_ips'],
    form: {
      Token: [
        'version',
        'user',
        'description',
        'expires',
        'last_used',
        'enabled',
        'write_enabled',
        'pepper_id',
        'allowed_ips',
      ],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    users_token: RowOf<typeof Token>
  }
}
