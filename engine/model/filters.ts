import { sql, type RawBuilder } from 'kysely'
import type { Match } from '../field/index.ts'
import type { Columns } from './model.ts'

/** A query parameter that a model has besides those of its fields. */
export type FilterSpec = RelatedFilter | FieldFilter | ConditionFilter

/** `region` and `region_id`: rows whose reference at the end of the path is one of the rows named. */
export interface RelatedFilter {
  readonly kind: 'related'
  readonly path: string
  /** The other model's field whose values the parameter without `_id` takes; its key where absent. */
  readonly by?: string
  readonly only?: 'id' | 'key'
  /** For a tree: only the node itself, not what is below it. */
  readonly exact?: boolean
  readonly notNull?: boolean
  /** The last value counts alone. */
  readonly single?: boolean
  readonly label?: string
}

/** A parameter that compares another field, as those of the row itself do. */
export interface FieldFilter {
  readonly kind: 'field'
  readonly path: string
  readonly match?: Match
  readonly single?: boolean
  readonly notNull?: boolean
  readonly ignoreCase?: boolean
  readonly plain?: boolean
  readonly noEmpty?: boolean
  /** The only values it takes, where the field itself takes more. */
  readonly choices?: readonly (string | number)[]
  /** For names of models: the parameter takes their numbers. */
  readonly by?: 'id'
  readonly lookup?: 'gte' | 'lte' | 'isnull' | 'isset'
  readonly label?: string
}

/** A parameter with a condition of its own. */
export interface ConditionFilter {
  readonly kind: 'condition'
  readonly match: Match
  readonly many: boolean
  /** For a parameter that names rows of another model: which, and by what. Unknown ones are refused. */
  readonly to?: string
  readonly by?: string
  readonly choices?: readonly (string | number)[]
  /** The least and the greatest number that it takes. */
  readonly range?: readonly [number, number]
  /** The condition; undefined leaves the parameter without effect. All parameters of the request are at hand. */
  readonly where: (row: Columns, value: any, all: URLSearchParams) => RawBuilder<boolean> | undefined
  readonly label?: string
}

/** `region` and `region_id` by the path of a reference, with all that lies below for a tree. */
export const related = (path: string, options: Omit<RelatedFilter, 'kind' | 'path'> = {}): RelatedFilter => ({
  kind: 'related',
  path,
  ...options,
})

/** A parameter that compares the field at the end of a path. */
export const compare = (path: string, options: Omit<FieldFilter, 'kind' | 'path'> = {}): FieldFilter => ({
  kind: 'field',
  path,
  ...options,
})

/** A yes-or-no parameter. */
export const flag = (where: (row: Columns) => RawBuilder<boolean>, label?: string): ConditionFilter => ({
  kind: 'condition',
  match: 'boolean',
  many: false,
  where: (row, value: boolean) => (value ? where(row) : not(where(row))),
  ...(label && { label }),
})

/** A parameter that takes several values, with a condition of its own on all of them. */
export const anyOf = <V = string>(
  match: Match,
  where: (row: Columns, values: V[], all: URLSearchParams) => RawBuilder<boolean> | undefined,
  options: Partial<Pick<ConditionFilter, 'to' | 'by' | 'choices' | 'label'>> = {},
): ConditionFilter => ({ kind: 'condition', match, many: true, where, ...options })

/** A parameter that takes one value, with a condition of its own. */
export const one = <V = string>(
  match: Match,
  where: (row: Columns, value: V, all: URLSearchParams) => RawBuilder<boolean> | undefined,
  options: Partial<Pick<ConditionFilter, 'to' | 'by' | 'choices' | 'range' | 'label'>> = {},
): ConditionFilter => ({ kind: 'condition', match, many: false, where, ...options })

const not = (condition: RawBuilder<boolean>): RawBuilder<boolean> => sql<boolean>`(${condition}) is not true`
