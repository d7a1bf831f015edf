import assert from 'node:assert/strict'
import test from 'node:test'
import { checkPassword, hashPassword, needsRehash, unusablePassword, verifyPassword } from './password.ts'

test('a new hash is argon2id in PHC form, salted, and verifies', async () => {
  const [one, two] = await Promise.all([hashPassword('Straße 1'), hashPassword('Straße 1')])
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(one, two)
  assert.ok(one.length <= 128)
  assert.equal(await verifyPassword('Straße 1', one), true)
  assert.equal(await verifyPassword('Strasse 1', one), false)
  assert.equal(needsRehash(one), false)
})

/** Made with Django's own hashers: `make_password('correct horse', salt, hasher)`. */
const django = {
  pbkdf2_sha256: 'pbkdf2_sha256$1000$seasaltseasaltseasalt$cRH98Hsi7N8NX+nZnymkvbuIZCVWYkv0OjOKY8Iycdc=',
  pbkdf2_sha1: 'pbkdf2_sha1$1000$seasaltseasaltseasalt$mHzXHX90TKbptbJi+VMMuboTuvo=',
  argon2: 'argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdHNlYXNhbHQ$24X5StCI0X7nx5XDsLrP4f4PvCl9FN9AHQw4KjbBoo8',
}

for (const [name, stored] of Object.entries(django)) {
  test(`a hash of Django by ${name} verifies, and is to be replaced`, async () => {
    assert.equal(await verifyPassword('correct horse', stored), true)
    assert.equal(await verifyPassword('correct hors', stored), false)
    assert.equal(needsRehash(stored), true)
  })
}

test('unusable, unknown and damaged hashes match nothing', async () => {
  const broken = [
    unusablePassword(),
    '!',
    '',
    'plain',
    'md5$salt$0cc175b9c0f1b6a831c399e269772661',
    'pbkdf2_sha256$x$salt$AAAA',
    'pbkdf2_sha256$0$salt$AAAA',
    'pbkdf2_sha256$1000$salt',
    'pbkdf2_sha256$1000$salt$',
    '$argon2id$v=19$m=1,t=0,p=0$AAAA$AAAA',
    '$argon2id$v=19$m=99999999999999999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA',
    '$argon2id$v=16$m=64,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA',
    'argon2$argon2id$v=19',
  ]
  for (const stored of broken) assert.equal(await verifyPassword('', stored), false, stored)
})

test('a password of megabytes is not hashed', async () => {
  assert.equal(await verifyPassword('x'.repeat(5_000_000), await hashPassword('x')), false)
})

test('the policy says everything that is wrong', () => {
  assert.deepEqual(checkPassword('Correct Horse 9'), [])
  assert.deepEqual(checkPassword('short'), [
    'This password is too short. It must contain at least 12 characters.',
    'Password must have at least one numeral.',
    'Password must have at least one uppercase letter.',
  ])
  assert.deepEqual(checkPassword('ABCDEFGHIJK1'), ['Password must have at least one lowercase letter.'])
})
