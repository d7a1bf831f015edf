/** A parsed expression. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: unknown; readonly line: number }
  | { readonly kind: 'name'; readonly name: string; readonly line: number }
  | { readonly kind: 'list' | 'tuple'; readonly items: readonly Expression[]; readonly line: number }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[]; readonly line: number }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string; readonly line: number }
  | { readonly kind: 'item'; readonly of: Expression; readonly key: Expression; readonly line: number }
  | {
      readonly kind: 'slice'
      readonly from: Expression | null
      readonly to: Expression | null
      readonly step: Expression | null
      readonly line: number
    }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: Arguments; readonly line: number }
  | {
      readonly kind: 'filter'
      /** Null: the text of the block that the filter stands at. */
      readonly of: Expression | null
      readonly name: string
      readonly args: Arguments
      readonly line: number
    }
  | {
      readonly kind: 'test'
      readonly of: Expression
      readonly name: string
      readonly args: Arguments
      readonly line: number
    }
  | { readonly kind: 'not' | 'negative' | 'positive'; readonly of: Expression; readonly line: number }
  | {
      readonly kind: 'and' | 'or'
      readonly left: Expression
      readonly right: Expression
      readonly line: number
    }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly line: number
    }
  | { readonly kind: 'concat'; readonly items: readonly Expression[]; readonly line: number }
  | {
      readonly kind: 'compare'
      readonly first: Expression
      readonly rest: readonly (readonly [CompareOperator, Expression])[]
      readonly line: number
    }
  | {
      readonly kind: 'condition'
      readonly test: Expression
      readonly value: Expression
      readonly otherwise: Expression | null
      readonly line: number
    }

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'

export interface Arguments {
  readonly positional: readonly Expression[]
  readonly named: readonly (readonly [string, Expression])[]
  readonly spread: Expression | null
  readonly spreadNamed: Expression | null
}

/** What is assigned to. */
export type Target =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: string; readonly name: string; readonly line: number }
  | { readonly kind: 'tuple'; readonly items: readonly Target[] }

export interface MacroSpec {
  readonly name: string | null
  readonly parameters: readonly string[]
  /** Defaults of the last parameters. */
  readonly defaults: readonly Expression[]
  readonly body: readonly Statement[]
  readonly varargs: boolean
  readonly kwargs: boolean
  readonly caller: boolean
  readonly line: number
}

export interface BlockSpec {
  readonly name: string
  readonly body: readonly Statement[]
  readonly scoped: boolean
  readonly required: boolean
  readonly line: number
}

/** A parsed statement. */
export type Statement =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'print'; readonly value: Expression; readonly line: number }
  | { readonly kind: 'do'; readonly value: Expression; readonly line: number }
  | { readonly kind: 'break' | 'continue' | 'debug'; readonly line: number }
  | {
      readonly kind: 'if'
      readonly branches: readonly (readonly [Expression, readonly Statement[]])[]
      readonly otherwise: readonly Statement[]
      readonly line: number
    }
  | {
      readonly kind: 'for'
      readonly target: Target
      readonly items: Expression
      readonly filter: Expression | null
      readonly recursive: boolean
      readonly body: readonly Statement[]
      readonly otherwise: readonly Statement[]
      readonly line: number
    }
  | { readonly kind: 'set'; readonly target: Target; readonly value: Expression; readonly line: number }
  | {
      readonly kind: 'setBlock'
      readonly target: Target
      readonly filter: Expression | null
      readonly body: readonly Statement[]
      readonly line: number
    }
  | {
      readonly kind: 'with'
      readonly values: readonly (readonly [Target, Expression])[]
      readonly body: readonly Statement[]
      readonly line: number
    }
  | { readonly kind: 'macro'; readonly macro: MacroSpec; readonly line: number }
  | { readonly kind: 'callBlock'; readonly call: Expression; readonly caller: MacroSpec; readonly line: number }
  | {
      readonly kind: 'filterBlock'
      readonly filter: Expression
      readonly body: readonly Statement[]
      readonly line: number
    }
  | {
      readonly kind: 'autoescape'
      readonly value: Expression
      readonly body: readonly Statement[]
      readonly line: number
    }
  | { readonly kind: 'block'; readonly block: BlockSpec; readonly line: number }
  | { readonly kind: 'extends'; readonly template: Expression; readonly line: number }
  | {
      readonly kind: 'include'
      readonly template: Expression
      readonly ignoreMissing: boolean
      readonly withContext: boolean
      readonly line: number
    }
  | {
      readonly kind: 'import'
      readonly template: Expression
      readonly as: string
      readonly withContext: boolean
      readonly line: number
    }
  | {
      readonly kind: 'from'
      readonly template: Expression
      readonly names: readonly (readonly [name: string, as: string])[]
      readonly withContext: boolean
      readonly line: number
    }

/** A parsed template. */
export interface TemplateNode {
  readonly body: readonly Statement[]
  /** Its blocks by name, the nested ones too. */
  readonly blocks: ReadonlyMap<string, BlockSpec>
}
