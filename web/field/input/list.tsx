import { Textarea, TextInput } from '@mantine/core'
import { plain } from '../plain.ts'
import { attributes, type InputProps, type InputView, Unfit } from './view.ts'

/** Values in one line with commas, or pairs line by line. */
export const list: InputView = {
  Input,
  read: (value, field) => {
    if (!Array.isArray(value)) return plain(value)
    if (field.items === 'pair') return value.map(each => [each].flat().map(plain).join(': ')).join('\n')
    if (field.items === 'range') return (value as [number, number][]).map(spell).join(', ')
    return value.map(plain).join(', ')
  },
  write: (value, field) => {
    const text = String(value ?? '').trim()
    if (!text) return field.nullable ? null : []
    if (field.items === 'pair')
      return text
        .split('\n')
        .filter(line => line.trim())
        .map(pair)
    const parts = text.split(/[,\s]+/).filter(Boolean)
    if (field.items === 'range') return parts.map(range)
    if (field.items === 'number') return parts.flatMap(numbers)
    return parts
  },
}

function Input(props: InputProps) {
  const value = String(props.value ?? '')
  const required = Boolean(props.field.required)
  if (props.field.items === 'pair')
    return (
      <Textarea
        {...attributes(props)}
        value={value}
        onChange={event => props.onChange(event.currentTarget.value)}
        rows={6}
        resize="vertical"
        placeholder={'value: Label'}
        required={required}
      />
    )
  return (
    <TextInput
      {...attributes(props)}
      value={value}
      onChange={event => props.onChange(event.currentTarget.value)}
      placeholder={props.field.items === 'text' ? 'one, another' : '1-5, 8'}
      autoComplete="off"
      required={required}
    />
  )
}

const spell = ([from, to]: readonly [number, number]) => (from === to ? `${from}` : `${from}-${to}`)

function pair(line: string): [string, string] {
  const at = line.indexOf(':')
  const value = (at < 0 ? line : line.slice(0, at)).trim()
  return [value, at < 0 ? value : line.slice(at + 1).trim()]
}

function range(text: string): [number, number] {
  const [, from, to] = /^(\d+)(?:[-–](\d+))?$/.exec(text) ?? []
  if (!from) throw new Unfit(`“${text}” is neither a number nor a range such as 10-20.`)
  return [Number(from), Number(to ?? from)]
}

function numbers(text: string): number[] {
  if (/^-?\d+(\.\d+)?$/.test(text)) return [Number(text)]
  const [from, to] = range(text)
  if (to - from > 10_000) throw new Unfit(`“${text}” is too long a range.`)
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
}
