import { HttpError } from '@demarc/engine/http'
import { listAction, type ListCall } from '@demarc/engine/model'
import { Device } from './device.ts'

/** Keys of an item; what it leaves out stays as it is. */
const known = new Set(['id', 'rack', 'position', 'face', 'changelog_message'])

type Item = Readonly<Record<string, unknown>>

/** `POST /api/dcim/devices/move/`: devices change their places in racks, each checked against where the others will be. */
export const moveDevices = listAction(Device, 'POST move', {
  about:
    'Move devices: a list of `id` with `rack`, `position` and `face`. All move at once, so that two may swap their places, or a stack shift by a unit; none moves unless all do. A device goes to the site and location of the rack it moves to; one that moves to no rack (`"rack": null`) gives up position and face, and stays at its site.',
  permission: 'change',
  async run(call) {
    const items = await call.items()
    refuseOthers(items)
    const places = await placesOf(call, items)
    return call.changeTogether(
      items.map(({ id, ...item }) => ({
        id: Number(id),
        ...(item['rack'] === null && { position: null, face: '' }),
        ...places.get(Number(item['rack'])),
        ...item,
      })),
    )
  },
})

/** 400 where items name anything that does not move a device. */
function refuseOthers(items: readonly Item[]): void {
  const errors = items.flatMap(item => {
    const others = Object.keys(item).filter(key => !known.has(key))
    const said = others.map(key => [key, ['A move changes rack, position and face alone.']])
    return others.length ? [{ id: Number(item['id']), errors: Object.fromEntries(said) }] : []
  })
  if (errors.length)
    throw new HttpError(400, { detail: `${errors.length} of ${items.length} objects could not be updated.`, errors })
}

/** Site and location of the racks that devices move to, as far as the caller may view them. Two statements. */
async function placesOf(
  call: ListCall,
  items: readonly Item[],
): Promise<ReadonlyMap<number, { readonly site: number; readonly location: number | null }>> {
  const named = [...new Set(items.map(item => Number(item['rack'])))].filter(id => Number.isSafeInteger(id) && id > 0)
  const racks = [...(await call.visible('dcim.rack', named))]
  const rows = await call.db.query<{ id: number; site: number; location: number | null }>(
    'select id, site_id as site, location_id as location from dcim_rack where id = any($1::bigint[])',
    [racks],
  )
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}
