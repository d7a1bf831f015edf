import { Mono } from '../ui/Mono.tsx'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps } from './view.ts'

/** An address, prefix or range end. */
export function Cell({ value }: FieldProps) {
  const text = plain(value)
  return text ? <Mono text={text} quiet /> : <None />
}

/** The same, reachable by keyboard. */
export function Detail({ value }: FieldProps) {
  const text = plain(value)
  return text ? <Mono text={text} /> : <None />
}
