import { syntaxError, type TemplateError } from './errors.ts'
import type { Token, TokenKind } from './lexer.ts'

const kindNames: Readonly<Partial<Record<TokenKind, string>>> = {
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  data: 'template data / text',
  eof: 'end of template',
}

/** Tokens to read one after the other. */
export class TokenStream {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }
  get current(): Token {
    return this.#tokens[this.#at]!
  }
  get ahead(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)]!
  }
  next(): Token {
    const token = this.current
    if (token.kind !== 'eof') this.#at++
    return token
  }
  /** Whether the next token is this, of one of these values if some are given. */
  is(kind: TokenKind, ...values: readonly string[]): boolean {
    return this.current.kind === kind && (!values.length || values.includes(this.current.value))
  }
  /** Takes the next token if it is this. */
  take(kind: TokenKind, ...values: readonly string[]): Token | null {
    return this.is(kind, ...values) ? this.next() : null
  }
  expect(kind: TokenKind, value?: string): Token {
    const token = value === undefined ? this.take(kind) : this.take(kind, value)
    if (token) return token
    const wanted = value ?? kindNames[kind] ?? kind
    if (this.is('eof')) throw this.fail(`unexpected end of template, expected '${wanted}'.`)
    throw this.fail(`expected token '${wanted}', got '${tokenText(this.current)}'`)
  }
  fail(message: string, line = this.current.line): TemplateError {
    return syntaxError(message, line)
  }
}

/** How messages name a token. */
export const tokenText = (token: Token): string =>
  token.kind === 'name' || token.kind === 'operator' ? token.value : (kindNames[token.kind] ?? token.kind)
