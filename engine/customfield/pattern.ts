/**
 * A regular expression as users of NetBox write it, which matches from the start of a text but need not reach its end;
 * null where it is none.
 */
export function patternOf(text: string): RegExp | null {
  const [, letters = '', rest = ''] = /^(?:\(\?([aiLmsux]+)\))?([\s\S]*)$/.exec(text)!
  const source = rest
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll('\\A', '^')
    .replaceAll('\\Z', '$')
  const flags = [...new Set(letters)].filter(letter => 'ims'.includes(letter)).join('')
  for (const unicode of ['u', '']) {
    try {
      return new RegExp(`^(?:${source})`, flags + unicode)
    } catch {
      // Without the flag more is allowed, as escaped letters that need no escape.
    }
  }
  return null
}
