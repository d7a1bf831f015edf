import { rules, type Batch, type Change } from '@demarc/engine/model'
import { followChannels } from './cabling/channels.ts'
import { cabledChecks, componentChecks, componentStore } from './component-rules.ts'
import {
  bridgeChecks,
  channelChecks,
  channelsInUse,
  isVirtual,
  isWireless,
  nameStore,
  parentChecks,
  powerChecks,
  radioChecks,
  renameChannels,
} from './interface-rules.ts'
import { Interface } from './interface.ts'
import { macShortcut, readMACs, type MACs } from './macaddress-shortcut.ts'

interface Loaded {
  readonly macs: MACs
  readonly inUse: ReadonlyMap<number, number>
  /** Interfaces that have tagged VLANs now. */
  readonly tagged: ReadonlySet<number>
  /** Sites of the VLANs that were sent. */
  readonly sites: ReadonlyMap<number, number | null>
  /** Interfaces that are to be a channel, though a cable ends at them; a channel just shows the cable of its parent. */
  readonly cabled: ReadonlySet<number>
}

export default rules(Interface, {
  refs: [
    'device',
    'parent',
    'parent.device',
    'bridge',
    'bridge.device',
    'lag',
    'lag.device',
    'untagged_vlan',
    'primary_mac_address',
  ],
  load: async (batch): Promise<Loaded> => ({
    macs: await readMACs(batch),
    inUse: await channelsInUse(batch, 'dcim_interface'),
    ...(await vlansOf(batch)),
    cabled: await cabledOf(batch),
  }),
  prepare: {
    ...macShortcut.prepare,
    'only some modes carry VLANs': ({ id, row, links, fail }, { tagged }: Loaded) => {
      const mode = row['mode'] || null
      const isTagged = links.has('tagged_vlans') ? links.get('tagged_vlans')!.length > 0 : tagged.has(id)
      if (row['qinq_svlan_id'] !== null && mode !== 'q-in-q')
        fail('qinq_svlan', 'Interface mode does not support q-in-q service vlan')
      if (row['untagged_vlan_id'] !== null && !mode)
        fail('untagged_vlan', 'Interface mode does not support untagged vlan')
      if (isTagged && (!mode || mode === 'access' || mode === 'tagged-all'))
        fail('tagged_vlans', 'Interface mode does not support tagged vlans')
    },
    'tagged VLANs are of the site, or of none': ({ links, ref, fail }, { sites }: Loaded) => {
      const foreign = (links.get('tagged_vlans') ?? []).filter(
        vlan => ![null, undefined, ref('device')?.site_id].includes(sites.get(vlan)),
      )
      if (foreign.length)
        fail('tagged_vlans', "Tagged VLANs must belong to the same site as the interface's device, or be global.")
    },
    'a mode without tagged VLANs drops them': ({ id, row, links }, { tagged }: Loaded) => {
      if (row['mode'] !== 'tagged' && tagged.has(id) && !links.has('tagged_vlans')) links.set('tagged_vlans', [])
    },
  },
  check: {
    ...cabledChecks,
    'the primary MAC address is its own': ({ id, kind, row, ref, fail }) => {
      const mac = ref('primary_mac_address')
      if (!mac) return
      const isOwn = mac.assigned_object_type === 'dcim.interface' && mac.assigned_object_id === id
      if (!isOwn && (kind === 'update' || mac.assigned_object_id !== null))
        fail(null, `MAC address ${String(mac.mac_address).toUpperCase()} is not assigned to ${row['name']}.`)
    },
    ...componentChecks,
    ...parentChecks,
    ...channelChecks,
    ...bridgeChecks,
    ...powerChecks,
    ...radioChecks,
    'virtual interfaces take no cable': ({ row, fail }) => {
      if (!isVirtual(row)) return
      if (row['cable_id'] !== null) fail('type', 'A cabled interface cannot become virtual.')
      else if (row['mark_connected']) fail('mark_connected', 'Virtual interfaces cannot be marked as connected.')
    },
    'what a cable ends at is no channel': ({ id, fail }, { cabled }: Loaded) => {
      if (cabled.has(id)) fail('channel_id', 'A cabled interface cannot become a channel.')
    },
    'a parent is within reach': within('parent'),
    'a bridge is within reach': within('bridge'),
    'virtual interfaces join no LAG': ({ row, fail }) => {
      if (row['type'] === 'virtual' && row['lag_id'] !== null)
        fail('lag', 'Virtual interfaces cannot have a parent LAG interface.')
    },
    'a LAG is not part of itself': ({ id, row, fail }) => {
      if (row['lag_id'] === id) fail('lag', 'A LAG interface cannot be its own parent.')
    },
    'a LAG is within reach': within('lag'),
    'only wireless interfaces have a channel': ({ row, fail }) => {
      if (isWireless(row)) return
      if (row['rf_channel']) fail('rf_channel', 'Channel may be set only on wireless interfaces.')
      else if (row['rf_channel_frequency'] !== null)
        fail('rf_channel_frequency', 'Channel frequency may be set only on wireless interfaces.')
      else if (row['rf_channel_width'] !== null)
        fail('rf_channel_width', 'Channel width may be set only on wireless interfaces.')
    },
    'frequency and width are those of the channel': ({ row, fail }) => {
      const channel = channelOf(row)
      if (!channel) return
      if (row['rf_channel_frequency'] && row['rf_channel_frequency'] !== channel.frequency)
        fail('rf_channel_frequency', 'Cannot specify custom frequency with channel selected.')
      else if (row['rf_channel_width'] && row['rf_channel_width'] !== channel.width)
        fail('rf_channel_width', 'Cannot specify custom width with channel selected.')
    },
    'the untagged VLAN is of the site, or of none': ({ row, ref, fail }) => {
      const vlan = ref('untagged_vlan')
      if (!vlan) return
      if (!row['mode']) fail('untagged_vlan', 'Interface mode does not support an untagged vlan.')
      else if (![null, ref('device').site_id].includes(vlan.site_id))
        fail(
          'untagged_vlan',
          `The untagged VLAN (${vlan.name}) must belong to the same site as the interface's device, or be global.`,
        )
    },
    ...macShortcut.check,
  },
  store: {
    ...componentStore,
    ...nameStore,
    'a channel brings its frequency and width': ({ row }) => {
      const channel = channelOf(row)
      if (!channel) return
      row['rf_channel_frequency'] ||= channel.frequency
      row['rf_channel_width'] ||= channel.width
    },
    'a routed interface has no VLAN': ({ row }) => {
      if (!row['mode']) row['untagged_vlan_id'] = null
    },
  },
  after: {
    'a new interface takes its primary MAC address': async ({ changes, update }) => {
      const taking = changes.filter(({ kind, row }) => kind === 'create' && row['primary_mac_address_id'] !== null)
      await update(
        'dcim.macaddress',
        taking.map(({ id, row }) => ({
          id: row['primary_mac_address_id'],
          assigned_object_type: 'dcim.interface',
          assigned_object_id: id,
        })),
        'consequence',
      )
    },
    'channels are called after their parent': batch => renameChannels(batch, ['device_id']),
    'channels show the cable of their parent': followChannels,
    ...macShortcut.after,
  },
  afterDelete: { 'what a channel was wired to leads elsewhere': followChannels },
})

/** `5g-32-5160-20`: band, number, frequency and width. */
function channelOf(row: Change['row']): { frequency: number; width: number } | null {
  const [, , frequency, width] = String(row['rf_channel'] ?? '').split('-')
  return frequency && width ? { frequency: Number(frequency), width: Number(width) } : null
}

const labels = { parent: 'parent', bridge: 'bridge', lag: 'LAG' } as const

/** Another interface of the same device, or of a device in the same virtual chassis. */
function within(name: keyof typeof labels): (change: Change) => void {
  return ({ row, ref, fail }) => {
    const other = ref(name)
    if (!other || other.device_id === row['device_id']) return
    const chassis = ref('device').virtual_chassis_id
    if (chassis === null || ref(`${name}.device`).virtual_chassis_id !== chassis)
      fail(name, `The selected ${labels[name]} interface (${other.name}) belongs to a different device.`)
  }
}

async function vlansOf({ changes, tx }: Batch): Promise<Pick<Loaded, 'tagged' | 'sites'>> {
  const sent = [...new Set(changes.flatMap(change => change.links.get('tagged_vlans') ?? []))]
  const old = changes.filter(change => change.kind === 'update').map(change => change.id)
  const sites = sent.length
    ? await tx.query<{ id: number; site_id: number | null }>(
        'select id, site_id from ipam_vlan where id = any($1::bigint[])',
        [sent],
      )
    : []
  const tagged = old.length
    ? await tx.query<{ id: number }>(
        'select distinct interface_id as id from dcim_interface_tagged_vlans where interface_id = any($1::bigint[])',
        [old],
      )
    : []
  return { sites: new Map(sites.map(row => [row.id, row.site_id])), tagged: new Set(tagged.map(row => row.id)) }
}

async function cabledOf({ changes, tx }: Batch): Promise<ReadonlySet<number>> {
  const becoming = changes.filter(
    ({ kind, row, changed }) => kind === 'update' && row['channel_id'] !== null && changed('channel_id'),
  )
  if (becoming.length === 0) return new Set()
  const rows = await tx.query<{ id: number }>(
    `select termination_id as id from dcim_cabletermination where termination_type = 'dcim.interface' and termination_id = any($1::bigint[])`,
    [becoming.map(change => change.id)],
  )
  return new Set(rows.map(row => row.id))
}
