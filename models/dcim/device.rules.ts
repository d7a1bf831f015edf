import { rules, type Batch, type Change } from '@demarc/engine/model'
import { addressesOf, countsAs, type Address } from './addresses.ts'
import { Device } from './device.ts'
import { instantiate, repeatedNames, type Host } from './instantiation/instantiate.ts'
import { readTemplates, type Templates } from './instantiation/templates.ts'
import { lockRacks, mountingOf, type Mounting } from './mounting.ts'
import { occupantsOf, takenBy } from './occupants.ts'
import { followDevices } from './places.ts'

interface Loaded {
  readonly mounting: Mounting
  /** What devices are called that may be in the way of others; null where nobody asks. */
  readonly occupants: ReadonlyMap<number, string> | null
  readonly addresses: ReadonlyMap<number, Address>
  /** The virtual chassis that devices are masters of. */
  readonly mastered: ReadonlyMap<number, number>
  readonly templates: Templates
}

const families = { primary_ip4: 4, primary_ip6: 6, oob_ip: null } as const

export default rules(Device, {
  refs: ['site', 'location', 'rack', 'device_type', 'platform', 'cluster'],
  load,
  prepare: {
    'positions are within reach': ({ row, fail }) => {
      const { position } = row
      if (position !== null && (position < 1 || position > 100.5))
        fail('position', 'Ensure this value is between 1 and 100.5.')
    },
  },
  check: {
    'a rack is at the site': ({ row, ref, fail }) => {
      const rack = ref('rack')
      if (rack && rack.site_id !== row['site_id'])
        fail('rack', `Rack ${rack.name} does not belong to site ${ref('site')?.name}.`)
    },
    'a location is at the site': ({ row, ref, fail }) => {
      const location = ref('location')
      if (location && location.site_id !== row['site_id'])
        fail('location', `Location ${location.name} does not belong to site ${ref('site')?.name}.`)
    },
    'a rack is in the location': ({ ref, fail }) => {
      const [rack, location] = [ref('rack'), ref('location')]
      if (rack && location && rack.location_id !== location.id)
        fail('rack', `Rack ${rack.name} does not belong to location ${location.name}.`)
    },
    'what is in no rack has neither face nor position': ({ row, fail }) => {
      if (row['rack_id'] !== null) return
      if (row['face']) fail('face', 'Cannot select a rack face without assigning a rack.')
      if (row['position'] !== null) fail('position', 'Cannot select a rack position without assigning a rack.')
    },
    'positions are halves of units': ({ row, fail }) => {
      if (row['position'] !== null && (row['position'] * 2) % 1 !== 0)
        fail('position', 'Position must be in increments of 0.5 rack units.')
    },
    'a position has a face': ({ row, fail }) => {
      if (row['position'] !== null && !row['face']) fail('face', 'Must specify rack face when defining rack position.')
    },
    'what has no height has no position': ({ row, ref, fail }) => {
      if (row['position'] !== null && ref('device_type')?.u_height === 0)
        fail('position', 'A 0U device type cannot be assigned to a rack position.')
    },
    'a child device is mounted in its parent alone': ({ row, ref, fail }) => {
      if (row['rack_id'] === null || ref('device_type')?.subdevice_role !== 'child') return
      if (row['face']) fail('face', 'Child device types cannot be assigned to a rack face.')
      if (row['position'] !== null) fail('position', 'Child device types cannot be assigned to a rack position.')
    },
    'there is room in the rack': ({ id, row, ref, fail }, { mounting, occupants }: Loaded) => {
      mounting.remove(id)
      if (row['rack_id'] === null || row['position'] === null) return
      const { u_height: height, is_full_depth: full } = ref('device_type')
      const mounted = { id, position: row['position'], height, face: row['face'], full }
      if (mounting.fits(row['rack_id'], mounted)) mounting.place(row['rack_id'], mounted)
      else if (occupants && mounting.holds(row['rack_id'], mounted))
        fail('position', takenBy(mounted, mounting.inTheWay(row['rack_id'], mounted), occupants))
      else
        fail(
          'position',
          `U${row['position']} is already occupied or does not have sufficient space to accommodate this device type (${height}U).`,
        )
    },
    'addresses are on the device': (change, { addresses }: Loaded) => {
      for (const [key, family] of Object.entries(families)) {
        const address = addresses.get(change.row[`${key}_id`])
        if (!address) continue
        if (family && address.family !== family) return change.fail(key, `The address is not an IPv${family} address.`)
        if (!isOn(address, change)) return change.fail(key, 'The specified IP address is not assigned to this device.')
      }
    },
    'a platform runs on what its manufacturer makes': ({ ref, fail }) => {
      const platform = ref('platform')
      if (platform && ![null, ref('device_type')?.manufacturer_id].includes(platform.manufacturer_id))
        fail('platform', 'The assigned platform is limited to device types of another manufacturer.')
    },
    'a cluster is at the same place': ({ row, ref, fail }) => {
      const cluster = ref('cluster')
      if (!cluster) return
      if (![null, row['site_id']].includes(cluster._site_id))
        fail('cluster', 'The assigned cluster belongs to a different site.')
      else if (![null, row['location_id']].includes(cluster._location_id))
        fail('cluster', 'The assigned cluster belongs to a different location.')
    },
    'a member of a virtual chassis has a position': ({ row, fail }) => {
      if (row['virtual_chassis_id'] !== null && row['vc_position'] === null)
        fail('vc_position', 'A device assigned to a virtual chassis must have its position defined.')
    },
    'a master does not leave its virtual chassis': ({ id, row, fail }, { mastered }: Loaded) => {
      const chassis = mastered.get(id)
      if (chassis !== undefined && chassis !== row['virtual_chassis_id'])
        fail('virtual_chassis', 'Device cannot be removed from a virtual chassis of which it is the master.')
    },
    'local context data is an object': ({ row, fail }) => {
      const data = row['local_context_data']
      if (data !== null && (typeof data !== 'object' || Array.isArray(data)))
        fail('local_context_data', 'JSON data must be in object form. Example: {"foo": 123}')
    },
    'components get names of their own': ({ id, kind, row, abort }, { templates }: Loaded) => {
      if (kind !== 'create') return
      const repeated = repeatedNames(hostOf({ id, row }), templates)
      if (repeated.length) abort(`Components would get the same name: ${repeated.join(', ')}`)
    },
  },
  store: {
    'a new device takes after its type': ({ kind, row, ref }) => {
      const type = ref('device_type')
      if (kind !== 'create' || !type) return
      row['airflow'] ||= type.airflow
      row['cooling_method'] ||= type.cooling_method
      row['platform_id'] ??= type.default_platform_id
    },
    'a device is where its rack is': ({ row, ref }) => {
      if (ref('rack')?.location_id) row['location_id'] = ref('rack').location_id
    },
  },
  after: {
    'a new device has the components of its type': async (batch, loaded: Loaded) => {
      const hosts = batch.changes.filter(change => change.kind === 'create').map(hostOf)
      if (hosts.length && !batch.returning) await instantiate(batch, hosts, loaded.templates)
    },
    'components move with their device': async ({ changes, tx }) => {
      const moved = changes.filter(
        change => change.kind === 'update' && change.changed('site_id', 'location_id', 'rack_id'),
      )
      await followDevices(
        tx,
        moved.map(change => change.id),
      )
    },
    'child devices move with their parent': async ({ changes, tx, update }) => {
      const old = changes.filter(change => change.kind === 'update')
      if (old.length === 0) return
      const children = await tx.query<{ id: number }>(
        `select child.id, parent.site_id, parent.rack_id, parent.location_id
         from dcim_devicebay as bay
         join dcim_device as parent on parent.id = bay.device_id
         join dcim_device as child on child.id = bay.installed_device_id
         where bay.device_id = any($1::bigint[]) order by child.id`,
        [old.map(change => change.id)],
      )
      await update('dcim.device', children)
    },
  },
})

const hostOf = ({ id, row }: Pick<Change, 'id' | 'row'>): Host => ({
  device: { id, virtual_chassis_id: row['virtual_chassis_id'], vc_position: row['vc_position'] },
  type: row['device_type_id'],
  module: null,
  replicate: true,
})

/** Whether an address is on an interface that counts as the device's, or is the outside of one that is. */
const isOn = ({ own, inside }: Address, { id, row }: Change): boolean => {
  const device = { id, virtual_chassis_id: row['virtual_chassis_id'] as number | null }
  return countsAs(own, device) || countsAs(inside, device)
}

async function load(batch: Batch): Promise<Loaded> {
  const { changes, tx, together } = batch
  const racks = [...new Set(changes.flatMap(({ row }) => row['rack_id'] ?? []))]
  const old = changes.filter(change => change.kind === 'update').map(change => change.id)
  const chassis = old.length
    ? await tx.query<{ id: number; master_id: number }>(
        'select id, master_id from dcim_virtualchassis where master_id = any($1::bigint[])',
        [old],
      )
    : []
  const types = changes.filter(change => change.kind === 'create').map(change => change.row['device_type_id'] as number)
  await lockRacks(
    tx,
    changes.flatMap(({ row, changed }) =>
      row['position'] !== null && changed('rack_id', 'position', 'face', 'device_type_id')
        ? (row['rack_id'] ?? [])
        : [],
    ),
  )
  const mounting = await mountingOf(tx, racks)
  const occupants = together ? await occupantsOf(batch, mounting) : null
  // Whoever moves with the others leaves its place before any of them takes one.
  if (together) for (const { id } of changes) mounting.remove(id)
  return {
    mounting,
    occupants,
    addresses: await addressesOf(
      tx,
      changes.flatMap(({ row }) => Object.keys(families).map(key => row[`${key}_id`] as number | null)),
    ),
    mastered: new Map(chassis.map(row => [row.master_id, row.id])),
    templates: await readTemplates(tx, 'device_type_id', types),
  }
}
