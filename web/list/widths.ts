import type { ModelMeta } from '@demarc/engine/meta'
import { fieldOf, type Row, valueOf } from '../api/meta.ts'
import { plain } from '../field/plain.ts'

let pen: CanvasRenderingContext2D | null | undefined

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
  const extra =
    { select: 24, tags: 20, color: 20, address: 26, mac: 26 }[field.widget as string] ?? (field.mono ? 26 : 0)
  const font = mono
    ? '12.5px "JetBrains Mono Variable"'
    : isIdentity
      ? '500 13px "Inter Variable"'
      : '13px "Inter Variable"'
  let widest = 0
  for (const row of rows.slice(0, 100)) {
    let text = field.widget === 'datetime' ? '2020-12-30 19:32' : plain(valueOf(row, key))
    if (isIdentity) text = (text || row.display) + (row._depth ? '    '.repeat(Number(row._depth)) : '')
    widest = Math.max(widest, measure(text.slice(0, 80), font))
  }
  const most = isIdentity
    ? window.innerWidth < 560
      ? 190
      : 360
    : ['description', 'comments'].includes(key)
      ? 360
      : 260
  return Math.round(Math.max(isIdentity ? 120 : 56, head, Math.min(most, widest * 1.02 + extra + 28)))
}

function measure(text: string, font: string): number {
  if (!pen) return text.length * 7
  pen.font = font
  return pen.measureText(text).width
}
