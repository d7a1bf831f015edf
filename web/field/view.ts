import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import type { ComponentType } from 'react'
import type { Row } from '../api/meta.ts'

/** What a widget is given to draw. */
export interface FieldProps {
  readonly value: unknown
  readonly name: string
  readonly field: FieldMeta
  readonly model: ModelMeta
  readonly row: Row
}

/** How a widget draws a value: in a table cell of one line, and on the object's page. */
export interface FieldView {
  readonly Cell: ComponentType<FieldProps>
  readonly Detail: ComponentType<FieldProps>
  readonly align?: 'right'
}
