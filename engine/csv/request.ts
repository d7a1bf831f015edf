import { HttpError } from '../http/index.ts'
import type { ImportOptions } from './import.ts'
import { delimiters, type Format } from './read.ts'

const formats = ['auto', 'csv', 'json', 'yaml']
const longestMessage = 200

/** What the body of a request to import says; throws HttpError for what it cannot mean. */
export function importOptionsIn(body: unknown): ImportOptions {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>
  const { data, format = 'auto', delimiter = 'auto', changelog_message: message = '' } = given
  const refuse = (field: string, text: string) => new HttpError(400, { errors: [{ row: 0, field, message: text }] })
  if (typeof data !== 'string') throw refuse('data', 'This field is required.')
  if (!formats.includes(format as string)) throw refuse('format', `There is no format "${String(format)}".`)
  if (delimiter !== 'auto' && !Object.entries(delimiters).flat().includes(String(delimiter)))
    throw refuse('delimiter', `There is no delimiter "${String(delimiter)}".`)
  if (typeof message !== 'string') throw refuse('changelog_message', 'Not a valid string.')
  if (message.length > longestMessage)
    throw refuse('changelog_message', `Ensure this field has no more than ${longestMessage} characters.`)
  return {
    data,
    format: format as Format,
    delimiter: delimiter as string,
    dryRun: given['dry_run'] === true,
    ...(message && { message }),
  }
}
