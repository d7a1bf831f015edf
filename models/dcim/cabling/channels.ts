import type { Batch, Change } from '@demarc/engine/model'
import { nodeText } from './node.ts'
import { mirror } from './stamp.ts'
import { touch } from './touch.ts'

/** Interfaces became channels, ceased to be, or were split: they show other cables, and paths lead elsewhere. */
export async function followChannels(batch: Batch): Promise<void> {
  const moved = batch.changes.filter(concernsChannels)
  if (moved.length === 0) return
  const parents = moved.flatMap(({ row, before }) => [row['parent_id'], before?.['parent_id']])
  const interfaces = [...moved.map(change => change.id), ...parents].filter(id => typeof id === 'number')
  await mirror(batch.tx, interfaces)
  const cables = await batch.tx.query<{ id: number }>(
    `select distinct cable_id as id from dcim_cabletermination
     where termination_type = 'dcim.interface' and termination_id = any($1::bigint[])`,
    [interfaces],
  )
  touch(batch, {
    nodes: moved.map(change => nodeText('dcim.interface', change.id)),
    cables: cables.map(cable => cable.id),
  })
}

const concernsChannels = ({ kind, row, before, changed }: Change) =>
  kind === 'update'
    ? changed('channels', 'channel_id') ||
      (changed('parent_id') && (row['channel_id'] ?? before!['channel_id']) !== null)
    : row['channel_id'] !== null
