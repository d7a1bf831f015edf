import { existsSync } from 'node:fs'
import { Problem } from '../problem/index.ts'
import { openAddress } from './address.ts'
import { openFile } from './file.ts'
import type { Source } from './source.ts'

/** Opens what a person names: the address of a database, or a file that pg_dump wrote. */
export async function openSource(text: string): Promise<Source> {
  if (/^postgres(ql)?:\/\//.test(text)) return openAddress(text)
  if (/^[\w+]+:\/\//.test(text) && !existsSync(text))
    throw new Problem(
      'source-address',
      `${text.replace(/:\/\/.*@/, '://…@')} is not an address of PostgreSQL, as postgres://user:password@host:5432/netbox.`,
    )
  return openFile(text)
}
