import { TemplateError } from './errors.ts'
import { ExpressionParser } from './expressions.ts'
import { tokenize, type Token } from './lexer.ts'
import type { BlockSpec, Expression, MacroSpec, Statement, Target, TemplateNode } from './nodes.ts'
import type { Syntax } from './options.ts'
import { TokenStream, tokenText } from './stream.ts'

/** Reads the source of a template. Throws a TemplateSyntaxError. */
export function parse(source: string, syntax: Syntax, extensions: ReadonlySet<string>): TemplateNode {
  const parser = new StatementParser(new TokenStream(tokenize(source, syntax)), extensions)
  return { body: parser.statements([]), blocks: parser.blocks }
}

type Statements = readonly Statement[]

class StatementParser {
  readonly blocks = new Map<string, BlockSpec>()
  readonly #stream: TokenStream
  readonly #expressions: ExpressionParser
  readonly #extensions: ReadonlySet<string>
  /** Tags that are open, the innermost last. */
  readonly #open: string[] = []
  /** The ends that the innermost tags wait for. */
  readonly #wanted: (readonly string[])[] = []
  #loops = 0

  constructor(stream: TokenStream, extensions: ReadonlySet<string>) {
    this.#stream = stream
    this.#expressions = new ExpressionParser(stream)
    this.#extensions = extensions
  }

  /** Statements up to one of these tags, or to the end if there are none. */
  statements(ends: readonly string[]): Statement[] {
    const stream = this.#stream
    const body: Statement[] = []
    if (this.#open.length > 100) throw stream.fail('too many nested statements')
    this.#wanted.push(ends)
    for (;;) {
      const token = stream.current
      if (token.kind === 'eof') {
        if (ends.length) throw this.#unended()
        break
      }
      stream.next()
      if (token.kind === 'data') body.push({ kind: 'text', text: token.value, line: token.line })
      else if (token.kind === 'variable_begin') {
        body.push({ kind: 'print', value: this.#expressions.tuple(), line: token.line })
        stream.expect('variable_end')
      } else if (token.kind === 'block_begin') {
        if (stream.is('name', ...ends) && ends.length) break
        body.push(this.#statement())
        stream.expect('block_end')
      } else throw stream.fail(`unexpected '${tokenText(token)}'`, token.line)
    }
    this.#wanted.pop()
    return body
  }

  #unended() {
    const wanted = this.#wanted.at(-1)!.map(name => `'${name}'`)
    const tag = this.#open.at(-1)
    const looking = `Jinja was looking for the following tags: ${wanted.join(' or ')}.`
    const innermost = tag ? ` The innermost block that needs to be closed is '${tag}'.` : ''
    return this.#stream.fail(`Unexpected end of template. ${looking}${innermost}`)
  }

  #unknown(token: Token) {
    const wanted = this.#wanted.findLast(ends => ends.length)
    const known = this.#wanted.some(ends => ends.includes(token.value))
    const looking = wanted
      ? ` Jinja was looking for the following tags: ${wanted.map(name => `'${name}'`).join(' or ')}.`
      : ''
    const innermost = this.#open.length ? ` The innermost block that needs to be closed is '${this.#open.at(-1)}'.` : ''
    const mistake = known ? ' You probably made a nesting mistake.' : ''
    const what =
      known || token.value.startsWith('end') || ['else', 'elif'].includes(token.value)
        ? `Encountered unknown tag '${token.value}'.`
        : `Encountered unknown tag '${token.value}'.`
    return this.#stream.fail(`${what}${mistake}${looking}${innermost}`, token.line)
  }

  /** The body of a tag, whose own end was not yet read, up to the tag that ends it, which is taken. */
  #body(...ends: readonly string[]): Statement[] {
    this.#stream.take('operator', ':')
    this.#stream.expect('block_end')
    return this.statements(ends)
  }

  /** A whole body up to its only end. */
  #whole(end: string): Statement[] {
    const body = this.#body(end)
    this.#stream.next()
    return body
  }

  #statement(): Statement {
    const stream = this.#stream
    const token = stream.current
    if (token.kind !== 'name') throw stream.fail('tag name expected')
    const { line } = stream.next()
    const parse = this.#tags[token.value]
    if (!parse || !Object.hasOwn(this.#tags, token.value)) throw this.#unknown(token)
    this.#open.push(token.value)
    const statement = parse(line, token)
    this.#open.pop()
    return statement
  }

  readonly #tags: Readonly<Record<string, (line: number, token: Token) => Statement>> = {
    if: line => this.#if(line),
    for: line => this.#for(line),
    set: line => this.#set(line),
    with: line => this.#with(line),
    macro: line => this.#macro(line),
    call: line => this.#callBlock(line),
    filter: line => {
      const filter = this.#expressions.filter(null, true)
      return { kind: 'filterBlock', filter, body: this.#whole('endfilter'), line }
    },
    autoescape: line => {
      const value = this.#expressions.expression()
      return { kind: 'autoescape', value, body: this.#whole('endautoescape'), line }
    },
    block: line => this.#block(line),
    extends: line => ({ kind: 'extends', template: this.#expressions.expression(), line }),
    include: line => this.#include(line),
    import: line => {
      const template = this.#expressions.expression()
      this.#stream.expect('name', 'as')
      const as = this.#targetName()
      return { kind: 'import', template, as, withContext: this.#contextSign() ?? false, line }
    },
    from: line => this.#from(line),
    print: line => {
      const items = [this.#expressions.expression()]
      while (this.#stream.take('operator', ',')) items.push(this.#expressions.expression())
      return { kind: 'print', value: items.length === 1 ? items[0]! : { kind: 'concat', items, line }, line }
    },
    do: (line, token) => {
      if (!this.#extensions.has('do')) throw this.#unknown(token)
      return { kind: 'do', value: this.#expressions.tuple(), line }
    },
    break: (line, token) => this.#jump('break', line, token),
    continue: (line, token) => this.#jump('continue', line, token),
    debug: (line, token) => {
      if (!this.#extensions.has('debug')) throw this.#unknown(token)
      return { kind: 'debug', line }
    },
  }

  #jump(kind: 'break' | 'continue', line: number, token: Token): Statement {
    if (!this.#extensions.has('loopcontrols')) throw this.#unknown(token)
    if (!this.#loops) throw this.#stream.fail(`'${kind}' outside loop`, line)
    return { kind, line }
  }

  #if(line: number): Statement {
    const branches: [Expression, Statements][] = []
    let otherwise: Statements = []
    for (;;) {
      const test = this.#expressions.tuple(false)
      branches.push([test, this.#body('elif', 'else', 'endif')])
      const tag = this.#stream.next().value
      if (tag === 'elif') continue
      if (tag === 'else') otherwise = this.#whole('endif')
      return { kind: 'if', branches, otherwise, line }
    }
  }

  #for(line: number): Statement {
    const stream = this.#stream
    const target = this.#targets(() => stream.is('name', 'in'))
    stream.expect('name', 'in')
    const items = this.#expressions.tuple(false, () => stream.is('name', 'recursive'))
    const filter = stream.take('name', 'if') ? this.#expressions.expression() : null
    const recursive = stream.take('name', 'recursive') !== null
    this.#loops++
    const body = this.#body('endfor', 'else')
    this.#loops--
    const otherwise = stream.next().value === 'else' ? this.#whole('endfor') : []
    return { kind: 'for', target, items, filter, recursive, body, otherwise, line }
  }

  #set(line: number): Statement {
    const stream = this.#stream
    const target = this.#targets(() => stream.is('operator', '='), true)
    if (stream.take('operator', '=')) return { kind: 'set', target, value: this.#expressions.tuple(), line }
    const filter = stream.take('operator', '|') ? this.#expressions.filter(null, true) : null
    return { kind: 'setBlock', target, filter, body: this.#whole('endset'), line }
  }

  #with(line: number): Statement {
    const stream = this.#stream
    const values: [Target, Expression][] = []
    while (!stream.is('block_end')) {
      if (values.length) stream.expect('operator', ',')
      const target = this.#target()
      stream.expect('operator', '=')
      values.push([target, this.#expressions.expression()])
    }
    return { kind: 'with', values, body: this.#whole('endwith'), line }
  }

  #targetName(): string {
    const token = this.#stream.expect('name')
    if (['true', 'false', 'none', 'True', 'False', 'None'].includes(token.value))
      throw this.#stream.fail(`can't assign to '${token.value}'`, token.line)
    return token.value
  }

  /** One target, or several with commas between. */
  #targets(ends: () => boolean, members = false): Target {
    const first = this.#target(members)
    if (!this.#stream.is('operator', ',')) return first
    const items = [first]
    while (this.#stream.take('operator', ',')) {
      if (ends()) break
      items.push(this.#target(members))
    }
    return { kind: 'tuple', items }
  }

  #target(members = false): Target {
    const stream = this.#stream
    if (stream.take('operator', '(')) {
      const inner = this.#targets(() => stream.is('operator', ')'), members)
      stream.expect('operator', ')')
      return inner
    }
    const { line } = stream.current
    if (!stream.is('name')) throw stream.fail(`can't assign to '${tokenText(stream.current)}'`)
    const name = this.#targetName()
    if (!members || !stream.take('operator', '.')) return { kind: 'name', name }
    for (const names of this.#expressions.mentioned) names.add(name)
    return { kind: 'member', of: name, name: stream.expect('name').value, line }
  }

  #signature(): { parameters: string[]; defaults: Expression[] } {
    const stream = this.#stream
    const parameters: string[] = []
    const defaults: Expression[] = []
    stream.expect('operator', '(')
    while (!stream.is('operator', ')')) {
      if (parameters.length) stream.expect('operator', ',')
      parameters.push(this.#targetName())
      if (stream.take('operator', '=')) defaults.push(this.#expressions.expression())
      else if (defaults.length) throw stream.fail('non-default argument follows default argument')
    }
    stream.expect('operator', ')')
    return { parameters, defaults }
  }

  #macroBody(
    name: string | null,
    signature: { parameters: string[]; defaults: Expression[] },
    end: string,
    line: number,
  ): MacroSpec {
    const names = new Set<string>()
    this.#expressions.mentioned.push(names)
    const body = this.#whole(end)
    this.#expressions.mentioned.pop()
    const uses = (special: string): boolean => names.has(special) && !signature.parameters.includes(special)
    const caller = names.has('caller')
    return { name, ...signature, body, varargs: uses('varargs'), kwargs: uses('kwargs'), caller, line }
  }

  #macro(line: number): Statement {
    const name = this.#targetName()
    return { kind: 'macro', macro: this.#macroBody(name, this.#signature(), 'endmacro', line), line }
  }

  #callBlock(line: number): Statement {
    const stream = this.#stream
    const signature = stream.is('operator', '(') ? this.#signature() : { parameters: [], defaults: [] }
    const call = this.#expressions.expression()
    if (call.kind !== 'call') throw stream.fail('expected call', line)
    return { kind: 'callBlock', call, caller: this.#macroBody(null, signature, 'endcall', line), line }
  }

  #block(line: number): Statement {
    const stream = this.#stream
    const name = stream.expect('name').value
    const scoped = stream.take('name', 'scoped') !== null
    const required = stream.take('name', 'required') !== null
    if (this.blocks.has(name)) throw new TemplateError('TemplateAssertionError', `block '${name}' defined twice`, line)
    if (stream.is('operator', '-'))
      throw stream.fail(
        'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
      )
    this.blocks.set(name, { name, body: [], scoped, required, line })
    const body = this.#whole('endblock')
    if (required && body.some(part => part.kind !== 'text' || part.text.trim()))
      throw stream.fail('Required blocks can only contain comments or whitespace', line)
    stream.take('name', name)
    const block: BlockSpec = { name, body, scoped, required, line }
    this.blocks.set(name, block)
    return { kind: 'block', block, line }
  }

  /** `with context` or `without context`; null if neither is there. */
  #contextSign(): boolean | null {
    const stream = this.#stream
    const follows = stream.ahead.kind === 'name' && stream.ahead.value === 'context'
    if (!stream.is('name', 'with', 'without') || !follows) return null
    const sign = stream.next().value === 'with'
    stream.next()
    return sign
  }

  #include(line: number): Statement {
    const stream = this.#stream
    const template = this.#expressions.expression()
    let ignoreMissing = false
    if (stream.is('name', 'ignore') && stream.ahead.value === 'missing') {
      stream.next()
      stream.next()
      ignoreMissing = true
    }
    return { kind: 'include', template, ignoreMissing, withContext: this.#contextSign() ?? true, line }
  }

  #from(line: number): Statement {
    const stream = this.#stream
    const template = this.#expressions.expression()
    stream.expect('name', 'import')
    const names: [string, string][] = []
    let withContext: boolean | null = null
    for (;;) {
      withContext = this.#contextSign()
      if (withContext !== null || stream.is('block_end')) break
      const name = this.#targetName()
      if (name.startsWith('_'))
        throw new TemplateError('TemplateAssertionError', 'names starting with an underline can not be imported', line)
      names.push([name, stream.take('name', 'as') ? this.#targetName() : name])
      if (stream.take('operator', ',')) continue
      withContext = this.#contextSign()
      break
    }
    if (!names.length) throw stream.fail(`expected token 'name', got '${tokenText(stream.current)}'`)
    return { kind: 'from', template, names, withContext: withContext ?? false, line }
  }
}
