import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Problem } from '@demarc/engine/problem'
import type { Config } from './config.ts'

/** On the embedded database, whoever sets no API_TOKEN_PEPPERS gets one that is kept beside the data. */
export function withPeppers(config: Config): Config {
  if (config.DATABASE_URL || Object.keys(config.API_TOKEN_PEPPERS).length) return config
  const file = path.join(config.DATA_DIR, 'token-pepper')
  if (!fs.existsSync(file)) {
    const draft = `${file}.${process.pid}`
    fs.writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600 })
    fs.renameSync(draft, file)
  }
  const pepper = fs.readFileSync(file, 'utf8').trim()
  if (pepper.length < 50) throw new Problem('token-pepper', `${file} must hold at least 50 characters.`)
  return { ...config, API_TOKEN_PEPPERS: { 1: pepper } }
}
