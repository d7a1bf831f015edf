import { Environment, type TemplateError, type EnvironmentOptions, type UndefinedKind } from '@demarc/jinja'

/** What a template is, apart from what it is rendered with. */
export interface TemplateSource {
  readonly code: string
  /** Parameters of Jinja2's environment. */
  readonly parameters: Readonly<Record<string, unknown>> | null
  /** Its path among the files that it may include, if it came from one. */
  readonly name: string | null
  /** The text of another file of the same data source. */
  readonly load?: (name: string) => Promise<string | null>
  /** Says more about errors, and knows `{% debug %}`. */
  readonly debug?: boolean
}

const texts = [
  'block_start_string',
  'block_end_string',
  'variable_start_string',
  'variable_end_string',
  'comment_start_string',
  'comment_end_string',
  'line_statement_prefix',
  'line_comment_prefix',
  'newline_sequence',
] as const
const switches = ['trim_blocks', 'lstrip_blocks', 'keep_trailing_newline', 'autoescape'] as const

const undefinedKinds: Readonly<Record<string, UndefinedKind>> = {
  'jinja2.Undefined': 'default',
  'jinja2.ChainableUndefined': 'chainable',
  'jinja2.DebugUndefined': 'debug',
  'jinja2.StrictUndefined': 'strict',
}

/** The parameters that matter here, of those that a template may have. */
function optionsOf(parameters: TemplateSource['parameters']): EnvironmentOptions {
  const given = parameters ?? {}
  const options: Record<string, unknown> = {}
  for (const name of texts) if (typeof given[name] === 'string' && given[name]) options[name] = given[name]
  for (const name of switches) if (name in given) options[name] = Boolean(given[name])
  const kind = undefinedKinds[String(given['undefined'])]
  if (kind) options['undefined'] = kind
  return options
}

/** Whether a name fits one of several patterns with `*` and `?`. */
const fits = (name: string, patterns: readonly unknown[]): boolean =>
  patterns.some(pattern => {
    if (typeof pattern !== 'string') return false
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
    return new RegExp(`^${escaped}$`).test(name)
  })

/** Renders a template in a sandbox. Throws a TemplateError. */
export async function renderTemplate(
  source: TemplateSource,
  context: Readonly<Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>>,
  filters: Readonly<Record<string, (value: unknown) => unknown>> = {},
): Promise<string> {
  const shown = settings['JINJA_ENVIRONMENT_PARAMS']
  const patterns: readonly unknown[] = Array.isArray(shown) ? shown : []
  const environment = new Environment({
    ...optionsOf(source.parameters),
    extensions: source.debug ? ['do', 'loopcontrols', 'debug'] : ['do', 'loopcontrols'],
    filters: {
      env: (name: unknown) => (typeof name === 'string' && fits(name, patterns) ? (process.env[name] ?? null) : null),
      ...filters,
    },
    loader: async name => (source.load ? source.load(name) : null),
  })
  return (await environment.render(source.code, context, source.name)).replaceAll('\r\n', '\n')
}

/** What went wrong, as clients are told: `UndefinedError: 'x' is undefined`, and where, if the error is in the source. */
export function explain(error: TemplateError, source: TemplateSource): string {
  const first = `${error.type}: ${error.message}`
  if (error.line === null || (error.type !== 'TemplateSyntaxError' && !source.debug)) return first
  const file = error.template === null ? '' : `File "${error.template}", `
  const line = error.template === source.name ? source.code.split(/\r\n|\r|\n/)[error.line - 1]?.trim() : undefined
  return `${first}\n  ${file}line ${error.line}${line ? `\n    ${line}` : ''}`
}
