import { rules, type Batch } from '@demarc/engine/model'
import { placeRow, readPlaces, type Places } from '../ipam/scope-places.ts'
import { Cluster } from './cluster.ts'

/** How many hosts of a cluster stand where. */
interface Hosts {
  readonly cluster_id: number
  readonly site_id: number
  readonly location_id: number | null
}

interface Loaded {
  readonly places: Places
  readonly hosts: ReadonlyMap<number, readonly Hosts[]>
}

export default rules(Cluster, {
  load: async (batch: Batch): Promise<Loaded> => ({ places: await readPlaces(batch), hosts: await hostsOf(batch) }),
  prepare: {
    // Before uniqueness is checked: a name is taken once at a site.
    'a cluster is found by all the places it lies in': ({ row }, { places }: Loaded) => placeRow(row, places),
  },
  check: {
    'a cluster stands where its hosts do': ({ id, row, fail }, { hosts }: Loaded) => {
      const own = hosts.get(id) ?? []
      const site = row['_site_id'] as number | null
      const location = row['_location_id'] as number | null
      if (site !== null && own.some(host => host.site_id !== site))
        fail('scope', 'Some hosts of the cluster stand at another site.')
      else if (location !== null && own.some(host => host.location_id !== location))
        fail('scope', 'Some hosts of the cluster stand in another location.')
    },
  },
  after: {
    'virtual machines are where their cluster is': async ({ changes, tx }) => {
      await tx.query(
        `update virtualization_virtualmachine as vm set site_id = cluster._site_id
         from virtualization_cluster as cluster
         where cluster.id = vm.cluster_id and cluster.id = any($1::bigint[])
           and cluster._site_id is not null and vm.site_id is distinct from cluster._site_id`,
        [changes.map(change => change.id)],
      )
      tx.touch('virtualization_virtualmachine')
    },
  },
})

async function hostsOf({ changes, tx }: Batch): Promise<Loaded['hosts']> {
  const ids = changes.filter(change => change.kind === 'update').map(change => change.id)
  const rows = ids.length
    ? await tx.query<Hosts>(
        'select distinct cluster_id, site_id, location_id from dcim_device where cluster_id = any($1::bigint[])',
        [ids],
      )
    : []
  return Map.groupBy(rows, row => row.cluster_id)
}
