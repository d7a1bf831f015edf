import type { Batch, FileRow } from '@demarc/engine/model'

/** `true` and `false` as files write them; undefined where the column says nothing. */
const truth = (value: unknown): boolean | undefined =>
  value === undefined || value === null ? undefined : !['', '0', 'false', false, 0].includes(value as string)

/** An address becomes the primary or out-of-band one of a device or machine by an interface of that. */
export function checkAppointment(
  _item: Record<string, any>,
  found: Readonly<Record<string, any>>,
  fail: (column: string, fault: string) => void,
): void {
  const hosts = { is_primary: found['device'] ?? found['virtual_machine'], is_oob: found['device'] }
  for (const [column, host] of Object.entries(hosts)) {
    if (!truth(found[column])) continue
    if (!host) fail(column, 'It is not said of which device or virtual machine.')
    else if (!found['interface']) fail(column, 'It is not said on which interface.')
  }
}

/** Make addresses the primary or out-of-band ones of the devices and machines that a file names, or no longer. */
export async function appoint(batch: Batch, rows: readonly FileRow[]): Promise<void> {
  const asked = rows.filter(
    ({ found }) => truth(found['is_primary']) !== undefined || truth(found['is_oob']) !== undefined,
  )
  if (asked.length === 0) return
  const addresses = await batch.rowsOf(
    'ipam.ipaddress',
    asked.map(({ id }) => id),
  )
  for (const [column, name] of [
    ['device', 'dcim.device'],
    ['virtual_machine', 'virtualization.virtualmachine'],
  ] as const) {
    const holders = await batch.rowsOf(
      name,
      asked.map(({ found }) => found[column]),
    )
    const updates = asked.flatMap(({ id, found }) => {
      const holder = holders.get(found[column])
      const address = addresses.get(id)
      if (!holder || !address) return []
      const appointed: Record<string, number | null> = {}
      const set = (key: string, wanted: boolean | undefined) => {
        if (wanted) appointed[key] = id
        else if (wanted === false && holder[key] === id) appointed[key] = null
      }
      set(String(address.address).includes(':') ? 'primary_ip6_id' : 'primary_ip4_id', truth(found['is_primary']))
      if (column === 'device') set('oob_ip_id', truth(found['is_oob']))
      return Object.keys(appointed).length ? [{ id: holder.id as number, ...appointed }] : []
    })
    if (updates.length) await batch.update(name, updates)
  }
}
