import type { FieldMeta } from '@demarc/engine/meta'
import { StatusBadge } from '../ui/StatusBadge.tsx'
import { None } from './None.tsx'
import { isEmpty, plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** One choice, as a badge in its colour. */
export const select: FieldView = { Cell, Detail: Cell }

/** Label and colour of a choice, which REST gives as `{value, label}` or bare. */
export function choiceOf(field: FieldMeta, value: unknown): { label: string; color?: string | undefined } {
  const bare = typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value
  const [, label, color] = field.choices?.find(([each]) => String(each) === String(bare)) ?? []
  return { label: typeof value === 'object' ? plain(value) : (label ?? plain(value)), color }
}

function Cell({ value, field }: FieldProps) {
  return isEmpty(value) ? <None /> : <StatusBadge {...choiceOf(field, value)} />
}
