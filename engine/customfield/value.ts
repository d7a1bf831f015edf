import { pythonType } from '../field/index.ts'
import { dataFault } from '../jsonschema/index.ts'
import type { ActiveCustomField } from './cache.ts'
import { patternOf } from './pattern.ts'

/** What of a custom field says which values it takes. */
export type ValueRules = Pick<
  ActiveCustomField,
  | 'type'
  | 'validation_minimum'
  | 'validation_maximum'
  | 'validation_regex'
  | 'validation_schema'
  | 'choice_set_name'
  | 'base_choices'
  | 'choices'
>

/** Schemes that the address of a field may have, where the administrator does not say. */
const commonSchemes = 'file ftp ftps http https irc mailto sftp ssh tel telnet tftp vnc xmpp'.split(' ')

/** No value: fields that must have one are not content with these. */
export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** The form in which a value is stored: numbers as numbers. */
export function storedValue(type: ActiveCustomField['type'], value: unknown): unknown {
  if (type === 'decimal' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value)
  return value
}

/** An address with the scheme that it lacks; what cannot be read as one stays as it is. */
export const withScheme = (value: unknown): unknown =>
  typeof value === 'string' && value !== '' && schemeOf(value) === undefined && URL.canParse(`https://${value}`)
    ? `https://${value.replace(/^\/\//, '')}`
    : value

/** `host:8080` has none. */
const schemeOf = (value: string) => /^([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))/i.exec(value)?.[1]?.toLowerCase()

/** Why a field does not take a value that is not empty; undefined if it does. */
export function valueFault(
  field: ValueRules,
  value: unknown,
  settings: Readonly<Record<string, unknown>> = {},
): string | undefined {
  switch (field.type) {
    case 'text':
    case 'longtext':
      return textFault(field, value)
    case 'url': {
      const schemes = (settings['ALLOWED_URL_SCHEMES'] as readonly string[] | undefined) ?? commonSchemes
      const scheme = typeof value === 'string' ? schemeOf(value) : undefined
      if (scheme !== undefined && !schemes.includes(scheme))
        return 'URLs must use a scheme permitted by ALLOWED_URL_SCHEMES.'
      return textFault(field, value)
    }
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value)
        ? boundsFault(field, value)
        : 'Value must be an integer.'
    case 'decimal':
      return typeof value === 'number' ? boundsFault(field, value) : 'Value must be a decimal.'
    case 'boolean':
      return [true, false, 0, 1].includes(value as number) ? undefined : 'Value must be true or false.'
    case 'date':
      return typeof value === 'string' && isDay(value)
        ? undefined
        : 'Date values must be in ISO 8601 format (YYYY-MM-DD).'
    case 'datetime':
      return typeof value === 'string' && isMoment(value)
        ? undefined
        : 'Date and time values must be in ISO 8601 format (YYYY-MM-DD HH:MM:SS).'
    case 'select':
      return isChoice(field, value)
        ? undefined
        : `Invalid choice (${textOf(value)}) for choice set ${field.choice_set_name}.`
    case 'multiselect':
      return Array.isArray(value) && value.every(one => isChoice(field, one))
        ? undefined
        : `Invalid choice(s) (${Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value)}) for choice set ${field.choice_set_name}.`
    case 'object':
      return Number.isInteger(value) ? undefined : `Value must be an object ID, not ${pythonType(value)}`
    case 'multiobject': {
      if (!Array.isArray(value)) return `Value must be a list of object IDs, not ${pythonType(value)}`
      const wrong = value.find(one => !Number.isInteger(one))
      return wrong === undefined ? undefined : `Found invalid object ID: ${textOf(wrong)}`
    }
    case 'json': {
      const fault = field.validation_schema ? dataFault(field.validation_schema, value) : undefined
      return fault && `Value does not conform to the assigned schema: ${fault}`
    }
  }
}

function textFault({ validation_regex }: ValueRules, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'Value must be a string.'
  if (validation_regex && !patternOf(validation_regex)?.test(value))
    return `Value must match regex '${validation_regex}'`
  return undefined
}

function boundsFault(
  { validation_minimum: min, validation_maximum: max }: ValueRules,
  value: number,
): string | undefined {
  if (min !== null && value < Number(min)) return `Value must be at least ${Number(min)}`
  if (max !== null && value > Number(max)) return `Value must not exceed ${Number(max)}`
  return undefined
}

const day = /^\d{4}-\d{2}-\d{2}$/
const isDay = (text: string) => {
  const date = new Date(`${text}T00:00:00Z`)
  return day.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const isMoment = (text: string) => {
  const [, date, time] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}(?::\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?)(?:Z|[-+]\d{2}:?\d{2})?)?$/.exec(text) ?? []
  const [hours = 0, minutes = 0, seconds = 0] = (time ?? '0').split(':').map(Number)
  return date !== undefined && isDay(date) && hours < 24 && minutes < 60 && seconds < 60
}

/** Codes of the sets that come with the system, whose lists are not. */
const codes: Readonly<Record<string, RegExp>> = {
  IATA: /^[A-Z]{3}$/,
  ISO_3166: /^[A-Z]{2}$/,
  UN_LOCODE: /^[A-Z]{2}[A-Z0-9]{3}$/,
}

const isChoice = ({ choices, base_choices }: ValueRules, value: unknown): boolean =>
  typeof value === 'string' && (choices.has(value) || Boolean(base_choices && codes[base_choices]?.test(value)))

const textOf = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
