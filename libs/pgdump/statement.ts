import { DumpError } from './error.ts'
import { unescapeString } from './escape.ts'

type Decode = (bytes: Buffer) => string

/** A place in a statement's text; the functions below move it on. */
export interface Cursor {
  readonly text: string
  at: number
}

/** A table's or sequence's name, `schema` empty if the text has none. */
export interface QualifiedName {
  readonly schema: string
  readonly name: string
}

/** Where the statement that starts here ends, just after its `;`; -1 if the text ends before. */
export function statementEnd(text: string, start: number): number {
  ROUTINE.lastIndex = start
  const stop = ROUTINE.test(text) ? ROUTINE_STOP : STOP
  let depth = 0
  stop.lastIndex = start
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    const token = found[0]
    if (token === ';') {
      if (depth <= 0) return found.index + 1
    } else if (token === '(' || token.length > 3) depth++
    else if (token === ')' || token.length === 3) depth--
    else {
      const after = skipQuoted(text, found.index)
      if (after < 0) return -1
      stop.lastIndex = Math.max(after, found.index + 1)
    }
  }
  return -1
}

const STOP = /[;'"$()]|--|\/\*/g
const ROUTINE = /CREATE (?:OR REPLACE )?(?:FUNCTION|PROCEDURE)\b/iy
/** In a routine's SQL-standard body, semicolons lie between BEGIN ATOMIC (or CASE) and END. */
const ROUTINE_STOP = /[;'"$()]|--|\/\*|\b(?:BEGIN\s+ATOMIC|CASE|END)\b/gi

/**
 * Where the literal, quoted name, dollar-quoted text or comment that starts here ends; the same place if none starts,
 * -1 if it is not closed.
 */
export function skipQuoted(text: string, at: number): number {
  switch (text[at]) {
    case "'":
      return /(?:^|[^\w$])[eE]$/.test(text.slice(Math.max(0, at - 2), at))
        ? skipEscaped(text, at)
        : skipTo(text, "'", at + 1)
    case '"':
      return skipTo(text, '"', at + 1)
    case '$':
      return skipDollar(text, at)
    case '-':
      return text[at + 1] === '-' ? skipTo(text, '\n', at) : at
    case '/':
      return text[at + 1] === '*' ? skipComment(text, at) : at
    default:
      return at
  }
}

/** The elements between the parenthesis here and its partner, split at commas. Moves past it. Null if there is none. */
export function parenthesised(cursor: Cursor): string[] | null {
  if (!accept(cursor, OPEN)) return null
  const elements: string[] = []
  let depth = 0
  let start = cursor.at
  ELEMENT_STOP.lastIndex = start
  for (let found = ELEMENT_STOP.exec(cursor.text); found; found = ELEMENT_STOP.exec(cursor.text)) {
    const token = found[0]
    if (token === '(') depth++
    else if ((token === ',' || token === ')') && depth === 0) {
      elements.push(cursor.text.slice(start, found.index).trim())
      start = found.index + 1
      if (token === ',') continue
      cursor.at = start
      return elements
    } else if (token === ')') depth--
    else if (token !== ',') ELEMENT_STOP.lastIndex = Math.max(skipQuoted(cursor.text, found.index), found.index + 1)
  }
  throw malformed(cursor.text)
}

const OPEN = /\s*\(/y
const ELEMENT_STOP = /[(),'"$]|--|\/\*/g

/** Moves past what the sticky expression matches here; says whether it did. */
export function accept(cursor: Cursor, sticky: RegExp): boolean {
  sticky.lastIndex = cursor.at
  if (!sticky.test(cursor.text)) return false
  cursor.at = sticky.lastIndex
  return true
}

/** The identifier here, unquoted names in lower case. Moves past it. Throws if there is none. */
export function identifier(cursor: Cursor): string {
  IDENTIFIER.lastIndex = cursor.at
  const found = IDENTIFIER.exec(cursor.text)
  if (!found) throw malformed(cursor.text)
  cursor.at = IDENTIFIER.lastIndex
  return found[1] === undefined ? found[2]!.toLowerCase() : found[1].replaceAll('""', '"')
}

const IDENTIFIER = /\s*(?:"([^"]*(?:""[^"]*)*)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))/y

/** The name here, with its schema if it has one. Moves past it. Throws if there is none. */
export function qualifiedName(cursor: Cursor): QualifiedName {
  const first = identifier(cursor)
  return accept(cursor, DOT) ? { schema: first, name: identifier(cursor) } : { schema: '', name: first }
}

const DOT = /\./y

/** The literal here as COPY would print its value: true is `t`, NULL and DEFAULT are null. Moves past it. */
export function literal(cursor: Cursor, decode: Decode): string | null {
  const { text } = cursor
  while (text.charCodeAt(cursor.at) <= 32) cursor.at++
  const value = text[cursor.at] === "'" ? quoted(cursor) : unquoted(cursor, decode)
  accept(cursor, CAST)
  return value
}

const CAST = /\s*::\s*(?:"[^"]+"|[\w.]+(?: varying| precision)?)(?:\([\d, ]+\))?(?:\[\])*/y
const WORD = /[\w.+-]+/y

/** An error for a statement that cannot be understood. */
export function malformed(text: string): DumpError {
  return new DumpError('malformed', `The dump holds a statement that cannot be read: ${text.slice(0, 80)}`)
}

function quoted(cursor: Cursor): string {
  const start = cursor.at + 1
  const end = skipTo(cursor.text, "'", start)
  if (end < 0) throw malformed(cursor.text)
  cursor.at = end
  const raw = cursor.text.slice(start, end - 1)
  return raw.includes("'") ? raw.replaceAll("''", "'") : raw
}

function unquoted(cursor: Cursor, decode: Decode): string | null {
  const start = cursor.at
  if (!accept(cursor, WORD)) throw malformed(cursor.text)
  const word = cursor.text.slice(start, cursor.at)
  if (cursor.text[cursor.at] === "'") return prefixed(cursor, word.toUpperCase(), decode)
  switch (word.toUpperCase()) {
    case 'NULL':
    case 'DEFAULT':
      return null
    case 'TRUE':
      return 't'
    case 'FALSE':
      return 'f'
    default:
      if (!/^[-+]?[\d.]/.test(word)) throw malformed(cursor.text.slice(start))
      return word
  }
}

/** E'…', B'…' and X'…'. */
function prefixed(cursor: Cursor, prefix: string, decode: Decode): string {
  if (prefix === 'B') return quoted(cursor)
  if (prefix === 'X') return [...quoted(cursor)].map(digit => parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  const end = prefix === 'E' ? skipEscaped(cursor.text, cursor.at) : -1
  if (end < 0) throw malformed(cursor.text)
  const raw = cursor.text.slice(cursor.at + 1, end - 1)
  cursor.at = end
  return unescapeString(raw, decode)
}

/** Just after the next occurrence; a doubled quote reads as one literal beside another, which ends at the same place. */
function skipTo(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 2)) {
    if (mark === '\n' || text[at + 1] !== mark) return at + 1
  }
  return -1
}

function skipEscaped(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next++) {
    if (text[next] === '\\') next++
    else if (text[next] === "'" && text[next + 1] === "'") next++
    else if (text[next] === "'") return next + 1
  }
  return -1
}

function skipDollar(text: string, at: number): number {
  if (at > 0 && /[\w$\u0080-\uffff]/.test(text[at - 1]!)) return at
  DOLLAR.lastIndex = at
  const tag = DOLLAR.exec(text)?.[0]
  if (!tag) return at
  const end = text.indexOf(tag, at + tag.length)
  return end < 0 ? -1 : end + tag.length
}

const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y

/** Comments nest. */
function skipComment(text: string, start: number): number {
  const mark = /\/\*|\*\//g
  mark.lastIndex = start
  for (let depth = 0, found = mark.exec(text); found; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  return -1
}
