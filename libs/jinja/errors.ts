/** What went wrong in a template. `type` is what Python calls it: `TemplateSyntaxError`, `UndefinedError`, `TypeError` … */
export class TemplateError extends Error {
  readonly type: string
  /** Line of the source, counted from 1, where it is known. */
  line: number | null
  /** Name of the template, where it has one. */
  template: string | null

  constructor(type: string, message: string, line: number | null = null, template: string | null = null) {
    super(message)
    this.name = type
    this.type = type
    this.line = line
    this.template = template
  }
}

/** The source cannot be read. */
export const syntaxError = (message: string, line: number): TemplateError =>
  new TemplateError('TemplateSyntaxError', message, line)

/** A value has the wrong type for what is asked of it. */
export const typeError = (message: string): TemplateError => new TemplateError('TypeError', message)

/** A value has the right type but not a usable value. */
export const valueError = (message: string): TemplateError => new TemplateError('ValueError', message)

/** Adds line and template to an error that has none yet. */
export function located(error: unknown, line: number, template: string | null): unknown {
  if (error instanceof TemplateError) {
    error.line ??= line
    error.template ??= template
  }
  return error
}
