/** How a text lists its records. */
export type Sort = 'csv' | 'json' | 'yaml'

const delimiters = [',', ';', '\t', '|'] as const

/** What kind of text it is, told from how it begins, as the server tells it; undefined where that says nothing. */
export function sortOf(text: string): Sort | undefined {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (/^[{[]/.test(start)) return 'json'
  if (/^(---|- )/.test(start)) return 'yaml'
  return delimiters.some(each => start.split('\n', 1)[0]!.includes(each)) ? 'csv' : undefined
}

/** The records of a text as they stand in it, each as one piece; none where it cannot be read. */
export function recordsOf(text: string, sort: Sort): readonly string[] {
  if (sort === 'csv')
    return linesOf(text)
      .slice(1)
      .map(([from, to]) => text.slice(from, to))
  if (sort === 'yaml')
    return text
      .trim()
      .split(/^---.*$|^(?=- )/m)
      .map(each => each.trim())
      .filter(Boolean)
  try {
    return [JSON.parse(text) as unknown].flat().map(each => JSON.stringify(each))
  } catch {
    return []
  }
}

/** A column of a table by its heading, and where the heading stands in the text. */
export interface Heading {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** The headings of a table; the delimiter is the most frequent one unless given. */
export function headingsOf(text: string, delimiter?: string): readonly Heading[] {
  const [first] = linesOf(text)
  if (!first) return []
  const line = text.slice(...first)
  const counted = delimiters.map(each => [each, line.split(each).length] as const)
  const by = delimiter || counted.reduce((best, each) => (each[1] > best[1] ? each : best))[0]
  const headings: Heading[] = []
  let from = first[0]
  for (const piece of line.split(by)) {
    const name = piece
      .replace(/^\uFEFF/, '')
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .trim()
    headings.push({ text: name, from, to: from + piece.length })
    from += piece.length + by.length
  }
  return headings
}

/** The text with another heading in the place of one. */
export function reheaded(text: string, { from, to }: Heading, name: string): string {
  return text.slice(0, from) + name + text.slice(to)
}

/** Where each line of a table begins and ends; a quoted line break ends none. */
function linesOf(text: string): readonly (readonly [from: number, to: number])[] {
  const lines: (readonly [number, number])[] = []
  let quoted = false
  let from = 0
  const end = (to: number) => {
    if (text.slice(from, to).trim()) lines.push([from, text[to - 1] === '\r' ? to - 1 : to])
    from = to + 1
  }
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted
    if (text[at] === '\n' && !quoted) end(at)
  }
  end(text.length)
  return lines
}
