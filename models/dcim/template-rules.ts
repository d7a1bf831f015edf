import type { Change } from '@demarc/engine/model'

/** Templates of parts that a device or a module may have. */
export const modularTemplateChecks = {
  'a template stays with its device type': ({ before, changed, fail }: Change) => {
    if (before && changed('device_type_id'))
      fail('device_type', 'Component templates cannot be moved to a different device type.')
  },
  'a template belongs to one type': ({ row, fail }: Change) => {
    if (row['device_type_id'] !== null && row['module_type_id'] !== null)
      fail(null, 'A component template cannot be associated with both a device type and a module type.')
    else if (row['device_type_id'] === null && row['module_type_id'] === null)
      fail(null, 'A component template must be associated with either a device type or a module type.')
  },
}

/** Whether two templates are of the same device type or module type. */
const sameType = (one: Change['row'], other: Change['row']): boolean =>
  one['device_type_id'] === other['device_type_id'] && one['module_type_id'] === other['module_type_id']

/** Another template that one refers to is of the same type. */
export const ofSameType =
  (name: string, key: string | null, label: string) =>
  ({ row, ref, fail }: Change) => {
    const other = ref(name)
    if (other && !sameType(row, other)) fail(key, `${label} (${other.name}) must belong to the same type`)
  }
