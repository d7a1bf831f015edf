import type { Batch, FileRow } from '@demarc/engine/model'

/** Install devices in the bays that a file names; they are then wherever the devices around them are. */
export async function installInBays(batch: Batch, rows: readonly FileRow[]): Promise<void> {
  const installed = rows.filter(({ found }) => typeof found['device_bay'] === 'number')
  if (installed.length === 0) return
  const around = await batch.rowsOf(
    'dcim.device',
    installed.map(({ found }) => found['parent']),
  )
  await batch.update(
    'dcim.device',
    installed.flatMap(({ id, found }) => {
      const parent = around.get(found['parent'])
      return parent ? [{ id, site_id: parent.site_id, location_id: parent.location_id, rack_id: parent.rack_id }] : []
    }),
  )
  await batch.update(
    'dcim.devicebay',
    installed.map(({ id, found }) => ({ id: found['device_bay'], installed_device_id: id })),
  )
}
