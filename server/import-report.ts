import type { ImportReport, MediaReport } from '@demarc/engine/netbox'

/** What an import did, for a person to read. */
export function linesOf({ version, taken, notTaken, notes, media }: ImportReport, mediaRoot: string): string[] {
  const filled = taken.filter(({ before }) => before > 0).sort((a, b) => a.table.localeCompare(b.table))
  const rows = filled.reduce((sum, { after }) => sum + after, 0)
  return [
    ...inColumns([
      ['Table', 'NetBox', 'Demarc'],
      ...filled.map(({ table, before, after }) => [table, numeral(before), numeral(after)]),
    ]),
    '',
    notTaken.length ? 'Not taken over:' : 'Nothing was left out.',
    ...notTaken.map(
      ({ table, rows, reason }) => `  ${table}, ${numeral(rows)} ${rows === 1 ? 'row' : 'rows'}: ${reason}`,
    ),
    ...(notes.length ? ['', 'To know:', ...notes.map(note => `  ${note}`)] : []),
    ...filesOf(media, mediaRoot),
    '',
    `Took over ${numeral(rows)} rows of ${filled.length} tables from NetBox ${version}.`,
  ]
}

/** Missing files that are named; more are only counted. */
const mostNamed = 20

function filesOf({ copied, named, missing }: MediaReport, mediaRoot: string): string[] {
  if (!copied && !named) return []
  const there = `Files: ${numeral(copied)} copied to ${mediaRoot}; of ${numeral(named)} that rows name, ${numeral(named - missing.length)} are there.`
  if (!missing.length) return ['', there]
  const more = missing.length - mostNamed
  return [
    '',
    there,
    'Missing:',
    ...missing.slice(0, mostNamed).map(file => `  ${file}`),
    ...(more > 0 ? [`  and ${numeral(more)} more`] : []),
  ]
}

const numeral = (value: number) => value.toLocaleString('en')

/** The first column to the left, numbers to the right. */
function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, index) => Math.max(...rows.map(row => row[index]!.length)))
  return rows.map(row =>
    row.map((text, index) => (index ? text.padStart(widths[index]!) : text.padEnd(widths[0]!))).join('  '),
  )
}
