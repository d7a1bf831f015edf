import type { Rules } from '@demarc/engine/model'

/** Parameters of Jinja's environment that a template may set. */
const permitted = new Set([
  'auto_reload',
  'autoescape',
  'block_end_string',
  'block_start_string',
  'cache_size',
  'comment_end_string',
  'comment_start_string',
  'enable_async',
  'keep_trailing_newline',
  'line_comment_prefix',
  'line_statement_prefix',
  'lstrip_blocks',
  'newline_sequence',
  'optimized',
  'trim_blocks',
  'undefined',
  'variable_end_string',
  'variable_start_string',
])

/** What a template may do about names that stand for nothing. */
const undefinedKinds = ['Undefined', 'ChainableUndefined', 'DebugUndefined', 'StrictUndefined'].map(
  kind => `jinja2.${kind}`,
)

/** The rules of what is rendered from a template. */
export const rendered: NonNullable<Rules['check']> = {
  'only parameters of the environment that do no harm are set': ({ row, changed, fail }) => {
    const parameters = row['environment_params']
    if (parameters === null || !changed('environment_params')) return
    if (typeof parameters !== 'object' || Array.isArray(parameters)) {
      fail('environment_params', 'Environment parameters must be an object.')
      return
    }
    for (const [name, value] of Object.entries(parameters as Record<string, unknown>)) {
      if (name === 'finalize')
        fail('environment_params', 'The "finalize" parameter is deprecated and can no longer be set.')
      else if (!permitted.has(name))
        fail('environment_params', `"${name}" is not a permitted Jinja2 environment parameter.`)
      else if (name === 'undefined' && !undefinedKinds.includes(String(value)))
        fail(
          'environment_params',
          `Invalid value "${String(value)}" for parameter "undefined". Allowed values are: ${undefinedKinds.join(', ')}.`,
        )
    }
  },
}
