import type { UndefinedKind } from './values.ts'

/** How the source is written and how it prints; names are those of Jinja2's environment. */
export interface Syntax {
  readonly block_start_string: string
  readonly block_end_string: string
  readonly variable_start_string: string
  readonly variable_end_string: string
  readonly comment_start_string: string
  readonly comment_end_string: string
  readonly line_statement_prefix: string | null
  readonly line_comment_prefix: string | null
  readonly trim_blocks: boolean
  readonly lstrip_blocks: boolean
  readonly newline_sequence: string
  readonly keep_trailing_newline: boolean
  readonly autoescape: boolean
  readonly undefined: UndefinedKind
}

/** Jinja2's own. */
export const defaultSyntax: Syntax = {
  block_start_string: '{%',
  block_end_string: '%}',
  variable_start_string: '{{',
  variable_end_string: '}}',
  comment_start_string: '{#',
  comment_end_string: '#}',
  line_statement_prefix: null,
  line_comment_prefix: null,
  trim_blocks: false,
  lstrip_blocks: false,
  newline_sequence: '\n',
  keep_trailing_newline: false,
  autoescape: false,
  undefined: 'default',
}
