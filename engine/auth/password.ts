import { argon2, pbkdf2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto'
import { promisify } from 'node:util'

const derivePbkdf2 = promisify(pbkdf2)
const deriveArgon2 = promisify(
  (name: Parameters<typeof argon2>[0], parameters: Argon2Parameters, done: Parameters<typeof argon2>[2]) =>
    argon2(name, parameters, done),
)

/** What OWASP recommends for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const
const prefix = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$`

/** Longer ones are not even looked at, so that nobody can have megabytes hashed. */
const maxLength = 4096

/** The text to store for a password: argon2id in PHC form. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const digest = await deriveArgon2('argon2id', { message: password, nonce, tagLength: 32, ...cost })
  return `${prefix}${bare(nonce)}$${bare(digest)}`
}

/** A stored text that no password matches, for those who log in by other means. */
export const unusablePassword = (): string => `!${randomBytes(30).toString('base64url')}`

/** Whether a password is the one that was stored, by us or by NetBox. Unknown and unusable texts match nothing. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  if (password.length > maxLength) return false
  const scheme = stored.slice(0, stored.indexOf('$', 1))
  try {
    switch (scheme) {
      case '$argon2id':
      case '$argon2i':
      case '$argon2d':
        return await verifyArgon2(password, stored)
      case 'argon2':
        return await verifyArgon2(password, stored.slice('argon2'.length))
      case 'pbkdf2_sha256':
        return await verifyPbkdf2(password, stored, 'sha256')
      case 'pbkdf2_sha1':
        return await verifyPbkdf2(password, stored, 'sha1')
      default:
        return false
    }
  } catch (error) {
    // Parameters that are out of range: the stored text is damaged.
    if (error instanceof RangeError || error instanceof TypeError) return false
    throw error
  }
}

/** Whether a stored text was made otherwise than a new one would be. */
export const needsRehash = (stored: string): boolean => !stored.startsWith(prefix)

/** No password is known to match it. */
const decoy = `${prefix}${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Does the work of a check against nothing, so that an answer's delay does not tell which names exist. */
export async function verifyNothing(password: string): Promise<false> {
  await verifyPassword(password, decoy)
  return false
}

/** What is wrong with a new password; nothing if it is good. */
export function checkPassword(password: string): string[] {
  const faults: string[] = []
  if ([...password].length < 12) faults.push('This password is too short. It must contain at least 12 characters.')
  if (!/\p{Nd}/u.test(password)) faults.push('Password must have at least one numeral.')
  if (!/\p{Lu}/u.test(password)) faults.push('Password must have at least one uppercase letter.')
  if (!/\p{Ll}/u.test(password)) faults.push('Password must have at least one lowercase letter.')
  if (password.length > maxLength) faults.push(`This password is too long. It may have ${maxLength} characters.`)
  return faults
}

async function verifyArgon2(password: string, phc: string): Promise<boolean> {
  const match = /^\$(argon2(?:id|i|d))\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(phc)
  if (!match) return false
  const [, name, memory, passes, parallelism, salt, digest] = match
  const expected = Buffer.from(digest!, 'base64')
  const actual = await deriveArgon2(name as 'argon2id', {
    message: password,
    nonce: Buffer.from(salt!, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  })
  return timingSafeEqual(actual, expected)
}

async function verifyPbkdf2(password: string, stored: string, hash: string): Promise<boolean> {
  const [, iterations, salt, digest] = stored.split('$')
  const expected = Buffer.from(digest ?? '', 'base64')
  if (!expected.length) return false
  const actual = await derivePbkdf2(password, salt!, Number(iterations), expected.length, hash)
  return timingSafeEqual(actual, expected)
}

const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
