import { rules, type Batch } from '@demarc/engine/model'
import { sql } from 'kysely'
import { cableNode } from './cabling/follow.ts'
import { nodeText } from './cabling/node.ts'
import { forget, stamp, type Stamped } from './cabling/stamp.ts'
import { touch } from './cabling/touch.ts'
import { CableTermination } from './cabletermination.ts'

/** Where a termination is: the device, and the rack, the location and the site that it stands in. */
interface Whereabouts {
  readonly device: number | null
  readonly rack: number | null
  readonly location: number | null
  readonly site: number | null
}

export default rules(CableTermination, {
  load: whereaboutsOf,
  store: {
    'a termination is found by where it is': ({ row }, places: Map<string, Whereabouts>) => {
      const place = places.get(nodeText(row['termination_type'], row['termination_id']))
      row['_device_id'] = place?.device ?? null
      row['_rack_id'] = place?.rack ?? null
      row['_location_id'] = place?.location ?? null
      row['_site_id'] = place?.site ?? null
    },
  },
  after: {
    'what terminates a cable knows of it': async batch => {
      const terminations = batch.changes.map(change => change.row as Stamped)
      await stamp(batch, terminations)
      touch(batch, { nodes: nodesOf(terminations) })
    },
  },
  afterDelete: {
    'what terminated a cable knows of it no more': async batch => {
      const terminations = batch.changes.map(change => change.row as Stamped)
      await forget(batch.tx, terminations)
      touch(batch, { nodes: nodesOf(terminations) })
    },
  },
})

const nodesOf = (terminations: readonly Stamped[]) =>
  terminations.flatMap(row => [cableNode(row.cable_id), nodeText(row.termination_type, row.termination_id)])

async function whereaboutsOf({ changes, tx }: Batch): Promise<Map<string, Whereabouts>> {
  const parts = [...Map.groupBy(changes, change => change.row['termination_type'] as string)].map(([model, some]) => {
    const ids = sql`any(${some.map(change => change.row['termination_id'] as number)}::bigint[])`
    if (model === 'circuits.circuittermination')
      return sql`select ${model}::text as model, id, null::bigint as device, null::bigint as rack, _location_id as location, _site_id as site
        from circuits_circuittermination where id = ${ids}`
    if (model === 'dcim.powerfeed')
      return sql`select ${model}::text, feed.id, null, rack.id, rack.location_id, rack.site_id
        from dcim_powerfeed as feed left join dcim_rack as rack on rack.id = feed.rack_id where feed.id = ${ids}`
    return sql`select ${model}::text, part.id, device.id, device.rack_id, device.location_id, device.site_id
      from ${sql.table(model.replace('.', '_'))} as part join dcim_device as device on device.id = part.device_id
      where part.id = ${ids}`
  })
  if (parts.length === 0) return new Map()
  const rows = await tx.rows<Whereabouts & { model: string; id: number }>(sql`
    select * from (${sql.join(parts, sql` union all `)}) as found (model, id, device, rack, location, site)`)
  return new Map(rows.map(row => [nodeText(row.model, row.id), row]))
}
