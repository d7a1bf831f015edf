import type { Arguments, BinaryOperator, CompareOperator, Expression } from './nodes.ts'
import { tokenText, type TokenStream } from './stream.ts'
import { float } from './values.ts'

const compareOperators = ['==', '!=', '<', '<=', '>', '>='] as const
const constants: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
}
const deepest = 200

/** Reads expressions from tokens. */
export class ExpressionParser {
  readonly stream: TokenStream
  /** For each macro that is being read: the names it mentions. */
  readonly mentioned: Set<string>[] = []
  #depth = 0

  constructor(stream: TokenStream) {
    this.stream = stream
  }

  expression(withCondition = true): Expression {
    if (++this.#depth > deepest) throw this.stream.fail('too many nested expressions')
    const parsed = withCondition ? this.#condition() : this.#or()
    this.#depth--
    return parsed
  }

  /** An expression, or several with commas between, which make a tuple. */
  tuple(withCondition = true, ends: (stream: TokenStream) => boolean = () => false, explicit = false): Expression {
    const { stream } = this
    const line = stream.current.line
    const items: Expression[] = []
    let isTuple = false
    for (;;) {
      if (items.length && !isTuple) break
      if (stream.is('variable_end') || stream.is('block_end') || stream.is('operator', ')') || ends(stream)) break
      items.push(this.expression(withCondition))
      if (!stream.take('operator', ',')) break
      isTuple = true
      while (!stream.is('variable_end') && !stream.is('block_end') && !stream.is('operator', ')') && !ends(stream)) {
        items.push(this.expression(withCondition))
        if (!stream.take('operator', ',')) break
      }
      break
    }
    if (!isTuple) {
      if (items.length) return items[0]!
      if (!explicit) throw stream.fail(`Expected an expression, got '${tokenText(stream.current)}'`)
    }
    return { kind: 'tuple', items, line }
  }

  #condition(): Expression {
    const { stream } = this
    let parsed = this.#or()
    while (stream.is('name', 'if')) {
      const { line } = stream.next()
      const test = this.#or()
      const otherwise = stream.take('name', 'else') ? this.expression() : null
      parsed = { kind: 'condition', test, value: parsed, otherwise, line }
    }
    return parsed
  }

  #or(): Expression {
    let left = this.#and()
    for (let token = this.stream.take('name', 'or'); token; token = this.stream.take('name', 'or'))
      left = { kind: 'or', left, right: this.#and(), line: token.line }
    return left
  }

  #and(): Expression {
    let left = this.#not()
    for (let token = this.stream.take('name', 'and'); token; token = this.stream.take('name', 'and'))
      left = { kind: 'and', left, right: this.#not(), line: token.line }
    return left
  }

  #not(): Expression {
    const token = this.stream.take('name', 'not')
    if (!token) return this.#compare()
    return { kind: 'not', of: this.#nested(() => this.#not()), line: token.line }
  }

  #nested(parse: () => Expression): Expression {
    if (++this.#depth > deepest) throw this.stream.fail('too many nested expressions')
    const parsed = parse()
    this.#depth--
    return parsed
  }

  #compare(): Expression {
    const { stream } = this
    const { line } = stream.current
    const first = this.#sum()
    const rest: [CompareOperator, Expression][] = []
    for (;;) {
      const operator = stream.take('operator', ...compareOperators)
      if (operator) rest.push([operator.value as CompareOperator, this.#sum()])
      else if (stream.take('name', 'in')) rest.push(['in', this.#sum()])
      else if (stream.is('name', 'not') && stream.ahead.kind === 'name' && stream.ahead.value === 'in') {
        stream.next()
        stream.next()
        rest.push(['not in', this.#sum()])
      } else break
    }
    return rest.length ? { kind: 'compare', first, rest, line } : first
  }

  #binary(operators: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand()
    for (
      let token = this.stream.take('operator', ...operators);
      token;
      token = this.stream.take('operator', ...operators)
    )
      left = { kind: 'binary', operator: token.value as BinaryOperator, left, right: operand(), line: token.line }
    return left
  }

  #sum(): Expression {
    return this.#binary(['+', '-'], () => this.#concat())
  }

  #concat(): Expression {
    const { line } = this.stream.current
    const items = [this.#product()]
    while (this.stream.take('operator', '~')) items.push(this.#product())
    return items.length === 1 ? items[0]! : { kind: 'concat', items, line }
  }

  #product(): Expression {
    return this.#binary(['*', '/', '//', '%'], () => this.#power())
  }

  #power(): Expression {
    return this.#binary(['**'], () => this.#unary())
  }

  #unary(withFilter = true): Expression {
    const { stream } = this
    const sign = stream.take('operator', '-', '+')
    let parsed: Expression
    if (sign) {
      const of = this.#nested(() => this.#unary(false))
      parsed = { kind: sign.value === '-' ? 'negative' : 'positive', of, line: sign.line }
    } else parsed = this.#primary()
    parsed = this.#postfix(parsed)
    return withFilter ? this.#filtersAndTests(parsed) : parsed
  }

  #primary(): Expression {
    const { stream } = this
    const token = stream.current
    const { line, value } = token
    if (token.kind === 'name') {
      stream.next()
      if (Object.hasOwn(constants, value)) return { kind: 'constant', value: constants[value], line }
      for (const names of this.mentioned) names.add(value)
      return { kind: 'name', name: value, line }
    }
    if (token.kind === 'string') {
      let text = ''
      while (stream.is('string')) text += stream.next().value
      return { kind: 'constant', value: text, line }
    }
    if (token.kind === 'integer') {
      stream.next()
      const exact = BigInt(value.replaceAll('_', ''))
      return { kind: 'constant', value: Number.isSafeInteger(Number(exact)) ? Number(exact) : exact, line }
    }
    if (token.kind === 'float') {
      stream.next()
      return { kind: 'constant', value: float(Number(value.replaceAll('_', ''))), line }
    }
    if (stream.take('operator', '(')) {
      const parsed = this.tuple(true, () => false, true)
      stream.expect('operator', ')')
      return parsed
    }
    if (stream.take('operator', '[')) return this.#list(line)
    if (stream.take('operator', '{')) return this.#dict(line)
    throw stream.fail(`unexpected '${tokenText(token)}'`)
  }

  #list(line: number): Expression {
    const items: Expression[] = []
    while (!this.stream.is('operator', ']')) {
      if (items.length) this.stream.expect('operator', ',')
      if (this.stream.is('operator', ']')) break
      items.push(this.expression())
    }
    this.stream.expect('operator', ']')
    return { kind: 'list', items, line }
  }

  #dict(line: number): Expression {
    const entries: [Expression, Expression][] = []
    while (!this.stream.is('operator', '}')) {
      if (entries.length) this.stream.expect('operator', ',')
      if (this.stream.is('operator', '}')) break
      const key = this.expression()
      this.stream.expect('operator', ':')
      entries.push([key, this.expression()])
    }
    this.stream.expect('operator', '}')
    return { kind: 'dict', entries, line }
  }

  #postfix(start: Expression): Expression {
    let parsed = start
    for (;;) {
      if (this.stream.is('operator', '.', '[')) parsed = this.#subscript(parsed)
      else if (this.stream.is('operator', '(')) parsed = this.#call(parsed)
      else return parsed
    }
  }

  #filtersAndTests(start: Expression): Expression {
    let parsed = start
    for (;;) {
      if (this.stream.take('operator', '|')) parsed = this.filter(parsed)
      else if (this.stream.is('name', 'is')) parsed = this.#test(parsed)
      else if (this.stream.is('operator', '(')) parsed = this.#call(parsed)
      else return parsed
    }
  }

  #subscript(of: Expression): Expression {
    const { stream } = this
    const { value, line } = stream.next()
    if (value === '.') {
      const token = stream.next()
      if (token.kind === 'name') return { kind: 'attribute', of, name: token.value, line }
      if (token.kind !== 'integer') throw stream.fail('expected name or number', token.line)
      return { kind: 'item', of, key: { kind: 'constant', value: Number(token.value), line }, line }
    }
    const keys: Expression[] = []
    let commas = 0
    while (!stream.is('operator', ']')) {
      if (keys.length) {
        stream.expect('operator', ',')
        commas++
        if (stream.is('operator', ']')) break
      }
      keys.push(this.#key())
    }
    stream.expect('operator', ']')
    return { kind: 'item', of, key: commas || !keys.length ? { kind: 'tuple', items: keys, line } : keys[0]!, line }
  }

  #key(): Expression {
    const { stream } = this
    const { line } = stream.current
    const part = (): Expression | null => (stream.is('operator', ':', ']', ',') ? null : this.expression())
    const from = part()
    if (!stream.take('operator', ':')) {
      if (!from) throw stream.fail(`unexpected '${tokenText(stream.current)}'`)
      return from
    }
    const to = part()
    const step = stream.take('operator', ':') ? part() : null
    return { kind: 'slice', from, to, step, line }
  }

  #call(callee: Expression): Expression {
    const { line } = this.stream.current
    return { kind: 'call', callee, args: this.arguments(), line }
  }

  /** Arguments in parentheses. */
  arguments(): Arguments {
    const { stream } = this
    const opening = stream.expect('operator', '(')
    const positional: Expression[] = []
    const named: [string, Expression][] = []
    let spread: Expression | null = null
    let spreadNamed: Expression | null = null
    const ensure = (holds: boolean): void => {
      if (!holds) throw stream.fail('invalid syntax for function call expression', opening.line)
    }
    for (let first = true; !stream.is('operator', ')'); first = false) {
      if (!first) {
        stream.expect('operator', ',')
        if (stream.is('operator', ')')) break
      }
      if (stream.take('operator', '*')) {
        ensure(!spread && !spreadNamed)
        spread = this.expression()
      } else if (stream.take('operator', '**')) {
        ensure(!spreadNamed)
        spreadNamed = this.expression()
      } else if (stream.is('name') && stream.ahead.kind === 'operator' && stream.ahead.value === '=') {
        ensure(!spreadNamed)
        const name = stream.next().value
        stream.next()
        named.push([name, this.expression()])
      } else {
        ensure(!spread && !spreadNamed && !named.length)
        positional.push(this.expression())
      }
    }
    stream.expect('operator', ')')
    return { positional, named, spread, spreadNamed }
  }

  /** A filter's name and arguments, after its `|`; further ones if `chain`. */
  filter(of: Expression | null, chain = false): Expression {
    const { stream } = this
    const { line } = stream.current
    let name = stream.expect('name').value
    while (stream.take('operator', '.')) name += `.${stream.expect('name').value}`
    const args = stream.is('operator', '(') ? this.arguments() : none
    const parsed: Expression = { kind: 'filter', of, name, args, line }
    return chain && stream.take('operator', '|') ? this.filter(parsed, true) : parsed
  }

  #test(of: Expression): Expression {
    const { stream } = this
    const { line } = stream.next()
    const negated = stream.take('name', 'not') !== null
    let name = stream.expect('name').value
    while (stream.take('operator', '.')) name += `.${stream.expect('name').value}`
    let args = none
    if (stream.is('operator', '(')) args = this.arguments()
    else if (this.#testArgumentFollows()) {
      if (stream.is('name', 'is')) throw stream.fail('You cannot chain multiple tests with is')
      args = { ...none, positional: [this.#postfix(this.#primary())] }
    }
    const test: Expression = { kind: 'test', of, name, args, line }
    return negated ? { kind: 'not', of: test, line } : test
  }

  #testArgumentFollows(): boolean {
    const { stream } = this
    if (stream.is('name')) return !stream.is('name', 'else', 'or', 'and')
    return stream.is('string') || stream.is('integer') || stream.is('float') || stream.is('operator', '(', '[', '{')
  }
}

const none: Arguments = { positional: [], named: [], spread: null, spreadNamed: null }
