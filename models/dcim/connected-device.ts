import { HttpError } from '@demarc/engine/http'
import { endpoint } from '@demarc/engine/model'
import { sql } from 'kysely'
import { parseNode } from './cabling/node.ts'

const notFound = () => new HttpError(404, { detail: 'Not found.' })

/** `GET /api/dcim/connected-device/?peer_device=…&peer_interface=…`: what is at the other end of a named interface. */
export const connectedDevice = endpoint('dcim/connected-device', {
  label: 'Connected Device Locator',
  about: 'The device that the path from an interface leads to. Both device and interface are given by name.',
  async run({ db, params, visible, full }) {
    const [device, name] = [params.get('peer_device'), params.get('peer_interface')]
    if (!device || !name)
      throw new HttpError(400, { detail: 'Both "peer_device" and "peer_interface" are needed: the names of each.' })
    const found = await db.rows<{ id: number; interface: number | null; end: string | null }>(sql`
      select device.id, interface.id as interface, case when path.is_complete then path.path -> -1 ->> 0 end as end
      from dcim_device as device
      left join dcim_interface as interface on interface.device_id = device.id and interface.name = ${name}
      left join dcim_cablepath as path on path.id = interface._path_id
      where device.name = ${device}`)
    const devices = await visible(
      'dcim.device',
      found.map(({ id }) => id),
    )
    if (devices.size > 1) throw new HttpError(409, { detail: `There is more than one device of this name.` })
    const peer = found.find(({ id }) => devices.has(id))
    if (!peer?.interface || !peer.end) throw notFound()
    const [model, end] = parseNode(peer.end)
    if (model !== 'dcim.interface' || !(await visible('dcim.interface', [peer.interface])).size) throw notFound()
    const [far] = await db.rows<{ device: number }>(
      sql`select device_id as device from dcim_interface where id = ${end}`,
    )
    if (!far) throw notFound()
    return full('dcim.device', far.device)
  },
})
