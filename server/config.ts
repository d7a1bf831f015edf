import fs from 'node:fs'
import path from 'node:path'
import { queueNames } from '@demarc/engine/job'
import { Problem } from '@demarc/engine/problem'
import { parse, YAMLParseError } from 'yaml'
import { boolean, integer, list, mapping, oneOf, text, type Setting } from './setting.ts'

const ownRows = [{ user: '$user' }]
const ownKinds = ['extras.bookmark', 'extras.notification', 'extras.subscription', 'users.token']

/** Every setting there is. Names and meanings are NetBox's where NetBox has the setting. */
export const settings = {
  // Where it runs
  HOST: text('0.0.0.0', 'Address to listen on.'),
  PORT: integer(8000, 'Port to listen on; 0 picks a free one.', { max: 65535 }),
  BASE_PATH: text('', 'Path below which everything is served, as `netbox/`.'),
  DATA_DIR: text('.demarc', 'Folder of the embedded PostgreSQL, uploads and generated secrets.'),
  MEDIA_ROOT: text(null, 'Folder of uploaded files; `media` in DATA_DIR unless set.'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info', 'How much is logged.'),
  TIME_ZONE: text('UTC', 'Time zone in which times are shown, as `Europe/Berlin`.'),
  METRICS_ENABLED: boolean(false, 'Serve Prometheus metrics at /metrics, to anyone.'),

  // Database
  DATABASE_URL: text(null, 'PostgreSQL 15 or newer, as postgresql://user:password@host/name.', { secret: true }),
  DATABASE_POOL_SIZE: integer(10, 'Connections kept to the database.', { min: 1, max: 1000 }),

  // Background jobs
  WORKER: boolean(true, 'Do background jobs in the server itself; where not, run `demarc worker` beside it.'),
  WORKER_CONCURRENCY: integer(2, 'Background jobs of each queue that a worker does at once.', { min: 1, max: 100 }),
  BULK_UPDATE_CHUNK_SIZE: integer(5000, 'Objects above which values of a custom field are written in the background.'),
  RQ_DEFAULT_TIMEOUT: integer(300, 'Seconds that a background job may take, unless its kind says otherwise.', {
    min: 1,
    max: 86_000,
  }),

  RQ_RETRY_MAX: integer(0, 'How often a webhook is sent again whose receiver did not take it.', { max: 100 }),
  RQ_RETRY_INTERVAL: integer(60, 'Seconds between such tries.', { min: 1 }),
  QUEUE_MAPPINGS: mapping<string>({}, 'Queues of background jobs by what they are for: `webhook`.', {
    each: checkQueue,
  }),
  WEBHOOK_DEFAULT_TIMEOUT: integer(60, 'Seconds to wait for the receiver of a webhook that says nothing itself.', {
    min: 1,
    max: 3600,
  }),
  HTTP_PROXIES: mapping<string>({}, 'Proxies for requests to other servers, by `http` and `https`.', {
    each: checkProxy,
  }),

  // Requests
  ALLOWED_HOSTS: list(['*'], 'Host names this server answers to; `.example.com` covers subdomains, `*` any.'),
  CORS_ORIGIN_ALLOW_ALL: boolean(false, 'Let pages of any origin read the API.'),
  CORS_ORIGIN_WHITELIST: list([], 'Origins whose pages may read the API, as `https://tools.example.com`.'),
  CORS_ORIGIN_REGEX_WHITELIST: list([], 'Regular expressions of such origins.', { split: /\s+/ }),
  CSRF_TRUSTED_ORIGINS: list([], 'Further origins whose pages may write with a session cookie.'),
  CSRF_COOKIE_NAME: text('csrftoken', 'Name of the cookie that guards against forged requests.'),
  CSRF_COOKIE_SECURE: boolean(false, 'Send that cookie over HTTPS only.'),
  DATA_UPLOAD_MAX_MEMORY_SIZE: integer(10_485_760, 'Largest request body in bytes, files aside.', { min: 1024 }),
  FILE_UPLOAD_MAX_MEMORY_SIZE: integer(26_214_400, 'Largest uploaded file in bytes.', { min: 1024 }),
  HTTP_CLIENT_IP_HEADERS: list(
    ['HTTP_X_REAL_IP', 'HTTP_X_FORWARDED_FOR', 'REMOTE_ADDR'],
    'Where the address of a client is read from, first present wins.',
  ),
  SECURE_HSTS_SECONDS: integer(0, 'Tell browsers to use HTTPS only, for so long; 0 does not.'),
  SECURE_HSTS_INCLUDE_SUBDOMAINS: boolean(false, 'Extend that to subdomains.'),
  SECURE_HSTS_PRELOAD: boolean(false, 'Allow browsers to build that in.'),
  SECURE_SSL_REDIRECT: boolean(false, 'Redirect HTTP to HTTPS.'),

  // Who asks
  LOGIN_REQUIRED: boolean(true, 'Whether anonymous visitors see nothing.'),
  LOGIN_TIMEOUT: integer(1_209_600, 'Seconds a session lasts.', { min: 60 }),
  LOGIN_PERSISTENCE: boolean(false, 'Renew a session on each request.'),
  LOGIN_FORM_HIDDEN: boolean(false, 'Hide the form for local accounts on the login page.'),
  LOGOUT_REDIRECT_URL: text('home', 'Where logging out leads; `home` is the start page.'),
  BANNER_LOGIN: text('', 'HTML above the login form.'),
  BANNER_TOP: text('', 'HTML above every page.'),
  BANNER_BOTTOM: text('', 'HTML below every page.'),
  SESSION_COOKIE_NAME: text('sessionid', 'Name of the session cookie.'),
  SESSION_COOKIE_SECURE: boolean(false, 'Send the session cookie over HTTPS only.'),
  API_TOKEN_PEPPERS: mapping<string>(
    {},
    'Secrets of 50 characters or more by number, for API tokens; highest is used.',
    {
      secret: true,
      each: checkPepper,
    },
  ),
  SUPERUSER_NAME: text('admin', 'Name of the superuser made when a database has no users.'),
  SUPERUSER_EMAIL: text('', 'E-mail address of that superuser.'),
  SUPERUSER_PASSWORD: text(null, 'Password of that superuser; a random one is made and printed unless set.', {
    secret: true,
  }),
  SUPERUSER_API_TOKEN: text(null, 'API token of that superuser, 40 letters and digits.', { secret: true }),
  REMOTE_AUTH_ENABLED: boolean(false, 'Trust a proxy that names the user in a header.'),
  REMOTE_AUTH_HEADER: text('HTTP_REMOTE_USER', 'Header of the user name.'),
  REMOTE_AUTH_USER_EMAIL: text('HTTP_REMOTE_USER_EMAIL', 'Header of the e-mail address.'),
  REMOTE_AUTH_USER_FIRST_NAME: text('HTTP_REMOTE_USER_FIRST_NAME', 'Header of the first name.'),
  REMOTE_AUTH_USER_LAST_NAME: text('HTTP_REMOTE_USER_LAST_NAME', 'Header of the last name.'),
  REMOTE_AUTH_AUTO_CREATE_USER: boolean(false, 'Create users the proxy names.'),
  REMOTE_AUTH_AUTO_CREATE_GROUPS: boolean(false, 'Create groups the proxy names.'),
  REMOTE_AUTH_DEFAULT_GROUPS: list([], 'Groups of such new users.', { split: /,/ }),
  REMOTE_AUTH_DEFAULT_PERMISSIONS: mapping<unknown>({}, 'Permissions of such new users, with constraints.'),
  REMOTE_AUTH_GROUP_SYNC_ENABLED: boolean(false, 'Take group membership from a header.'),
  REMOTE_AUTH_GROUP_HEADER: text('HTTP_REMOTE_USER_GROUP', 'Header of the groups.'),
  REMOTE_AUTH_GROUP_SEPARATOR: text('|', 'What stands between groups in that header.'),
  REMOTE_AUTH_SUPERUSERS: list([], 'Users that are superusers, with group synchronisation.'),
  REMOTE_AUTH_SUPERUSER_GROUPS: list([], 'Groups whose members are superusers, with group synchronisation.', {
    split: /,/,
  }),

  // What they may
  EXEMPT_VIEW_PERMISSIONS: list([], 'Models anyone may view, as `dcim.site`; `*` is all but accounts and secrets.'),
  DEFAULT_PERMISSIONS: mapping<unknown>(
    Object.fromEntries(
      ownKinds.flatMap(kind =>
        ['view', 'add', 'change', 'delete'].map(action => [kind.replace('.', `.${action}_`), ownRows] as const),
      ),
    ),
    'Permissions of every active user, with constraints.',
  ),

  // What is kept
  CUSTOM_VALIDATORS: mapping<unknown>({}, 'What must hold of objects besides, by model, when they are written.'),
  PROTECTION_RULES: mapping<unknown>({}, 'What must hold of objects, by model, for them to be deleted.'),
  ALLOWED_URL_SCHEMES: list(
    'file ftp ftps http https irc mailto sftp ssh tel telnet tftp vnc xmpp'.split(' '),
    'Schemes of addresses that objects may hold.',
  ),
  CHANGELOG_SKIP_EMPTY_CHANGES: boolean(true, 'Leave out of the change log what changed nothing.'),
  CHANGELOG_RETENTION: integer(0, 'Days that entries of the change log are kept; 0 keeps them for ever.'),
  CHANGELOG_RETAIN_CREATE_LAST_UPDATE: boolean(
    false,
    'Keep, of each object, the entry of its creation and the newest of its changes for ever.',
  ),
  JOB_RETENTION: integer(90, 'Days that background jobs are kept once they have ended; 0 keeps them for ever.'),

  // What it shows
  PAGINATE_COUNT: integer(50, 'Objects on a page unless the request says.', { min: 1 }),
  MAX_PAGE_SIZE: integer(1000, 'Most objects on a page; 0 is no limit.'),
  ENFORCE_GLOBAL_UNIQUE: boolean(true, 'Refuse duplicate prefixes and addresses outside VRFs.'),
  PREFER_IPV4: boolean(false, 'Show the IPv4 address of a device first.'),
  FIELD_CHOICES: mapping<readonly (readonly [value: string | number, label: string, color?: string])[]>(
    {},
    'Choices that replace, or with a + behind the name extend, those of a field.',
    { each: checkChoices },
  ),
  DEFAULT_USER_PREFERENCES: mapping<unknown>({}, 'Preferences of those who set none.'),
  MAPS_URL: text('https://maps.google.com/?q=', 'Where a link to an address or a position leads.'),
  POWERFEED_DEFAULT_VOLTAGE: integer(120, 'Voltage of a new power feed.'),
  POWERFEED_DEFAULT_AMPERAGE: integer(15, 'Amperage of a new power feed.'),
  POWERFEED_DEFAULT_MAX_UTILIZATION: integer(80, 'Greatest load of a new power feed in percent.', { max: 100 }),
  RACK_ELEVATION_DEFAULT_UNIT_HEIGHT: integer(22, 'Height of a rack unit in drawings, in pixels.', { min: 1 }),
  RACK_ELEVATION_DEFAULT_UNIT_WIDTH: integer(220, 'Width of a rack unit in drawings, in pixels.', { min: 1 }),
} as const satisfies Record<string, Setting<unknown>>

type Settings = typeof settings

/** The folder of uploaded files. */
export const mediaFolder = (config: Config): string => config.MEDIA_ROOT ?? path.join(config.DATA_DIR, 'media')

/** The value of every setting, by its name. */
export type Config = { readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer T> ? T : never }

/** Reads the settings: defaults, then demarc.yaml (`--config`, DEMARC_CONFIG), then the environment. */
export function readConfig(env: NodeJS.ProcessEnv, argv: readonly string[] = []): Config {
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(settings)) values[name] = setting.default
  const file = configFile(env, argv)
  if (file) Object.assign(values, readFile(file))
  Object.assign(values, readEnvironment(env))
  const config = values as Config
  return { ...config, BASE_PATH: config.BASE_PATH.replace(/^\/+|\/+$/g, ''), DATA_DIR: path.resolve(config.DATA_DIR) }
}

const otherVariables = ['DEMARC_CONFIG', 'DEMARC_TEST_POSTGRES']

function configFile(env: NodeJS.ProcessEnv, argv: readonly string[]): string | undefined {
  const at = argv.findIndex(argument => argument === '--config' || argument.startsWith('--config='))
  const argument = argv[at]?.split('=').slice(1).join('=') || argv[at + 1]
  if (at >= 0 && !argument) throw new Problem('config', '--config needs the path of a file.')
  if (at >= 0) return argument
  return env.DEMARC_CONFIG || (fs.existsSync('demarc.yaml') ? 'demarc.yaml' : undefined)
}

function readFile(file: string): Record<string, unknown> {
  const content = readText(file, 'The configuration file')
  let found: unknown
  try {
    found = parse(content)
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    throw new Problem('config', `${file} is not valid YAML: ${error.message.split('\n')[0]!.replace(/:$/, '.')}`)
  }
  if (found === null || found === undefined) return {}
  if (typeof found !== 'object' || Array.isArray(found)) {
    throw new Problem('config', `${file} must hold settings, as "PORT: 8000".`)
  }
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(found)) {
    const setting = settingOf(name)
    if (!setting) throw new Problem('unknown-setting', `Unknown setting ${name} in ${file}.${suggestion(name)}`)
    values[name] = convert(name, file, () => setting.fromValue(value))
  }
  return values
}

function readEnvironment(env: NodeJS.ProcessEnv): Record<string, unknown> {
  const stranger = Object.keys(env).find(name => name.startsWith('DEMARC_') && !otherVariables.includes(name))
  if (stranger) {
    throw new Problem('unknown-setting', `Unknown environment variable ${stranger}.${suggestion(stranger)}`)
  }
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(settings) as [string, Setting<unknown>][]) {
    const given = valueOf(env, name, setting)
    if (given) values[name] = convert(name, 'the environment', () => setting.fromText(given))
  }
  const peppers = Object.keys(env).filter(name => /^API_TOKEN_PEPPER_\d+$/.test(name) && env[name])
  if (peppers.length) {
    const entries = Object.fromEntries(peppers.map(name => [name.slice('API_TOKEN_PEPPER_'.length), env[name]]))
    values.API_TOKEN_PEPPERS = convert('API_TOKEN_PEPPERS', 'the environment', () =>
      settings.API_TOKEN_PEPPERS.fromValue({ ...(values.API_TOKEN_PEPPERS as object), ...entries }),
    )
  }
  return values
}

/** An empty variable counts as absent, as containers often pass them. */
function valueOf(env: NodeJS.ProcessEnv, name: string, setting: Setting<unknown>): string | undefined {
  const file = setting.secret && env[`${name}_FILE`]
  if (env[name]) return env[name]
  return file ? readText(file, `The file of ${name}_FILE`).trim() : undefined
}

function readText(file: string, what: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    const reasons: Record<string, string> = {
      ENOENT: 'does not exist',
      EACCES: 'is not readable',
      EISDIR: 'is a folder',
    }
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read'
    throw new Problem('config', `${what}, ${file}, ${reason}.`, { cause: error })
  }
}

function convert<T>(name: string, source: string, read: () => T): T {
  try {
    return read()
  } catch (phrase) {
    if (typeof phrase !== 'string') throw phrase
    throw new Problem('wrong-setting', `${name} in ${source} ${phrase}.`)
  }
}

function settingOf(name: string): Setting<unknown> | undefined {
  return Object.hasOwn(settings, name) ? settings[name as keyof Settings] : undefined
}

function suggestion(name: string): string {
  const given = name.toUpperCase().replace(/^DEMARC_/, '')
  const known = [...Object.keys(settings), 'DEMARC_CONFIG']
  const ranked = known.map(other => [distance(given, other.replace(/^DEMARC_/, '')), other] as const)
  const [steps, best] = ranked.reduce((least, entry) => (entry[0] < least[0] ? entry : least))
  return steps <= Math.max(2, Math.floor(given.length / 3)) ? ` Did you mean ${best}?` : ''
}

/** Fewest letters to insert, drop or replace to turn one word into another. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (let at = 1; at <= to.length; at++) {
      next.push(Math.min(row[at]! + 1, next[at - 1]! + 1, row[at - 1]! + (letter === to[at - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[to.length]!
}

function checkChoices(value: unknown): readonly (readonly [value: string | number, label: string, color?: string])[] {
  const pairs = Array.isArray(value) ? (value as unknown[]) : null
  const isChoice = (one: unknown) =>
    Array.isArray(one) && (one.length === 2 || one.length === 3) && one.slice(1).every(part => typeof part === 'string')
  if (!pairs?.every(isChoice)) throw 'must have lists of choices, each as [value, label] or [value, label, color]'
  return pairs as (readonly [string | number, string, string?])[]
}

function checkQueue(value: unknown): string {
  if (!(queueNames as readonly unknown[]).includes(value)) throw `must have values of ${queueNames.join(', ')}`
  return value as string
}

function checkProxy(value: unknown, key: string): string {
  if (key !== 'http' && key !== 'https') throw 'must have the keys http and https'
  if (typeof value !== 'string' || !/^https?:\/\//.test(value) || !URL.canParse(value))
    throw 'must have addresses as values, as http://proxy.example.com:3128'
  return value
}

function checkPepper(value: unknown, key: string): string {
  if (!/^\d{1,5}$/.test(key) || Number(key) > 32767) throw 'must have keys that are numbers up to 32767'
  if (typeof value !== 'string' || value.length < 50) throw 'must have values of at least 50 characters'
  return value
}
