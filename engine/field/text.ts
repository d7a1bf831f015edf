import type { Field, FieldOptions, Match, Nullable, Widget, Wire } from './field.ts'

export interface TextOptions extends FieldOptions {
  /** Most characters; without it the text is as long as one likes. */
  readonly max?: number
  /** `natural` sorts eth2 before eth10. */
  readonly collate?: 'natural'
  readonly pattern?: RegExp
  readonly widget?: Widget
  readonly default?: string
}

const string =
  (type: string, wire: Wire, widget: Widget, match: Match = 'text', max?: number) =>
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
      widget: options.widget ?? (length ? widget : 'longtext'),
      ...(options.pattern && { pattern: options.pattern }),
    }
  }

/** A line of text, or without `max` as much as one likes. */
export const text = string('text', 'string', 'text')
/** Text that a page shows as Markdown. */
export const markdown = string('markdown', 'string', 'markdown')
/** A short name for URLs: letters, digits, hyphens and underscores. */
export const slug = string('slug', 'slug', 'text', 'text', 100)
export const email = string('email', 'email', 'text', 'text', 254)
export const url = string('url', 'url', 'url', 'text', 200)
/** Six hexadecimal digits: `9e9e9e`. */
export const color = string('color', 'string', 'color', 'text', 6)
/** A name of the IANA time zone database: `Europe/Oslo`. */
export const timezone = <const O extends TextOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  ...zone(options),
  json: (value: string) => (value ? JSON.stringify(value) : 'null'),
})

const zone = string('timezone', 'string', 'text', 'timezone', 63)
