import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import { useEffect, useState } from 'react'
import { fieldOf, type Row, valueOf } from '../api/meta.ts'
import { objectsOf, parentOf, plain } from '../field/plain.ts'
import { choiceOf } from '../field/select.tsx'

let pen: CanvasRenderingContext2D | null | undefined
let loaded = false
const loading = Promise.all(
  ['13px "Inter Variable"', '500 13px "Inter Variable"', '13px "JetBrains Mono Variable"'].map(each =>
    document.fonts.load(each),
  ),
)

/** Whether text can be measured in its own face yet. */
export function useFonts(): boolean {
  const [ready, setReady] = useState(loaded)
  useEffect(() => {
    if (ready) return
    void loading.finally(() => {
      loaded = true
      setReady(true)
    })
  }, [ready])
  return ready
}

/** A width for each column, from its label and the values of the first rows; those known before stay. */
export function widthsOf(
  model: ModelMeta,
  rows: readonly Row[],
  columns: readonly string[],
  identity: string,
  before: Readonly<Record<string, number>>,
): Record<string, number> {
  const missing = columns.filter(key => before[key] === undefined)
  if (!missing.length) return before
  pen ??= document.createElement('canvas').getContext('2d')
  const out = { ...before }
  for (const key of missing) out[key] = widthOf(model, rows, key, key === identity)
  return out
}

function widthOf(model: ModelMeta, rows: readonly Row[], key: string, isIdentity: boolean): number {
  const field = fieldOf(model, key)
  if (!field) return 80
  const mono = field.mono || ['address', 'mac', 'color'].includes(field.widget)
  const head = measure(field.label, '500 12px "Inter Variable"') + 40
  if (field.unit === '%' && field.readonly) return Math.max(head, 150)
  const cable = key === 'cable' && model.fields.link_peers ? 88 : 0
  const extra =
    cable || ({ select: 24, tags: 20, color: 20, address: 4, mac: 4 }[field.widget as string] ?? (field.mono ? 4 : 0))
  const font = mono
    ? '12.5px "JetBrains Mono Variable"'
    : isIdentity
      ? '500 13px "Inter Variable"'
      : '13px "Inter Variable"'
  let widest = 0
  for (const row of rows.slice(0, 100)) {
    let text = textOf(field, valueOf(row, key))
    if (isIdentity) text ||= row.display
    const depth = isIdentity ? 16 * (Number(row._depth) || 0) : 0
    widest = Math.max(widest, depth + measure(text.slice(0, 80), font))
  }
  const most = isIdentity
    ? window.innerWidth < 560
      ? 190
      : 360
    : ['description', 'comments'].includes(key)
      ? 360
      : 260
  return Math.round(Math.max(isIdentity ? 120 : 56, head, Math.min(most, widest + extra + 27)))
}

function measure(text: string, font: string): number {
  if (!pen) return text.length * 7
  pen.font = font
  return pen.measureText(text).width
}

function textOf(field: FieldMeta, value: unknown): string {
  // Where digits are of one width, they are as wide as a nought, and so are the signs between them.
  if (field.widget === 'datetime') return '0000000000 00000'
  if (field.widget === 'duration') return '00 min 00 s'
  if (field.widget === 'select') return choiceOf(field, value).label
  if (field.widget !== 'refs' && field.widget !== 'anyRef') return plain(value)
  return objectsOf(value)
    .slice(0, 2)
    .map(each => [parentOf(each), each].map(plain).filter(Boolean).join(' › '))
    .join(', ')
}
