import { withMask } from '@demarc/engine/field'
import { rules, type Batch, type Change } from '@demarc/engine/model'
import { address, broadcastOf, familyOf, hostOf, maskLengthOf, networkOf, rangeBetween } from '@demarc/netaddr'
import { lockAllocation } from './allocation/lock.ts'
import { IPAddress } from './ipaddress.ts'

/** Roles in which several interfaces share an address. */
const shared = new Set(['anycast', 'vip', 'vrrp', 'hsrp', 'glbp', 'carp'])

interface Holder {
  readonly id: number
  readonly role: string | null
}

/** A device or virtual machine that is reached by an address. */
interface Host {
  readonly id: number
  readonly primary_ip4_id: number | null
  readonly primary_ip6_id: number | null
  readonly oob_ip_id?: number | null
}

interface Loaded {
  readonly globallyUnique: boolean
  /** Who has a host in a VRF, as it is while the rows of a request are judged one after another. */
  readonly holders: Map<string, Holder[]>
  readonly populated: readonly { vrf_id: number | null; start_address: string; end_address: string }[]
  /** Devices and machines reached by an address that moves, by `dcim.device:7`. */
  readonly hosts: ReadonlyMap<string, Host>
  /** The device or machine of an interface, by `dcim.interface:7`. */
  readonly parents: ReadonlyMap<string, string>
}

const spaceOf = (row: Readonly<Record<string, any>>) => `${row['vrf_id']} ${hostOf(row['address'])}`
const assignmentOf = (row: Readonly<Record<string, any>>) =>
  `${row['assigned_object_type']}:${row['assigned_object_id']}`

export default rules(IPAddress, {
  refs: ['vrf'],
  load: async (batch: Batch): Promise<Loaded> => {
    const { changes, tx, settings } = batch
    // Nobody may take a free address between its being found free and its being written.
    if (changes.some(change => change.changed('address', 'vrf_id'))) await lockAllocation(tx, 'available-ips')
    const rows = await tx.query<Holder & { vrf_id: number | null; address: string }>(
      'select id, vrf_id, address, role from ipam_ipaddress where host(address)::inet = any($1::inet[])',
      [changes.map(change => hostOf(change.row['address']))],
    )
    const holders = new Map<string, Holder[]>()
    for (const row of rows) {
      const list = holders.get(spaceOf(row)) ?? []
      holders.set(spaceOf(row), list)
      list.push(row)
    }
    return {
      globallyUnique: settings['ENFORCE_GLOBAL_UNIQUE'] !== false,
      holders,
      populated: await populatedAround(batch),
      ...(await hostsOfMoved(batch)),
    }
  },
  prepare: {
    'a DNS name is made of labels, in small letters': ({ row, fail }) => {
      const name = String(row['dns_name'] ?? '')
      if (name && !/^([0-9A-Za-z_-]+|\*)(\.[0-9A-Za-z_-]+)*\.?$/.test(name))
        return fail(
          'dns_name',
          'Only alphanumeric characters, asterisks, hyphens, periods, and underscores are allowed in DNS names',
        )
      row['dns_name'] = name.toLowerCase()
    },
  },
  check: {
    'an address is not a whole address space': ({ row, fail }) => {
      if (maskLengthOf(row['address']) === 0) fail('address', 'Cannot create IP address with /0 mask.')
    },
    'an assigned address is neither the network nor the broadcast address': ({ row, fail }) => {
      if (row['assigned_object_id'] === null) return
      const { family, length, value } = address(row['address'])
      if (length >= (family === 4 ? 31 : 127)) return
      if (address(networkOf(row['address'])).value === value)
        return fail(null, `${hostOf(row['address'])} is a network ID, which may not be assigned to an interface.`)
      const broadcast = family === 4 ? broadcastOf(row['address']) : null
      if (broadcast && address(broadcast).value === value)
        fail(null, `${hostOf(row['address'])} is a broadcast address, which may not be assigned to an interface.`)
    },
    'an address exists once in a VRF that says so, unless shared by role': (
      { id, row, before, ref, fail },
      loaded: Loaded,
    ) => {
      const { holders, globallyUnique } = loaded
      const vrf = ref('vrf')
      const others = (holders.get(spaceOf(row)) ?? []).filter(other => other.id !== id)
      const sharing = shared.has(row['role']) && others.every(({ role }) => shared.has(role ?? ''))
      if (others.length && !sharing && (vrf ? vrf.enforce_unique : globallyUnique))
        return fail(
          'address',
          `Duplicate IP address found in ${vrf ? `VRF ${vrf.name}` : 'global table'}: ${withMask(row['address'])}`,
        )
      if (before)
        holders.set(
          spaceOf(before),
          (holders.get(spaceOf(before)) ?? []).filter(other => other.id !== id),
        )
      holders.set(spaceOf(row), [...others, { id, role: row['role'] }])
    },
    'no address is created within a range that counts as populated': ({ kind, row, fail }, { populated }: Loaded) => {
      if (kind !== 'create') return
      const { family, value } = address(row['address'])
      const range = populated.find(one => {
        const run = one.vrf_id === row['vrf_id'] ? rangeBetween(one.start_address, one.end_address) : null
        return run && run.family === family && run.first <= value && value <= run.last
      })
      if (range) fail('address', `Cannot create IP address ${withMask(row['address'])} inside a populated range.`)
    },
    'an address by which a device or machine is reached stays with it': (change, { hosts, parents }: Loaded) => {
      const { id, row, before, fail } = change
      if (!reassigned(change)) return
      const from = parents.get(assignmentOf(before!))
      const host = from && hosts.get(from)
      if (!host || parents.get(assignmentOf(row)) === from) return
      const primary = familyOf(row['address']) === 4 ? host.primary_ip4_id : host.primary_ip6_id
      if (primary === id)
        fail(null, 'Cannot reassign IP address while it is designated as the primary IP for the parent object')
      else if (host.oob_ip_id === id)
        fail(null, 'Cannot reassign IP address while it is designated as the OOB IP for the parent object')
    },
    'only IPv6 addresses come by SLAAC': ({ row, fail }) => {
      if (row['status'] === 'slaac' && familyOf(row['address']) !== 6)
        fail('status', 'Only IPv6 addresses can be assigned SLAAC status')
    },
  },
})

const reassigned = (change: Change) =>
  change.kind === 'update' &&
  change.before!['assigned_object_id'] !== null &&
  change.changed('assigned_object_type', 'assigned_object_id')

/** Ranges that count as populated and hold an address that is to be created. */
function populatedAround({ changes, tx }: Batch): Promise<Loaded['populated']> {
  const created = changes.filter(change => change.kind === 'create')
  if (created.length === 0) return Promise.resolve([])
  return tx.query(
    `select vrf_id, start_address, end_address from ipam_iprange as own
     where mark_populated and exists (
       select from unnest($1::bigint[], $2::inet[]) as v(vrf, host)
       where own.vrf_id is not distinct from v.vrf
         and host(own.start_address)::inet <= v.host and host(own.end_address)::inet >= v.host
     )`,
    [created.map(change => change.row['vrf_id']), created.map(change => hostOf(change.row['address']))],
  )
}

/** Who is reached by addresses that move from one object to another, and whose interfaces they move between. */
async function hostsOfMoved({ changes, tx, rowsOf }: Batch): Promise<Pick<Loaded, 'hosts' | 'parents'>> {
  const moved = changes.filter(reassigned)
  const hosts = new Map<string, Host>()
  const parents = new Map<string, string>()
  if (moved.length === 0) return { hosts, parents }
  const interfaces = (type: string) =>
    moved.flatMap(({ row, before }) =>
      [row, before!].flatMap(one =>
        one['assigned_object_type'] === type ? [one['assigned_object_id'] as number] : [],
      ),
    )
  for (const [type, owner, column] of owners) {
    for (const [id, row] of await rowsOf(type, interfaces(type)))
      parents.set(`${type}:${id}`, `${owner}:${row[column]}`)
    const rows = await tx.query<Host>(
      `select id, primary_ip4_id, primary_ip6_id${owner === 'dcim.device' ? ', oob_ip_id' : ''} from ${owner.replace('.', '_')}
       where primary_ip4_id = any($1::bigint[]) or primary_ip6_id = any($1::bigint[])${owner === 'dcim.device' ? ' or oob_ip_id = any($1::bigint[])' : ''}`,
      [moved.map(change => change.id)],
    )
    for (const row of rows) hosts.set(`${owner}:${row.id}`, row)
  }
  return { hosts, parents }
}

const owners = [
  ['dcim.interface', 'dcim.device', 'device_id'],
  ['virtualization.vminterface', 'virtualization.virtualmachine', 'virtual_machine_id'],
] as const
