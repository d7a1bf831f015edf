import type { ModelMeta } from '@demarc/engine/meta'
import type { Picked } from '../field/input/Picker.tsx'
import { parentOf } from '../field/plain.ts'
import type { Values } from '../form/draft.ts'
import type { Look, Node, Route, Routes } from './route.ts'

const cable = 'dcim.cable:0'

/** How a cable that is about to be plugged in would lie between what was picked, in the colour and words of its form. */
export function previewOf(
  cables: ModelMeta,
  values: Values,
  near: readonly [ModelMeta, readonly Picked[]],
  far: readonly [ModelMeta, readonly Picked[]],
): { readonly route: Route; readonly objects: Routes['objects'] } {
  const objects: Record<Node, Look> = { [cable]: lookOfCable(cables, values) }
  const add = ([model, rows]: readonly [ModelMeta, readonly Picked[]]) =>
    rows.map(row => {
      const node = `${model.name}:${row.id}`
      const holder = parentOf(row) as Picked | undefined
      const parent = holder ? `holder of ${holder.display}` : node
      if (holder) objects[parent] = { ...lookOf(holder), model: '', parent }
      objects[node] = { ...lookOf(row), model: model.name, parent, link: cable }
      return node
    })
  const segment = { near: add(near), links: [cable], far: add(far) }
  const route = { id: null, is_active: false, is_complete: false, is_split: false, metres: 0, definitive: false }
  return { route: { ...route, segments: [segment], onward: [] }, objects }
}

const lookOf = ({ id, display }: Picked) => ({ id, display, color: '', lines: [], link: null, status: null })

function lookOfCable(cables: ModelMeta, values: Values): Look {
  const labelOf = (key: string) => cables.fields[key]?.choices?.find(([value]) => value === values[key])
  const [value = 'connected', label, color] = labelOf('status') ?? []
  const length = values.length ? `${String(values.length)} ${String(values.length_unit ?? '')}` : ''
  return {
    model: 'dcim.cable',
    id: 0,
    display: String(values.label || 'New cable'),
    parent: cable,
    color: String(values.color ?? ''),
    lines: [labelOf('type')?.[1] ?? '', length].filter(Boolean),
    link: null,
    status: { value: String(value), ...(label && { label }), ...(color && { color }) },
  }
}
