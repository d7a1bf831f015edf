import type { Change } from '@demarc/engine/model'

/** References that the rules of every component read. */
export const componentRefs = ['device'] as const

/** A part of a device stays with it. */
export const componentChecks = {
  'a component stays with its device': ({ before, changed, fail }: Change) => {
    if (before && changed('device_id')) fail('device', 'Components cannot be moved to a different device.')
  },
}

/** Where a part is found: where its device stands. */
export const componentStore = {
  'a component stands where its device stands': ({ row, ref }: Change) => {
    const device = ref('device')
    row['_site_id'] = device?.site_id ?? null
    row['_location_id'] = device?.location_id ?? null
    row['_rack_id'] = device?.rack_id ?? null
  },
}

/** What takes a cable is not said to be connected besides. */
export const cabledChecks = {
  'nothing is marked as connected that has a cable': ({ row, fail }: Change) => {
    if (row['mark_connected'] && row['cable_id'] !== null)
      fail('mark_connected', 'Cannot mark as connected with a cable attached.')
  },
}

/** The rules of a component without rules of its own. */
export const plainComponent = { refs: componentRefs, check: componentChecks, store: componentStore }

/** The rules of a component that takes a cable, and has no others. */
export const cabledComponent = { ...plainComponent, check: { ...cabledChecks, ...componentChecks } }
