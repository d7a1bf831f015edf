import type { Batch, Change } from '@demarc/engine/model'
import { unconnectableTypes, virtualTypes, wirelessTypes } from './interface-class.ts'
import { interfaceSortKey } from './interface-name.ts'

const among = (types: readonly string[]) => (row: Change['row']) => types.includes(row['type'])

/** Whether an interface exists in software alone. */
export const isVirtual = among(virtualTypes)
/** Whether an interface radiates. */
export const isWireless = among(wirelessTypes)
const isUnconnectable = among(unconnectableTypes)

/** The highest channel that children of interfaces are bound to, of those that are changed. */
export async function channelsInUse(
  { changes, tx }: Batch,
  table: 'dcim_interface' | 'dcim_interfacetemplate',
): Promise<ReadonlyMap<number, number>> {
  const ids = changes.filter(change => change.kind === 'update' && change.changed('channels')).map(change => change.id)
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ id: number; highest: number }>(
    `select parent_id as id, max(channel_id) as highest from ${table} where parent_id = any($1::bigint[]) and channel_id is not null group by parent_id`,
    [ids],
  )
  return new Map(rows.map(row => [row.id, row.highest]))
}

/** Interfaces and their templates: what they hang on. */
export const parentChecks = {
  'an interface is not its own parent': ({ id, row, fail }: Change) => {
    if (row['parent_id'] === id) fail('parent', 'An interface cannot be its own parent.')
  },
  'a child is virtual, or a channel': ({ row, fail }: Change) => {
    if (row['parent_id'] !== null && row['type'] !== 'virtual' && row['channel_id'] === null)
      fail('parent', 'Only virtual interfaces and channels may be assigned to a parent interface.')
  },
}

/** Interfaces and their templates: an interface may be split into channels, and each of those be one of its own. */
export const channelChecks = {
  'no channel is split again': ({ row, fail }: Change) => {
    if (row['channels'] !== null && row['channel_id'] !== null)
      fail(null, 'An interface cannot both be split into channels and be a channel.')
  },
  'what is split takes cables': ({ row, fail }: Change) => {
    if (row['channels'] !== null && isUnconnectable(row))
      fail('channels', 'Interfaces of this type cannot be split into channels.')
  },
  'a channel has a number, and nothing else does': ({ row, fail }: Change) => {
    if (row['type'] === 'channel' && row['channel_id'] === null)
      fail('channel_id', 'A channel interface must have a channel ID.')
    else if (row['channel_id'] !== null && (isVirtual(row) || isWireless(row)))
      fail('channel_id', 'Interfaces of this type cannot be bound to a channel.')
  },
  'a channel is one of its parent': ({ row, ref, fail }: Change) => {
    if (row['channel_id'] === null) return
    const parent = ref('parent')
    if (!parent) fail('parent', 'A channel must be assigned to a parent interface.')
    else if (!parent.channels) fail('parent', 'The parent interface is not split into channels.')
    else if (row['channel_id'] > parent.channels)
      fail('channel_id', `The parent interface has only ${parent.channels} channels.`)
  },
  'channels in use remain': ({ id, row, fail }: Change, { inUse }: { inUse: ReadonlyMap<number, number> }) => {
    if ((inUse.get(id) ?? 0) > (row['channels'] ?? 0))
      fail('channels', `Channel ${inUse.get(id)} is in use by a child interface.`)
  },
}

export const bridgeChecks = {
  'an interface is not bridged to itself': ({ id, row, fail }: Change) => {
    if (row['bridge_id'] === id) fail('bridge', 'An interface cannot be bridged to itself.')
  },
}

/** Interfaces and their templates: power is given and taken over wires. */
export const powerChecks = {
  'virtual interfaces carry no power': ({ row, fail }: Change) => {
    if (!isVirtual(row)) return
    if (row['poe_mode']) fail('poe_mode', 'Virtual interfaces cannot have a PoE mode.')
    if (row['poe_type']) fail('poe_type', 'Virtual interfaces cannot have a PoE type.')
  },
  'power has a direction': ({ row, fail }: Change) => {
    if (row['poe_type'] && !row['poe_mode']) fail('poe_type', 'Must specify a PoE mode when designating a PoE type.')
  },
}

/** Interfaces and their templates: only what radiates has a role in a wireless network. */
export const radioChecks = {
  'only a wireless interface has a wireless role': ({ row, fail }: Change) => {
    if (row['rf_role'] && !isWireless(row)) fail('rf_role', 'Wireless role may be set only on wireless interfaces.')
  },
}

export const nameStore = {
  'interfaces sort by the parts of their name': ({ row }: Change) => {
    row['_name'] = interfaceSortKey(row['name'])
  },
}

/** Channels that are named after their parent follow its name, unless it gets too long or is taken. */
export async function renameChannels({ changes, tx, update, model }: Batch, scope: readonly string[]): Promise<void> {
  const renamed = changes.filter(
    ({ kind, row, changed }) => kind === 'update' && row['channels'] !== null && changed('name'),
  )
  if (renamed.length === 0) return
  const rows = await tx.query<{ id: number; name: string }>(
    `select child.id, v.new || ':' || child.channel_id as name
     from unnest($1::bigint[], $2::text[], $3::text[]) as v(id, old, new)
     join ${model.table} as child on child.parent_id = v.id and child.name = v.old || ':' || child.channel_id
     where length(v.new || ':' || child.channel_id) <= 64 and not exists (
       select from ${model.table} as other
       where other.name = v.new || ':' || child.channel_id and (${scope.map(column => `other.${column} = child.${column}`).join(' or ')})
     )
     order by child.id`,
    [
      renamed.map(change => change.id),
      renamed.map(change => change.before!['name']),
      renamed.map(change => change.row['name']),
    ],
  )
  await update(model.name, rows)
}
