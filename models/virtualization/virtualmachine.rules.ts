import { rules, type Batch } from '@demarc/engine/model'
import { familyOf } from '@demarc/netaddr'
import { VirtualMachine } from './virtualmachine.ts'

interface Loaded {
  /** Addresses that are, or are to be, primary ones, and what they are translated to. */
  readonly addresses: ReadonlyMap<number, any>
  /** The machine of an interface. */
  readonly machines: ReadonlyMap<number, number>
  /** The sizes of a machine's disks together. */
  readonly disks: ReadonlyMap<number, number>
}

export default rules(VirtualMachine, {
  refs: ['virtual_machine_type', 'site', 'cluster', 'device'],
  load: async (batch: Batch): Promise<Loaded> => ({ ...(await addressesOf(batch)), disks: await disksOf(batch) }),
  prepare: {
    'a machine has a hundredth of a processor at least': ({ row, fail }) => {
      if (row['vcpus'] !== null && Number(row['vcpus']) < 0.01)
        fail('vcpus', 'Ensure this value is greater than or equal to 0.01.')
    },
    'context data is an object': ({ row, fail }) => {
      const data: unknown = row['local_context_data']
      if (data !== null && (typeof data !== 'object' || Array.isArray(data)))
        fail('local_context_data', 'JSON data must be in object form. Example: {"foo": 123}')
    },
    'a new machine takes from its type what it does not say itself': ({ kind, row, ref }) => {
      const type = kind === 'create' ? ref('virtual_machine_type') : null
      if (!type) return
      row['platform_id'] ??= type.default_platform_id
      row['vcpus'] ??= type.default_vcpus
      row['memory'] ??= type.default_memory
    },
    'a machine without a size of disk has that of its disks': ({ id, kind, row }, { disks }: Loaded) => {
      if (kind === 'update') row['disk'] ??= disks.get(id) || null
    },
  },
  check: {
    'a machine is somewhere': ({ row, fail }) => {
      if (row['site_id'] === null && row['cluster_id'] === null && row['device_id'] === null)
        fail(null, 'A virtual machine must be assigned to a site, cluster, or device.')
    },
    'a machine is at the site of its cluster': ({ row, ref, fail }) => {
      const site = ref('cluster')?._site_id ?? null
      if (site !== null && row['site_id'] !== null && row['site_id'] !== site)
        fail('cluster', 'The selected cluster is not at this site.')
    },
    'a machine is at the site of its host': ({ row, ref, fail }) => {
      const device = ref('device')
      if (device && row['site_id'] !== null && row['site_id'] !== device.site_id)
        fail('site', 'The selected device is not at this site.')
    },
    'the cluster of a host is named': ({ row, ref, fail }) => {
      const device = ref('device')
      if (device && row['cluster_id'] === null && device.cluster_id !== null)
        fail('cluster', `Must specify the assigned cluster of device ${device.name}.`)
    },
    'a host is part of the cluster': ({ row, ref, fail }) => {
      const device = ref('device')
      if (device && row['cluster_id'] !== null && device.cluster_id !== row['cluster_id'])
        fail('device', 'The selected device is not assigned to this cluster.')
    },
    'the size of disk is that of the disks': ({ id, kind, row, fail }, { disks }: Loaded) => {
      const total = kind === 'update' ? disks.get(id) : undefined
      if (total && row['disk'] !== total)
        fail(
          'disk',
          `The specified disk size (${row['disk']}) must match the aggregate size of virtual disks (${total}).`,
        )
    },
    'a machine is reached by addresses of its interfaces': ({ id, row, fail }, { addresses, machines }: Loaded) => {
      const isOwn = (address: any) =>
        address?.assigned_object_type === 'virtualization.vminterface' &&
        machines.get(address.assigned_object_id) === id
      for (const family of [4, 6] as const) {
        const key = `primary_ip${family}`
        const address = addresses.get(row[`${key}_id`])
        if (!address) continue
        if (familyOf(address.address) !== family) return fail(key, `${address.address} is not an IPv${family} address.`)
        if (!isOwn(address) && !isOwn(addresses.get(address.nat_inside_id)))
          return fail(key, `${address.address} is not assigned to this virtual machine.`)
      }
    },
  },
  store: {
    'a machine is where its cluster or host is': ({ row, ref }) => {
      row['site_id'] ??= ref('cluster')?._site_id ?? ref('device')?.site_id ?? null
    },
  },
})

async function addressesOf({ changes, rowsOf }: Batch): Promise<Pick<Loaded, 'addresses' | 'machines'>> {
  const primaries = await rowsOf(
    'ipam.ipaddress',
    changes.flatMap(({ row }) => [row['primary_ip4_id'], row['primary_ip6_id']]),
  )
  const insides = await rowsOf(
    'ipam.ipaddress',
    [...primaries.values()].map(address => address.nat_inside_id),
  )
  const addresses = new Map([...insides, ...primaries])
  const interfaces = await rowsOf(
    'virtualization.vminterface',
    [...addresses.values()].map(address =>
      address.assigned_object_type === 'virtualization.vminterface' ? address.assigned_object_id : null,
    ),
  )
  return { addresses, machines: new Map([...interfaces].map(([id, row]) => [id, row.virtual_machine_id])) }
}

async function disksOf({ changes, tx }: Batch): Promise<Loaded['disks']> {
  const ids = changes.filter(change => change.kind === 'update').map(change => change.id)
  const rows = ids.length
    ? await tx.query<{ id: number; size: number }>(
        `select virtual_machine_id as id, sum(size)::bigint as size from virtualization_virtualdisk
         where virtual_machine_id = any($1::bigint[]) group by virtual_machine_id`,
        [ids],
      )
    : []
  return new Map(rows.map(row => [row.id, Number(row.size)]))
}
