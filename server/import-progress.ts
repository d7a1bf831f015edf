import type { Progress, Survey } from '@demarc/engine/netbox'

/** Shows how far an import is: a bar that moves where a person watches, else a line for each table. */
export function showProgress({ counts, mappings }: Survey, output = process.stderr) {
  const total = [...mappings.keys()].reduce((sum, table) => sum + (counts.get(table) ?? 0), 0)
  const byTable = new Map<string, number>()
  let done = 0
  let drawn = 0

  function draw(table: string): void {
    const share = total ? Math.min(done / total, 1) : 1
    const bar = '#'.repeat(Math.round(share * 30)).padEnd(30, '.')
    const text = `[${bar}] ${Math.floor(share * 100)}%  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} rows  ${table}`
    output.write(`\r\u001b[K${text.slice(0, (output.columns ?? 80) - 1)}`)
    drawn = Date.now()
  }

  return {
    step({ table, rows }: Progress): void {
      const sum = (byTable.get(table) ?? 0) + rows
      byTable.set(table, sum)
      done += rows
      if (!output.isTTY) {
        if (sum >= (counts.get(table) ?? 0)) output.write(`${table}: ${sum.toLocaleString('en')}\n`)
      } else if (done >= total || Date.now() - drawn > 100) draw(table)
    },
    say(what: string): void {
      output.write(output.isTTY ? `\r\u001b[K${what} …` : `${what} …\n`)
    },
    end(): void {
      if (output.isTTY) output.write('\r\u001b[K')
    },
  }
}
