import { DumpError } from './error.ts'
import { unescapeCopy } from './escape.ts'

/** Where the data of a COPY block ends: at its line `\.`, or -1 if that is not in the text. Starts at a line's start. */
export function copyDataEnd(text: string, start: number): number {
  END.lastIndex = start
  const found = END.exec(text)
  return found ? found.index : -1
}

/** Just after the line `\.` that starts here. */
export const afterCopyData = (text: string, end: number): number => text.indexOf('\n', end) + 1

const END = /^\\\.\r?\n/gm

/** Splits a line of COPY's text format into values, null for \N. */
export function copyRow(line: string, decode: (bytes: Buffer) => string): (string | null)[] {
  const fields: (string | null)[] = line.split('\t')
  if (!line.includes('\\')) return fields
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index]!
    if (field === '\\N') fields[index] = null
    else if (field.includes('\\')) fields[index] = unescapeCopy(field, decode)
  }
  return fields
}

/** An error for a row whose number of values is not that of the columns. */
export function unevenRow(table: string, row: number, expected: number, found: number): DumpError {
  return new DumpError('malformed', `Row ${row} of ${table} has ${found} values where ${expected} are expected.`)
}
