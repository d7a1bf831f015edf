import type { ReactNode } from 'react'
import styles from './Markdown.module.css'

/** Markdown drawn as elements, never as HTML: headings, lists, quotes, code, tables, emphasis, links. */
export function Markdown({ text }: { text: string }) {
  return <div className={styles.root}>{blocks(text.replace(/\r\n?/g, '\n').split('\n'))}</div>
}

function blocks(lines: readonly string[]): ReactNode[] {
  const out: ReactNode[] = []
  let at = 0
  const take = (test: (line: string) => boolean) => {
    const from = at
    while (at < lines.length && test(lines[at]!)) at++
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at]!
    const key = out.length
    if (!line.trim()) at++
    else if (/^\s*```/.test(line)) {
      at++
      const code = take(each => !/^\s*```/.test(each))
      at++
      out.push(
        <pre key={key}>
          <code>{code.join('\n')}</code>
        </pre>,
      )
    } else if (/^#{1,6}\s/.test(line)) {
      at++
      const level = Math.min(6, line.indexOf(' ') + 2) as 3
      const Heading = `h${level}` as const
      out.push(<Heading key={key}>{inline(line.replace(/^#+\s+/, '').replace(/\s#+$/, ''))}</Heading>)
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      at++
      out.push(<hr key={key} />)
    } else if (/^\s*>/.test(line)) {
      const quote = take(each => /^\s*>/.test(each))
      out.push(<blockquote key={key}>{blocks(quote.map(each => each.replace(/^\s*>\s?/, '')))}</blockquote>)
    } else if (item.test(line)) {
      const ordered = /^\s*\d/.test(line)
      const items = listItems(take(each => item.test(each) || /^\s{2,}\S/.test(each)))
      const children = items.map((each, index) => (
        <li key={index}>
          {inline(each[0]!)}
          {each.length > 1 && blocks(each.slice(1))}
        </li>
      ))
      out.push(ordered ? <ol key={key}>{children}</ol> : <ul key={key}>{children}</ul>)
    } else if (line.includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[at + 1] ?? '')) {
      const [head, , ...body] = take(each => each.includes('|'))
      out.push(
        <table key={key}>
          <thead>
            <tr>
              {cells(head!).map((each, index) => (
                <th key={index}>{inline(each)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((row, index) => (
              <tr key={index}>
                {cells(row).map((each, column) => (
                  <td key={column}>{inline(each)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>,
      )
    } else {
      const text = take(each => Boolean(each.trim()) && !/^(#{1,6}\s|\s*```|\s*>)/.test(each) && !item.test(each))
      if (!text.length) text.push(lines[at++]!)
      out.push(<p key={key}>{inline(text.join('\n'))}</p>)
    }
  }
  return out
}

const item = /^\s*(?:[-*+]|\d+[.)])\s+/

function listItems(lines: readonly string[]): string[][] {
  const indent = lines[0]!.search(/\S/)
  const items: string[][] = []
  for (const line of lines) {
    if (item.test(line) && line.search(/\S/) <= indent) items.push([line.replace(item, '')])
    else items.at(-1)?.push(line.replace(/^\s{1,4}/, ''))
  }
  return items
}

function cells(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map(each => each.trim())
}

const spans =
  /(`[^`]+`)|\*\*(.+?)\*\*|__(.+?)__|\*([^*\s][^*]*)\*|~~(.+?)~~|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)]+)/

function inline(text: string): ReactNode[] {
  const out: ReactNode[] = []
  let rest = text
  while (rest) {
    const found = spans.exec(rest)
    if (!found) {
      out.push(rest)
      break
    }
    if (found.index) out.push(rest.slice(0, found.index))
    const key = out.length
    const [whole, code, strong, strong2, em, struck, label, target, bare] = found
    if (code) out.push(<code key={key}>{code.slice(1, -1)}</code>)
    else if (strong ?? strong2) out.push(<strong key={key}>{inline(strong ?? strong2 ?? '')}</strong>)
    else if (em) out.push(<em key={key}>{inline(em)}</em>)
    else if (struck) out.push(<del key={key}>{inline(struck)}</del>)
    else if (bare)
      out.push(
        <a key={key} href={bare} rel="noreferrer noopener">
          {bare}
        </a>,
      )
    else if (label && target) {
      const safe = /^(https?:|mailto:|tel:|\/|#)/i.test(target)
      out.push(
        safe ? (
          <a key={key} href={target} rel="noreferrer noopener">
            {inline(label)}
          </a>
        ) : (
          label
        ),
      )
    }
    rest = rest.slice(found.index + whole.length)
  }
  return out
}
