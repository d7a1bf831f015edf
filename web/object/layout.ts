import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import { titleCase } from '../api/meta.ts'
import { isCount } from '../api/related.ts'
import { drawnIn } from '../panel/index.ts'

/** What stands where on an object's page. */
export interface Layout {
  readonly panels: readonly {
    readonly name: string
    readonly fields: readonly string[]
    /** Not worth a word where nothing is set. */
    readonly optional?: boolean
  }[]
  /** Fields that need the full width: long text and documents. */
  readonly wide: readonly string[]
}

/** Panels from the form's groups, then what only the server sets. */
export function layoutOf(model: ModelMeta): Layout {
  const placed = new Set(model.form.flatMap(group => group.fields))
  const drawn = new Set([...elsewhere, ...drawnIn(model)])
  const usable = (key: string) => {
    const field = model.fields[key]
    return field && !key.startsWith('cf_') && !isCount(key) && !drawn.has(key) && !isWide(field)
  }
  const panels: Layout['panels'][number][] = model.form
    .map(group => ({ name: group.name || titleCase(model.label), fields: group.fields.filter(usable) }))
    .filter(group => group.fields.length)
  const rest = Object.keys(model.fields).filter(key => !placed.has(key) && usable(key) && !/_(type|id)$/.test(key))
  if (model.fields.owner && !placed.has('owner')) rest.push('owner')
  if (rest.length) {
    panels.push({ name: panels.length ? 'More' : titleCase(model.label), fields: rest, optional: true })
  }
  const wide = Object.keys(model.fields).filter(key => isWide(model.fields[key]!) && !drawn.has(key))
  return { panels, wide: wide.filter(key => !key.startsWith('cf_')) }
}

function isWide(field: FieldMeta): boolean {
  return field.widget === 'markdown' || field.widget === 'json'
}

/** What has a place of its own: in the head, beside the facts, or on a tab. */
const elsewhere = new Set([
  'id',
  'url',
  'display_url',
  'display',
  'tags',
  'custom_fields',
  'created',
  'last_updated',
  'owner',
  'config_context',
  '_depth',
  '_occupied',
  // What a change changed is drawn.
  'prechange_data',
  'postchange_data',
])
