import { Invalid, type Field, type FieldOptions, type Match, type Nullable, type Widget, type Wire } from './field.ts'

export interface TextOptions extends FieldOptions {
  /** Most characters; without it the text is as long as one likes. */
  readonly max?: number
  /** `natural` sorts eth2 before eth10. */
  readonly collate?: 'natural'
  readonly pattern?: RegExp
  /** Of a slug: letters and digits of any script. */
  readonly unicode?: boolean
  readonly widget?: Widget
  readonly default?: string
}

const string =
  (
    type: string,
    wire: Wire,
    widget: Widget,
    match: Match = 'text',
    max?: number,
    check?: (text: string, options: TextOptions) => string | undefined,
  ) =>
  <const O extends TextOptions>(options: O = {} as O): Field<Nullable<string, O>> & { readonly pattern?: RegExp } => {
    const length = options.max ?? max
    return {
      type,
      options,
      column: {
        type: length ? `character varying(${length})` : 'text',
        ...(options.collate && { collate: 'natural_sort' }),
      },
      match,
      wire,
      widget: options.widget ?? (widget === 'text' && !length ? 'longtext' : widget),
      ...(options.pattern && { pattern: options.pattern }),
      parse: value => parseText(value, options, length, check) as Nullable<string, O>,
    }
  }

/** A text, without the space around it; an empty one only where it may be. */
function parseText(
  value: unknown,
  options: TextOptions,
  max: number | undefined,
  check?: (text: string, options: TextOptions) => string | undefined,
): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') throw new Invalid('Not a valid string.')
  const text = String(value).trim()
  if (text === '') {
    if (options.nullable) return options.unique ? null : ''
    if (!options.blank) throw new Invalid('This field may not be blank.')
    return ''
  }
  if (text.includes('\0')) throw new Invalid('Null characters are not allowed.')
  if (max !== undefined && [...text].length > max)
    throw new Invalid(`Ensure this field has no more than ${max} characters.`)
  if (options.pattern && !options.pattern.test(text)) throw new Invalid('Enter a valid value.')
  const fault = check?.(text, options)
  if (fault) throw new Invalid(fault)
  return text
}

const slugFault = (text: string, { unicode }: TextOptions) =>
  (unicode ? /^[-\p{L}\p{M}\p{N}_]+$/u : /^[-a-zA-Z0-9_]+$/).test(text)
    ? undefined
    : `Enter a valid "slug" consisting of ${unicode ? 'Unicode ' : ''}letters, numbers, underscores${unicode ? ',' : ''} or hyphens.`
const emailFault = (text: string) =>
  /^[^\s@]+@[^\s@]+\.[^\s@.]+$|^[^\s@]+@localhost$/.test(text) ? undefined : 'Enter a valid email address.'
const urlFault = (text: string) =>
  /^(https?|ftps?):\/\/[^\s/?#]+\S*$/i.test(text) && URL.canParse(text) ? undefined : 'Enter a valid URL.'
const colorFault = (text: string) =>
  /^[0-9a-f]{6}$/.test(text) ? undefined : 'Enter a valid hexadecimal RGB color code.'
const zoneFault = (text: string) =>
  Intl.supportedValuesOf('timeZone').includes(text) || text === 'UTC' || isZone(text)
    ? undefined
    : `"${text}" is not a valid choice.`
function isZone(text: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }))
  } catch {
    return false
  }
}

/** A line of text, or without `max` as much as one likes. */
export const text = string('text', 'string', 'text')
/** Text that a page shows as Markdown. */
export const markdown = string('markdown', 'string', 'markdown')
/** A short name for URLs: letters, digits, hyphens and underscores. */
export const slug = string('slug', 'slug', 'text', 'text', 100, slugFault)
export const email = string('email', 'email', 'text', 'text', 254, emailFault)
export const url = string('url', 'url', 'url', 'text', 200, urlFault)
/** Six hexadecimal digits: `9e9e9e`. */
export const color = string('color', 'string', 'color', 'text', 6, colorFault)
/** A name of the IANA time zone database: `Europe/Oslo`. */
export const timezone = <const O extends TextOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  ...zone(options),
  json: (value: string) => (value ? JSON.stringify(value) : 'null'),
})

const zone = string('timezone', 'string', 'text', 'timezone', 63, zoneFault)
