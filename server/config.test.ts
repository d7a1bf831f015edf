import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { readConfig, settings } from './config.ts'

const withFile = (content: string) => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'demarc-config-')), 'demarc.yaml')
  fs.writeFileSync(file, content)
  return file
}

test('without anything, every setting has its default', () => {
  const config = readConfig({})
  assert.equal(config.PORT, 8000)
  assert.deepEqual(config.DEFAULT_PERMISSIONS['users.view_token'], [{ user: '$user' }])
  assert.ok(path.isAbsolute(config.DATA_DIR))
})

test('the environment is stronger than the file, the file than the defaults', () => {
  const file = withFile('PORT: 9000\nHOST: ::1\nALLOWED_HOSTS: [a.example, b.example]\n')
  const config = readConfig({ PORT: '9001', PAGINATE_COUNT: '' }, ['start', '--config', file])
  assert.equal(config.PORT, 9001)
  assert.equal(config.HOST, '::1')
  assert.deepEqual(config.ALLOWED_HOSTS, ['a.example', 'b.example'])
  assert.equal(config.PAGINATE_COUNT, 50)
  assert.equal(readConfig({ DEMARC_CONFIG: file }).PORT, 9000)
  assert.equal(readConfig({}, [`--config=${file}`]).PORT, 9000)
})

test('variables are read by the type of the setting', () => {
  const pepper = 'x'.repeat(50)
  const config = readConfig({
    LOGIN_REQUIRED: 'no',
    ALLOWED_HOSTS: 'a.example b.example,c.example',
    CORS_ORIGIN_REGEX_WHITELIST: '^https://a{1,2}$ ^b$',
    EXEMPT_VIEW_PERMISSIONS: '["dcim.site"]',
    API_TOKEN_PEPPER_7: pepper,
    BASE_PATH: '/netbox/',
    LOG_LEVEL: 'DEBUG',
  })
  assert.equal(config.LOGIN_REQUIRED, false)
  assert.deepEqual(config.ALLOWED_HOSTS, ['a.example', 'b.example', 'c.example'])
  assert.deepEqual(config.CORS_ORIGIN_REGEX_WHITELIST, ['^https://a{1,2}$', '^b$'])
  assert.deepEqual(config.EXEMPT_VIEW_PERMISSIONS, ['dcim.site'])
  assert.deepEqual(config.API_TOKEN_PEPPERS, { 7: pepper })
  assert.equal(config.BASE_PATH, 'netbox')
  assert.equal(config.LOG_LEVEL, 'debug')
})

test('a secret may be given as a file', () => {
  assert.equal(readConfig({ SUPERUSER_PASSWORD_FILE: withFile('s3cret\n') }).SUPERUSER_PASSWORD, 's3cret')
  const absent = { name: 'Problem', message: /^The file of DATABASE_URL_FILE, \/absent, does not exist\.$/ }
  assert.throws(() => readConfig({ DATABASE_URL_FILE: '/absent' }), absent)
})

const wrong: [env: NodeJS.ProcessEnv, yaml: string, message: RegExp][] = [
  [{}, 'PROT: 8000', /^Unknown setting PROT in .*demarc\.yaml\. Did you mean PORT\?$/],
  [{}, 'port: 8000', /Did you mean PORT\?$/],
  [{}, 'REDIS: {}', /^Unknown setting REDIS in .*demarc\.yaml\.$/],
  [{}, 'PORT: many', /^PORT in .*demarc\.yaml must be a whole number\.$/],
  [{}, 'LOGIN_REQUIRED: 3', /^LOGIN_REQUIRED in .* must be true or false\.$/],
  [{}, 'FIELD_CHOICES: []', /^FIELD_CHOICES in .* must be a mapping\.$/],
  [{}, 'API_TOKEN_PEPPERS: { 1: short }', /^API_TOKEN_PEPPERS in .* must have values of at least 50 characters\.$/],
  [{}, 'PORT: [', /^.*demarc\.yaml is not valid YAML: .*line 1/],
  [{}, '- PORT', /must hold settings/],
  [{ PORT: '70000' }, '', /^PORT in the environment must lie between 0 and 65535\.$/],
  [{ LOG_LEVEL: 'loud' }, '', /^LOG_LEVEL in the environment must be one of fatal, /],
  [{ DEMARC_PORT: '1' }, '', /^Unknown environment variable DEMARC_PORT\. Did you mean PORT\?$/],
  [{ DEMARC_CONFIGS: '1' }, '', /Did you mean DEMARC_CONFIG\?$/],
]
for (const [env, yaml, message] of wrong) {
  test(`${JSON.stringify(env)} with "${yaml}" is one clear line`, () => {
    assert.throws(() => readConfig(env, ['--config', withFile(yaml)]), { name: 'Problem', message })
  })
}

test('every setting is explained', () => {
  for (const [name, setting] of Object.entries(settings)) assert.match(setting.doc, /^[A-Z].*\.$/, name)
})
