import {
  bigint,
  boolean,
  choice,
  choices,
  decimal,
  integer,
  ref,
  refs,
  smallint,
  stored,
  wwn,
  type Shape,
} from '@demarc/engine/field'
import { model, compare, inverse, inverseAny, inverseAnyOne, related, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { WirelessChannel } from '../wireless/wireless-channel.ts'
import { endpoint, endpointFilters, endpointLoads } from './cabling/endpoint.ts'
import { componentFilters, componentRest, modularComponent, namedAndLabelled } from './component.ts'
import { interfaceFilters, interfaceKeys, interfaceLoads } from './interface-links.ts'
import { InterfaceType } from './interface-type.ts'
import { linkShape } from './shapes.ts'

export const InterfaceMode = choices('InterfaceMode', {
  access: ['Access'],
  tagged: ['Tagged'],
  'tagged-all': ['Tagged (All)'],
  'q-in-q': ['Q-in-Q (802.1ad)'],
})

export const InterfaceDuplex = choices('InterfaceDuplex', {
  half: ['Half'],
  full: ['Full'],
  auto: ['Auto'],
})

export const WirelessRole = choices('WirelessRole', {
  ap: ['Access point'],
  station: ['Station'],
})

export const InterfacePoEMode = choices('InterfacePoEMode', {
  pd: ['PD'],
  pse: ['PSE'],
})

export const InterfacePoEType = choices('InterfacePoEType', {
  'type1-ieee802.3af': ['802.3af (Type 1)'],
  'type2-ieee802.3at': ['802.3at (Type 2)'],
  'type3-ieee802.3bt': ['802.3bt (Type 3)'],
  'type4-ieee802.3bt': ['802.3bt (Type 4)'],
  'passive-24v-2pair': ['Passive 24V (2-pair)'],
  'passive-24v-4pair': ['Passive 24V (4-pair)'],
  'passive-48v-2pair': ['Passive 48V (2-pair)'],
  'passive-48v-4pair': ['Passive 48V (4-pair)'],
})

/** How an interface is shown inside a related one. */
const siblingShape: Shape = [
  'id',
  'url',
  'display_url',
  'display',
  { device: linkShape },
  'name',
  { cable: 'id' },
  '_occupied',
]

export const Interface = model('dcim.interface', {
  label: 'interface',
  about: 'A network interface of a device, physical or virtual.',

  fields: {
    ...modularComponent('interfaces', 'interface_count'),
    vdcs: refs('dcim.virtualdevicecontext', { inverse: 'interfaces', filter: false }),
    type: choice(InterfaceType, { filter: { notNull: true } }),
    channels: smallint({
      nullable: true,
      help: 'The number of channels into which this interface is channelized',
      min: 1,
      max: 1024,
    }),
    channel_id: smallint({
      nullable: true,
      label: 'channel ID',
      help: 'The channel on the parent interface to which this subinterface is bound',
      min: 1,
      max: 1024,
    }),
    enabled: boolean({ default: true, file: { defaults: true } }),
    parent: ref('dcim.interface', {
      nullable: true,
      label: 'parent interface',
      onDelete: 'restrict',
      inverse: 'child_interfaces',
      filter: { only: 'id' },
      nested: siblingShape,
    }),
    bridge: ref('dcim.interface', {
      nullable: true,
      label: 'bridge interface',
      onDelete: 'set null',
      inverse: 'bridge_interfaces',
      filter: { only: 'id' },
      nested: siblingShape,
    }),
    lag: ref('dcim.interface', {
      nullable: true,
      label: 'parent LAG',
      onDelete: 'set null',
      inverse: 'member_interfaces',
      filter: { only: 'id' },
      nested: siblingShape,
    }),
    mtu: integer({ nullable: true, label: 'MTU', min: 1, max: 65536 }),
    primary_mac_address: ref('dcim.macaddress', {
      nullable: true,
      unique: true,
      label: 'primary MAC address',
      onDelete: 'set null',
      inverse: '+',
      filter: { by: 'mac_address' },
    }),
    speed: bigint({ nullable: true, label: 'speed (Kbps)', min: 0 }),
    duplex: choice(InterfaceDuplex, { nullable: true }),
    wwn: wwn({ nullable: true, label: 'WWN', help: '64-bit World Wide Name' }),
    mgmt_only: boolean({
      default: false,
      label: 'management only',
      help: 'This interface is used only for out-of-band management',
    }),
    mode: choice(InterfaceMode, { nullable: true, help: 'IEEE 802.1Q tagging strategy' }),
    rf_role: choice(WirelessRole, { nullable: true, label: 'wireless role', max: 30 }),
    rf_channel: choice(WirelessChannel, { nullable: true, label: 'wireless channel' }),
    poe_mode: choice(InterfacePoEMode, { nullable: true, label: 'PoE mode' }),
    poe_type: choice(InterfacePoEType, { nullable: true, label: 'PoE type' }),
    rf_channel_frequency: decimal({
      digits: 8,
      places: 3,
      nullable: true,
      label: 'channel frequency (MHz)',
      help: 'Populated by selected channel (if set)',
    }),
    rf_channel_width: decimal({
      digits: 7,
      places: 3,
      nullable: true,
      label: 'channel width (MHz)',
      help: 'Populated by selected channel (if set)',
    }),
    tx_power: smallint({ nullable: true, label: 'transmit power (dBm)', min: -40, max: 127 }),
    untagged_vlan: ref('ipam.vlan', {
      file: { by: 'vid', within: { vlan_group: 'group' } },
      nullable: true,
      label: 'untagged VLAN',
      onDelete: 'set null',
      inverse: 'interfaces_as_untagged',
      filter: false,
    }),
    tagged_vlans: refs('ipam.vlan', {
      file: { by: 'vid', within: { vlan_group: 'group' } },
      label: 'tagged VLANs',
      inverse: 'interfaces_as_tagged',
      filter: false,
    }),
    qinq_svlan: ref('ipam.vlan', {
      file: { by: 'vid', within: { vlan_group: 'group' } },
      nullable: true,
      label: 'Q-in-Q SVLAN',
      onDelete: 'set null',
      inverse: 'interfaces_svlan',
      filter: false,
    }),
    vlan_translation_policy: ref('ipam.vlantranslationpolicy', { nullable: true, label: 'VLAN Translation Policy' }),
    ...endpoint,
    wireless_link: ref('wireless.wirelesslink', {
      nullable: true,
      readonly: true,
      onDelete: 'set null',
      inverse: '+',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display_url', 'display', 'ssid'],
    }),
    wireless_lans: refs('wireless.wirelesslan', { label: 'wireless LANs', inverse: 'interfaces', filter: false }),
    vrf: ref('ipam.vrf', {
      file: { by: 'rd' },
      nullable: true,
      label: 'VRF',
      onDelete: 'set null',
      inverse: 'interfaces',
    }),
    _name: stored<string>('character varying(100)'),
    ...componentRest,
  },

  display: namedAndLabelled,
  order: ['device', { sql: row => sql`${row['_name']} collate "C"` }],
  unique: [
    ['device', 'name'],
    ['parent', 'channel_id'],
  ],
  partOf: ['device'],
  resets: ['wwn'],
  quick: ['name', 'label', 'description'],
  patterns: ['name', 'label', 'channel_id'],
  search: { name: 100, label: 200, wwn: 300, description: 500, mtu: 2000, speed: 2000 },
  brief: ['device', 'name', 'description', 'cable', '_occupied'],
  clone: [
    'device',
    'module',
    'parent',
    'bridge',
    'lag',
    'type',
    'channels',
    'mgmt_only',
    'mtu',
    'mode',
    'speed',
    'duplex',
    'rf_role',
    'rf_channel',
    'rf_channel_frequency',
    'rf_channel_width',
    'tx_power',
    'poe_mode',
    'poe_type',
    'vrf',
  ],

  counts: {
    count_ipaddresses: { of: 'ipam.ipaddress.assigned_object', wire: 'integer' },
    count_fhrp_groups: { of: 'ipam.fhrpgroupassignment.interface', wire: 'integer' },
  },

  loads: {
    ...endpointLoads('dcim_interface'),
    ...interfaceLoads,
  },
  derived: {
    bridge_interfaces: inverse('dcim.interface.bridge', {
      nested: siblingShape,
      order: 'device_id, _name collate "C"',
    }),
    mac_address: {
      load: ids => sql`
        select interface.id, to_json(upper(mac.mac_address::text)) as value
        from dcim_interface as interface join dcim_macaddress as mac on mac.id = interface.primary_mac_address_id
        where interface.id = any(${ids})`,
      as: (_row, mac) => mac ?? null,
      wire: 'string',
      writable: true,
    },
    mac_addresses: inverseAny('dcim.macaddress.assigned_object', 'dcim.interface', { order: 'mac_address, id' }),
    l2vpn_termination: inverseAnyOne('vpn.l2vpntermination.assigned_object', 'dcim.interface', {
      nested: ['id', 'url', 'display', 'l2vpn'],
    }),
    ...interfaceKeys,
  },

  filters: {
    ...componentFilters,
    ...endpointFilters,
    ...interfaceFilters,
    l2vpn: related('l2vpn_terminations.l2vpn', { by: 'identifier' }),
    mac_address: compare('mac_addresses.mac_address'),
    vdc: related('vdcs'),
    vdc_identifier: related('vdcs', { only: 'key', by: 'identifier' }),
    wireless_lan: related('wireless_lans', { only: 'id' }),
    virtual_circuit: related('virtual_circuit_termination.virtual_circuit', { only: 'id' }),
    virtual_circuit_termination: related('virtual_circuit_termination', { only: 'id' }),
  },

  file: {
    table: {
      first: ['name', 'device', 'label', 'enabled', 'type', 'description'],
      more: [
        'id',
        ['module.module_bay', 'Module Bay'],
        'module',
        'channels',
        'channel_id',
        ['mgmt_only', 'Management Only'],
        'mtu',
        'speed',
        ['speed', 'Speed'],
        'duplex',
        'mode',
        ['mac_addresses', 'MAC Addresses'],
        ['primary_mac_address', 'Primary MAC'],
        'wwn',
        'poe_mode',
        'poe_type',
        'rf_role',
        'rf_channel',
        'rf_channel_frequency',
        'rf_channel_width',
        'tx_power',
        ['mark_connected', 'Mark Connected'],
        'cable',
        'cable.color',
        'wireless_link',
        'wireless_lans',
        ['link_peers', 'Link Peers'],
        ['connected_endpoints', 'Connection'],
        'tags',
        ['vdcs', 'VDCs'],
        'vrf',
        ['l2vpn_termination', 'L2VPN'],
        'tunnel',
        ['ip_addresses', 'IP Addresses'],
        ['fhrp_groups', 'FHRP Groups'],
        'untagged_vlan',
        'tagged_vlans',
        'qinq_svlan',
        ['inventory_items', 'Inventory Items'],
        'created',
        'last_updated',
        'vlan_translation_policy',
        'device.location',
        'device.site',
        'device.status',
        ['virtual_circuit_termination', 'Virtual Circuit'],
      ],
    },
    columns: { vlan_group: { to: 'ipam.vlangroup' } },
  },

  ui: {
    icon: 'network',
    panels: ['trace'],
    columns: [
      'name',
      'device',
      'label',
      'enabled',
      'type',
      'mode',
      'lag',
      'cable',
      'connected_endpoints',
      'description',
    ],
    form: {
      Interface: ['device', 'module', 'name', 'label', 'type', 'channels', 'speed', 'duplex', 'description', 'tags'],
      Addressing: ['vrf', 'mac_address', 'wwn'],
      Operation: ['vdcs', 'mtu', 'tx_power', 'enabled', 'mgmt_only', 'mark_connected'],
      'Related Interfaces': ['parent', 'channel_id', 'bridge', 'lag'],
      PoE: ['poe_mode', 'poe_type'],
      '802.1Q Switching': ['mode', 'untagged_vlan', 'tagged_vlans', 'qinq_svlan', 'vlan_translation_policy'],
      Wireless: ['rf_role', 'rf_channel', 'rf_channel_frequency', 'rf_channel_width', 'wireless_lans'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_interface: RowOf<typeof Interface>
  }
}
