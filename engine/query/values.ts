import { parseMac, parseWwn } from '@demarc/netaddr'
import type { Match } from '../field/index.ts'

/** A value that a query parameter refuses, with the reason. */
export class BadValue extends Error {}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Read one value of a parameter; throws {@link BadValue}. A boolean that is neither is undefined: the parameter has no effect. */
export function readValue(match: Match, value: string, choices?: ReadonlySet<string>): unknown {
  switch (match) {
    case 'number':
      if (!/^\s*[-+]?\d+(\.0*)?\s*$/.test(value)) throw new BadValue('Enter a whole number.')
      return bounded(Number(value))
    case 'decimal':
      if (!/^\s*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*$/.test(value)) throw new BadValue('Enter a number.')
      return Number(value)
    case 'boolean':
      return { true: true, True: true, 2: true, false: false, False: false, 3: false }[value]
    case 'choice':
      if (choices && !choices.has(value))
        throw new BadValue(`Select a valid choice. ${value} is not one of the available choices.`)
      return value
    case 'uuid':
      if (!/^(urn:uuid:)?\{?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$/i.test(value))
        throw new BadValue('Enter a valid UUID.')
      return value
    case 'date':
      return readDate(value)
    case 'datetime':
      return readMoment(value)
    case 'duration':
      return readDuration(value)
    case 'mac': {
      const mac = parseMac(value)
      if (!mac) throw new BadValue(`Invalid MAC address format: ${value}`)
      return mac
    }
    case 'wwn': {
      const wwn = parseWwn(value)
      if (!wwn) throw new BadValue(`Invalid WWN format: ${value}`)
      return wwn
    }
    case 'timezone':
      try {
        new Intl.DateTimeFormat('en', { timeZone: value })
        return value
      } catch {
        throw new BadValue(`Invalid timezone '${value}'`)
      }
    case 'modelName':
      return value.toLowerCase()
    default:
      return value
  }
}

/** PostgreSQL refuses integers beyond eight bytes: such a value simply equals nothing. */
const bounded = (value: number) => Math.max(Math.min(value, Number.MAX_SAFE_INTEGER), Number.MIN_SAFE_INTEGER)

function dayOf(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(text)
  const named = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/.exec(text) ?? undefined
  const named2 = /^(\d{1,2}) ([A-Za-z]{3,9}),? (\d{4})$/.exec(text) ?? undefined
  const monthOf = (name: string) => months.indexOf(name.slice(0, 3).toLowerCase()) + 1
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : slashed
      ? [Number(slashed[3]!.length === 2 ? `20${slashed[3]}` : slashed[3]), Number(slashed[1]), Number(slashed[2])]
      : named
        ? [Number(named[3]), monthOf(named[1]!), Number(named[2])]
        : named2
          ? [Number(named2[3]), monthOf(named2[2]!), Number(named2[1])]
          : [0, 0, 0]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (!year || date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return undefined
  return date.toISOString().slice(0, 10)
}

function readDate(value: string): string {
  const day = dayOf(value.trim())
  if (!day) throw new BadValue('Enter a valid date.')
  return day
}

function readMoment(value: string): string {
  const text = value.trim()
  const match = /^(.+?)(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?\s*(Z|[-+]\d{2}(?::?\d{2})?)?)?$/i.exec(text)
  const day = match && dayOf(match[1]!)
  if (!day) throw new BadValue('Enter a valid date/time.')
  const [, , hour = '0', minute = '00', second = '00', fraction = '', zone = 'Z'] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) throw new BadValue('Enter a valid date/time.')
  return `${day} ${hour.padStart(2, '0')}:${minute}:${second}${fraction}${zone.toUpperCase() === 'Z' ? '+00' : zone}`
}

function readDuration(value: string): string {
  const text = value.trim()
  if (/^-?\d+(\.\d+)?$/.test(text)) return `${text} seconds`
  if (/^-?(\d+ (days?,? )?)?(\d+:)?\d{1,2}:\d{2}(\.\d+)?$/.test(text)) {
    const clock = text.split(' ').at(-1)!
    const full = clock.split(':').length === 2 ? `00:${clock}` : clock
    const days = text.includes(' ') ? `${text.split(' ')[0]} days ` : ''
    return days + full
  }
  if (/^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text)) return text
  throw new BadValue('Enter a valid duration.')
}
