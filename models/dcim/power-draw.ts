import type { Change } from '@demarc/engine/model'

/** Power ports and their templates: no more is allocated than can be drawn. */
export const drawChecks = {
  'no more is allocated than can be drawn': ({ row, fail }: Change) => {
    const { allocated_draw: allocated, maximum_draw: maximum } = row
    if (allocated !== null && maximum !== null && allocated > maximum)
      fail('allocated_draw', `Allocated draw cannot exceed the maximum draw (${maximum}W).`)
  },
}
