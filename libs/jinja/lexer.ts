import { syntaxError } from './errors.ts'
import type { Syntax } from './options.ts'

export type TokenKind =
  | 'data'
  | 'variable_begin'
  | 'variable_end'
  | 'block_begin'
  | 'block_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'eof'

export interface Token {
  readonly kind: TokenKind
  readonly value: string
  readonly line: number
}

const operators = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}><=.:|,;]/y
const floats = /\d+(?:_\d+)*(?:\.\d+(?:_\d+)*(?:[eE][+-]?\d+(?:_\d+)*)?|[eE][+-]?\d+(?:_\d+)*)/y
const integers = /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*/y
const names = /[\p{L}_][\p{L}\p{N}_\p{M}]*/uy
const strings = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const spaces = /\s+/y
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

type Opening = 'block' | 'variable' | 'comment' | 'line_statement' | 'line_comment'

/** Cuts a source into tokens. White space control is done here: data comes as it is to print. */
export function tokenize(text: string, syntax: Syntax): Token[] {
  return new Lexer(text, syntax).run()
}

class Lexer {
  readonly #source: string
  readonly #syntax: Syntax
  readonly #tokens: Token[] = []
  readonly #openings: RegExp
  readonly #order: readonly Opening[]
  #at = 0
  #line = 1
  #counted = 0
  /** Whether what was read last ended a line. */
  #lineStarts = true

  constructor(text: string, syntax: Syntax) {
    let source = text.replace(/\r\n|\r/g, '\n')
    if (!syntax.keep_trailing_newline && source.endsWith('\n')) source = source.slice(0, -1)
    this.#source = source
    this.#syntax = syntax
    const kinds: [Opening, string, string][] = [
      ['block', syntax.block_start_string, literal(syntax.block_start_string)],
      ['variable', syntax.variable_start_string, literal(syntax.variable_start_string)],
      ['comment', syntax.comment_start_string, literal(syntax.comment_start_string)],
    ]
    kinds.sort((a, b) => b[1].length - a[1].length)
    if (syntax.line_statement_prefix)
      kinds.push([
        'line_statement',
        syntax.line_statement_prefix,
        `(?<=^|\\n)[ \\t\\v]*${literal(syntax.line_statement_prefix)}`,
      ])
    if (syntax.line_comment_prefix)
      kinds.push([
        'line_comment',
        syntax.line_comment_prefix,
        `(?:(?<=^|\\n)|(?<=\\S))[^\\S\\r\\n]*${literal(syntax.line_comment_prefix)}`,
      ])
    if (syntax.line_statement_prefix || syntax.line_comment_prefix) kinds.sort((a, b) => b[1].length - a[1].length)
    this.#order = kinds.map(([kind]) => kind)
    this.#openings = new RegExp(kinds.map(([, , pattern]) => `(${pattern})`).join('|'), 'g')
  }

  run(): Token[] {
    while (this.#at < this.#source.length) {
      this.#openings.lastIndex = this.#at
      const found = this.#openings.exec(this.#source)
      if (!found) {
        this.#data(this.#source.slice(this.#at))
        this.#at = this.#source.length
        break
      }
      this.#open(found)
    }
    this.#push('eof', '')
    return this.#tokens
  }

  #open(found: RegExpExecArray): void {
    const kind = this.#order[found.slice(1).findIndex(group => group !== undefined)]!
    const start = found.index
    const after = start + found[0].length
    const sign = kind === 'line_statement' || kind === 'line_comment' ? '' : this.#source.charAt(after)
    const before = this.#source.slice(this.#at, start)
    const marked = sign === '-' || (sign === '+' && kind !== 'variable')
    this.#data(this.#stripped(before, sign, kind))
    this.#at = after + (marked ? 1 : 0)
    if (kind === 'comment') this.#comment()
    else if (kind === 'line_comment') this.#lineComment()
    else if (kind === 'variable') this.#tag('variable')
    else if (kind === 'line_statement') this.#tag('line')
    else if (!this.#raw()) this.#tag('block')
  }

  /** Data before a tag, without what the tag's sign or `lstrip_blocks` takes away. */
  #stripped(data: string, sign: string, kind: Opening): string {
    if (sign === '-') return data.trimEnd()
    if (sign === '+' || !this.#syntax.lstrip_blocks || kind === 'variable') return data
    const line = data.lastIndexOf('\n') + 1
    return (line > 0 || this.#lineStarts) && /^\s*$/.test(data.slice(line)) ? data.slice(0, line) : data
  }

  #data(data: string): void {
    if (data) this.#push('data', data.replaceAll('\n', this.#syntax.newline_sequence))
  }

  #comment(): void {
    const line = this.#lineNow()
    const end = literal(this.#syntax.comment_end_string)
    const found = this.#search(new RegExp(`[-+]?${end}`, 'g'))
    if (!found) throw syntaxError('Missing end of comment tag', line)
    this.#at = found.index + found[0].length
    this.#finish(found[0].charAt(0), found[0].length > this.#syntax.comment_end_string.length)
  }

  #lineComment(): void {
    const end = this.#source.indexOf('\n', this.#at)
    this.#at = end < 0 ? this.#source.length : end
  }

  /** After the end of a block or comment: what the sign or `trim_blocks` takes away. */
  #finish(sign: string, signed: boolean): void {
    if (signed && sign === '-') this.#skip(spaces)
    else if (!signed && this.#syntax.trim_blocks && this.#source[this.#at] === '\n') this.#at++
    this.#lineStarts = this.#source[this.#at - 1] === '\n'
  }

  #raw(): boolean {
    const { block_start_string: open, block_end_string: close } = this.#syntax
    const begin = new RegExp(`\\s*raw\\s*(?:(-)${literal(close)}\\s*|${literal(close)})`, 'y')
    begin.lastIndex = this.#at
    const begun = begin.exec(this.#source)
    if (!begun) return false
    const line = this.#lineNow()
    this.#at += begun[0].length
    this.#lineStarts = begun[0].endsWith('\n')
    const end = new RegExp(`${literal(open)}([-+]?)\\s*endraw\\s*([-+]?)${literal(close)}`, 'g')
    const found = this.#search(end)
    if (!found) throw syntaxError('Missing end of raw directive', line)
    this.#data(this.#stripped(this.#source.slice(this.#at, found.index), found[1]!, 'block'))
    this.#at = found.index + found[0].length
    this.#finish(found[2]!, found[2] !== '')
    return true
  }

  #tag(kind: 'variable' | 'block' | 'line'): void {
    const begin = kind === 'variable' ? 'variable_begin' : 'block_begin'
    const end = kind === 'variable' ? 'variable_end' : 'block_end'
    this.#push(begin, '')
    const open: string[] = []
    for (;;) {
      if (!open.length && this.#ends(kind)) return this.#push(end, '')
      if (this.#at >= this.#source.length) {
        if (open.length) throw syntaxError(`unexpected end of template, expected '${open.at(-1)}'.`, this.#lineNow())
        return
      }
      if (this.#skip(spaces)) continue
      this.#inner(open)
    }
  }

  #ends(kind: 'variable' | 'block' | 'line'): boolean {
    if (kind === 'line') {
      const found = this.#match(/[^\S\n]*(?:\n|$)/y)
      if (found === null) return false
      this.#lineStarts = true
      return true
    }
    const close = kind === 'variable' ? this.#syntax.variable_end_string : this.#syntax.block_end_string
    const found = this.#match(new RegExp(kind === 'variable' ? `-?${literal(close)}` : `[-+]?${literal(close)}`, 'y'))
    if (found === null) return false
    const signed = found.length > close.length
    if (kind === 'block') this.#finish(found.charAt(0), signed)
    else if (signed) this.#skip(spaces)
    this.#lineStarts = this.#source[this.#at - 1] === '\n'
    return true
  }

  #inner(open: string[]): void {
    const line = this.#lineNow()
    const rules: readonly [TokenKind, RegExp][] = [
      ['float', floats],
      ['integer', integers],
      ['name', names],
      ['string', strings],
      ['operator', operators],
    ]
    for (const [kind, pattern] of rules) {
      if (kind === 'float' && this.#source[this.#at - 1] === '.') continue
      const found = this.#match(pattern)
      if (found === null) continue
      if (kind === 'operator') balance(found, open, line)
      this.#tokens.push({ kind, value: kind === 'string' ? unquote(found) : found, line })
      return
    }
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at)!)
    throw syntaxError(`unexpected char ${JSON.stringify(character).replaceAll('"', "'")} at ${this.#at}`, line)
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#source)
    if (!found) return null
    this.#at += found[0].length
    return found[0]
  }

  #skip(pattern: RegExp): boolean {
    return this.#match(pattern) !== null
  }

  #search(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#source)
  }

  #lineNow(): number {
    for (; this.#counted < this.#at; this.#counted++) if (this.#source[this.#counted] === '\n') this.#line++
    return this.#line
  }

  #push(kind: TokenKind, value: string): void {
    this.#tokens.push({ kind, value, line: this.#lineNow() })
  }
}

function balance(operator: string, open: string[], line: number): void {
  const expected = closing[operator]
  if (expected) open.push(expected)
  if (!')]}'.includes(operator)) return
  if (!open.length) throw syntaxError(`unexpected '${operator}'`, line)
  const last = open.pop()!
  if (last !== operator) throw syntaxError(`unexpected '${operator}', expected '${last}'`, line)
}

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
}

/** The text that a quoted string stands for. */
function unquote(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(
      /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
      (all, short, middle, long, octal, other: string | undefined) => {
        if (other !== undefined) return simple[other] ?? all
        return String.fromCodePoint(octal ? parseInt(octal, 8) : parseInt(short ?? middle ?? long, 16))
      },
    )
}
