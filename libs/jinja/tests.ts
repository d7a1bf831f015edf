import { bind, type Args, type Parameters } from './args.ts'
import { compare, equals, includes, numeric } from './operators.ts'
import { textNow } from './printing.ts'
import type { FilterCall } from './filters/filter.ts'
import { typeError } from './errors.ts'
import {
  Callable,
  Exposed,
  Float,
  isInteger,
  isMapping,
  isNumber,
  isText,
  Markup,
  typeName,
  Undefined,
} from './values.ts'
import { textMethods } from './methods/text.ts'
import { noArgs } from './args.ts'

/** What stands behind `is`. */
export type Test = (value: any, args: Args, call: FilterCall) => boolean | Promise<boolean>

/** The environment's own names, which two tests ask for. */
export interface Known {
  readonly filters: ReadonlyMap<string, unknown>
  readonly tests: ReadonlyMap<string, unknown>
}

const one = (name: string, parameters: Parameters, run: (value: any, ...values: any[]) => boolean | Promise<boolean>) =>
  [name, (value: unknown, args: Args) => run(value, ...bind(name, parameters, args))] as const

const other: Parameters = ['other']

function remainder(value: unknown, by: unknown): number {
  if (value instanceof Undefined) throw value.error()
  const [a, b] = [numeric(value), numeric(by)]
  if (a === null || b === null)
    throw typeError(
      isText(value)
        ? 'not all arguments converted during string formatting'
        : `unsupported operand type(s) for %: '${typeName(value)}' and '${typeName(by)}'`,
    )
  return ((a % b) + b) % b
}

const iterable = (value: unknown): boolean =>
  Array.isArray(value) ||
  isText(value) ||
  isMapping(value) ||
  value instanceof Undefined ||
  (value instanceof Exposed && value.items() !== null)

/** The tests of the language. */
export function builtinTests(known: Known): Map<string, Test> {
  const comparison = (name: string, operator: '==' | '!=' | '<' | '<=' | '>' | '>=') =>
    one(name, other, (value, wanted) => compare(operator, value, wanted))
  const cased = (name: 'islower' | 'isupper') => (value: unknown) =>
    Boolean(textMethods[name]!(textNow(value), noArgs, {} as never))
  return new Map<string, Test>([
    one('defined', [], value => !(value instanceof Undefined)),
    one('undefined', [], value => value instanceof Undefined),
    one('none', [], value => value === null || value === undefined),
    one('boolean', [], value => typeof value === 'boolean'),
    one('true', [], value => value === true),
    one('false', [], value => value === false),
    one('integer', [], value => isInteger(value)),
    one('float', [], value => isNumber(value) && !isInteger(value)),
    one('number', [], value => isNumber(value) || typeof value === 'boolean'),
    one('string', [], value => isText(value)),
    one('mapping', [], value => isMapping(value)),
    one(
      'sequence',
      [],
      value => Array.isArray(value) || isText(value) || isMapping(value) || value instanceof Undefined,
    ),
    one('iterable', [], iterable),
    one('callable', [], value => value instanceof Callable || (value instanceof Exposed && value.callable)),
    one('escaped', [], value => value instanceof Markup),
    one('lower', [], cased('islower')),
    one('upper', [], cased('isupper')),
    one('odd', [], value => remainder(value, 2) === 1),
    one('even', [], value => remainder(value, 2) === 0),
    one('divisibleby', ['num'], (value, by) => remainder(value, by) === 0),
    one('in', ['seq'], (value, container) => includes(container, value)),
    one(
      'sameas',
      other,
      (value, wanted) =>
        value === wanted || (value instanceof Float && wanted instanceof Float && equals(value, wanted)),
    ),
    one('filter', [], value => known.filters.has(textNow(value))),
    one('test', [], value => known.tests.has(textNow(value))),
    ...(['eq', 'equalto', '=='] as const).map(name => comparison(name, '==')),
    ...(['ne', '!='] as const).map(name => comparison(name, '!=')),
    ...(['lt', 'lessthan', '<'] as const).map(name => comparison(name, '<')),
    ...(['le', '<='] as const).map(name => comparison(name, '<=')),
    ...(['gt', 'greaterthan', '>'] as const).map(name => comparison(name, '>')),
    ...(['ge', '>='] as const).map(name => comparison(name, '>=')),
  ])
}
