import { Mono } from '../ui/Mono.tsx'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** An address, prefix or range end. */
export const address: FieldView = { Cell, Detail }

function Cell({ value }: FieldProps) {
  const text = plain(value)
  return text ? <Mono text={text} quiet /> : <None />
}

function Detail({ value }: FieldProps) {
  const text = plain(value)
  return text ? <Mono text={text} /> : <None />
}
