import type { Model } from '../model/index.ts'
import { keysOf } from '../represent/index.ts'

/** What the table of a model is called, as NetBox calls it: `VLANGroupTable`. */
export function tableOf({ spec }: Model): string {
  const words = spec.label.split(/[\s-]+/).map(word => word.charAt(0).toUpperCase() + word.slice(1))
  return spec.file?.table?.name ?? `${words.join('')}Table`
}

/** Columns of NetBox's tables that stand here under other names. */
const spoken = [
  'actions',
  'choice_count',
  'comments_short',
  'content_object',
  'content_type',
  'installed_device_type',
  'interface_parent',
  'link_peer',
  'mappings',
  'pk',
  'prefix_flat',
  'speed_formatted',
  'unit_list',
  'vid_ranges_list',
  'vm_count',
]

/** Whether a model's table has a column: a key, a path of its table or the end of one, or a heading; or a custom field. */
export function hasColumn(model: Model, column: string): boolean {
  const { first, more } = model.spec.file?.table ?? { first: [], more: [] }
  return (
    column.startsWith('cf_') ||
    spoken.includes(column) ||
    keysOf(model).includes(column) ||
    [...first, ...more].some(each => {
      const [path, heading] = typeof each === 'string' ? [each, ''] : each
      const names = [path.replaceAll('.', '_'), path.split('.').at(-1), heading.toLowerCase().replaceAll(' ', '_')]
      return names.includes(column)
    })
  )
}
