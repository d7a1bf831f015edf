import { rules } from '@demarc/engine/model'
import { componentRefs, componentStore } from './component-rules.ts'
import { InventoryItem } from './inventoryitem.ts'

export default rules(InventoryItem, {
  refs: [...componentRefs, 'parent', 'component'],
  /** Items with children on the device that they were on. */
  load: async ({ changes, tx }): Promise<ReadonlySet<number>> => {
    const moved = changes.filter(change => change.kind === 'update' && change.changed('device_id'))
    if (moved.length === 0) return new Set()
    const rows = await tx.query<{ id: number }>(
      `select distinct v.id from unnest($1::bigint[], $2::bigint[]) as v(id, device)
       join dcim_inventoryitem as child on child.parent_id = v.id and child.device_id <> v.device`,
      [moved.map(change => change.id), moved.map(change => change.row['device_id'])],
    )
    return new Set(rows.map(row => row.id))
  },
  check: {
    'a parent is on the same device': ({ kind, row, ref, fail }) => {
      if (kind === 'update' && ref('parent') && ref('parent').device_id !== row['device_id'])
        fail('parent', 'Parent inventory item does not belong to the same device.')
    },
    'children do not stay behind': ({ id, fail }, left: ReadonlySet<number>) => {
      if (left.has(id)) fail(null, 'Cannot move an inventory item with dependent children')
    },
    'a component is of the same device': ({ kind, row, ref, changed, fail }) => {
      if (row['component_id'] === null) return
      if (kind === 'update' && changed('device_id')) {
        row['component_type'] = null
        row['component_id'] = null
      } else if (ref('component') && ref('component').device_id !== row['device_id'])
        fail('device', 'Cannot assign inventory item to component on another device')
    },
  },
  store: componentStore,
})
