import { parse } from 'csv-parse/sync'
import { parseAllDocuments, visit } from 'yaml'

export type Format = 'auto' | 'csv' | 'json' | 'yaml'

/** Names of the characters that may part the columns of CSV. */
export const delimiters: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', pipe: '|', tab: '\t' }

/** What a file holds: records of texts under headers, or documents whose values have types. */
export type Contents =
  | { readonly kind: 'table'; readonly headers: readonly string[]; readonly records: readonly (readonly string[])[] }
  | { readonly kind: 'documents'; readonly documents: readonly Record<string, unknown>[] }

/** A file that cannot be read, and the record at which it ends, if it is one. */
export class Unreadable extends Error {
  readonly row: number

  constructor(message: string, row = 0) {
    super(message)
    this.row = row
  }
}

/** The records of a file. Throws {@link Unreadable}. */
export function readContents(data: string, format: Format = 'auto', delimiter = 'auto'): Contents {
  const text = data.replace(/^\uFEFF/, '').trim()
  if (!text) throw new Unreadable('There is nothing to import.')
  const sort = format === 'auto' ? (delimiter === 'auto' ? sortOf(text) : 'csv') : format
  if (sort === 'csv') return readTable(text, delimiter)
  return { kind: 'documents', documents: documentsOf(sort === 'json' ? readJson(text) : readYaml(text)) }
}

function sortOf(text: string): Exclude<Format, 'auto'> {
  if (/^[{[]/.test(text)) return 'json'
  if (/^(---|- )/.test(text)) return 'yaml'
  if (/[,;|\t]/.test(text.split('\n', 1)[0]!)) return 'csv'
  throw new Unreadable('Unable to detect data format. Please specify.')
}

function readTable(text: string, delimiter: string): Contents {
  const parted = delimiter === 'auto' ? sniff(text.split(/\r?\n/, 1)[0]!) : (delimiters[delimiter] ?? delimiter)
  if (parted.length !== 1) throw new Unreadable(`There is no delimiter "${delimiter}".`)
  let rows = split(text, parted, '"')
  // Some quote with apostrophes: told from the data, where that makes the columns come out even.
  if (delimiter === 'auto' && !text.includes('"') && !even(rows)) {
    const quoted = split(text, parted, "'")
    if (even(quoted)) rows = quoted
  }
  const [headers, ...records] = rows as [string[], ...string[][]]
  for (const [at, record] of records.entries())
    if (record.length !== headers.length)
      throw new Unreadable(`Row ${at + 1}: Expected ${headers.length} columns but found ${record.length}`, at + 1)
  return {
    kind: 'table',
    headers: headers.map(header => header.trim()),
    records: records.map(record => record.map(cell => cell.trim())),
  }
}

function split(text: string, delimiter: string, quote: string): string[][] {
  try {
    return parse(text, { delimiter, quote, relax_column_count: true, skip_empty_lines: true, relax_quotes: true })
  } catch (error) {
    throw new Unreadable((error as Error).message)
  }
}

const even = (rows: readonly (readonly string[])[]) => rows.every(row => row.length === rows[0]!.length)

/** The character that parts the headers: of those that may, the most frequent. */
function sniff(line: string): string {
  const counts = Object.values(delimiters).map(one => [one, line.split(one).length] as const)
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}

function readJson(text: string): unknown[] {
  try {
    return [JSON.parse(text)]
  } catch (error) {
    throw new Unreadable(`Invalid JSON data: ${(error as Error).message}`)
  }
}

function readYaml(text: string): unknown[] {
  const documents = parseAllDocuments(text, { schema: 'core', version: '1.2', uniqueKeys: false })
  return (Array.isArray(documents) ? documents : []).map(document => {
    if (document.errors.length)
      throw new Unreadable(`Invalid YAML data: ${document.errors[0]!.message.split('\n', 1)[0]}`)
    // A number is kept as it is written: port 08 is called that, not 8.
    visit(document, {
      Scalar(_key, node) {
        if (typeof node.value === 'number' && node.source && String(node.value) !== node.source)
          node.value = node.source
      },
    })
    return document.toJS({ maxAliasCount: 100 }) as unknown
  })
}

function documentsOf(values: readonly unknown[]): Record<string, unknown>[] {
  const documents = values.flatMap(value =>
    Array.isArray(value) ? (value as unknown[]) : value === null ? [] : [value],
  )
  for (const [at, one] of documents.entries())
    if (typeof one !== 'object' || one === null || Array.isArray(one))
      throw new Unreadable(`Record ${at + 1}: Must be a dictionary.`, at + 1)
  if (documents.length === 0) throw new Unreadable('There is nothing to import.')
  return documents as Record<string, unknown>[]
}
