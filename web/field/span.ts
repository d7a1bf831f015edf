/** `1 h 5 min`, `12.4 s` or `85 ms` of `[D ]HH:MM:SS[.uuuuuu]`: the two parts that count; what is no length of time as it is. */
export function spanOf(text: string): string {
  const [, days = '0', hours, minutes, seconds] = /^(?:(\d+) )?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text) ?? []
  if (hours === undefined) return text
  const parts = [
    [Number(days), 'd'],
    [Number(hours), 'h'],
    [Number(minutes), 'min'],
    [Math.floor(Number(seconds)), 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first === -1) return Number(seconds) > 0 ? `${Math.max(1, Math.round(Number(seconds) * 1000))} ms` : '0 s'
  if (first === 3) return `${Math.floor(Number(seconds) * 10) / 10} s`
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
