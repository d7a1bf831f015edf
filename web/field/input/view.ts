import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import type { ComponentType } from 'react'

/** What an input is given: a value as the form holds it, and where to say that it changed. */
export interface InputProps {
  readonly name: string
  readonly field: FieldMeta
  readonly model: ModelMeta
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  /** Query parameters that narrow what a picker offers. */
  readonly narrow?: readonly (readonly [key: string, value: string])[] | undefined
  /** Attributes that tie the input to its label, its help and its error. */
  readonly id: string
  readonly label: string
  readonly describedBy?: string | undefined
  readonly invalid?: boolean | undefined
}

/** How a value is entered, and how it travels between the form and REST. */
export interface InputView {
  readonly Input: ComponentType<InputProps>
  /** What the form holds of a value that REST gave. */
  readonly read: (value: unknown, field: FieldMeta) => unknown
  /** What REST is sent of a value that the form holds; throws {@link Unfit} for what makes no sense. */
  readonly write: (value: unknown, field: FieldMeta) => unknown
  /** The label stands beside the input, not above. */
  readonly inline?: boolean
  /** The input has several controls: the label names the group. */
  readonly group?: boolean
}

/** What was entered cannot be sent. */
export class Unfit extends Error {}

/** Attributes that most inputs take as they are. */
export function attributes({ id, describedBy, invalid }: InputProps) {
  return {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    error: invalid,
  }
}
