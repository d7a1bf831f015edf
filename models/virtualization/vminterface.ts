import { boolean, choice, integer, ref, refs, stored, text, type Shape } from '@demarc/engine/field'
import { compare, inverseAny, inverseAnyOne, model, related, tagged, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { InterfaceMode } from '../dcim/interface.ts'
import { carriedVLANFilters } from '../ipam/carried-vlans.ts'

/** How another interface of the same virtual machine is shown. */
const relative: Shape = [
  'id',
  'url',
  'display_url',
  'display',
  { virtual_machine: ['id', 'url', 'display_url', 'display', 'name'] },
  'name',
]

export const VMInterface = model('virtualization.vminterface', {
  label: 'interface',
  schemaName: 'VMInterface',
  about: 'A network interface of a virtual machine.',

  fields: {
    virtual_machine: ref('virtualization.virtualmachine', {
      onDelete: 'cascade',
      inverse: 'interfaces',
      counter: 'interface_count',
    }),
    name: text({ max: 64 }),
    enabled: boolean({ default: true, file: { defaults: true } }),
    parent: ref('virtualization.vminterface', {
      nullable: true,
      label: 'parent interface',
      onDelete: 'restrict',
      inverse: 'child_interfaces',
      filter: { only: 'id' },
      nested: relative,
    }),
    bridge: ref('virtualization.vminterface', {
      nullable: true,
      label: 'bridge interface',
      onDelete: 'set null',
      inverse: 'bridge_interfaces',
      filter: { only: 'id' },
      nested: relative,
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
    description: text({ blank: true, default: '', max: 200 }),
    mode: choice(InterfaceMode, { nullable: true, help: 'IEEE 802.1Q tagging strategy' }),
    untagged_vlan: ref('ipam.vlan', {
      file: { by: 'vid', within: { vlan_group: 'group' } },
      nullable: true,
      label: 'untagged VLAN',
      onDelete: 'set null',
      inverse: 'vminterfaces_as_untagged',
      filter: false,
    }),
    tagged_vlans: refs('ipam.vlan', {
      file: { by: 'vid', within: { vlan_group: 'group' } },
      label: 'tagged VLANs',
      inverse: 'vminterfaces_as_tagged',
      filter: false,
    }),
    qinq_svlan: ref('ipam.vlan', {
      file: { by: 'vid', within: { vlan_group: 'group' } },
      nullable: true,
      label: 'Q-in-Q SVLAN',
      onDelete: 'set null',
      inverse: 'vminterfaces_svlan',
      filter: false,
    }),
    vlan_translation_policy: ref('ipam.vlantranslationpolicy', { nullable: true, label: 'VLAN Translation Policy' }),
    vrf: ref('ipam.vrf', {
      file: { by: 'rd' },
      nullable: true,
      label: 'VRF',
      onDelete: 'set null',
      inverse: 'vminterfaces',
    }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    _name: stored<string>('character varying(100)'),
    ...tagged,
  },

  derived: {
    mac_address: {
      wire: 'string',
      writable: true,
      load: ids => sql`
        select interface.id, to_json(upper(mac.mac_address::text)) as value
        from virtualization_vminterface as interface
        join dcim_macaddress as mac on mac.id = interface.primary_mac_address_id
        where interface.id = any(${ids})`,
      as: (_row, address: string | undefined) => address ?? null,
    },
    mac_addresses: inverseAny('dcim.macaddress.assigned_object', 'virtualization.vminterface', {
      order: 'mac_address, id',
    }),
    l2vpn_termination: inverseAnyOne('vpn.l2vpntermination.assigned_object', 'virtualization.vminterface'),
  },
  counts: {
    count_ipaddresses: { of: 'ipam.ipaddress.assigned_object', wire: 'integer' },
    count_fhrp_groups: { of: 'ipam.fhrpgroupassignment.interface', wire: 'integer' },
  },

  display: { from: ['name'], as: row => row.name },
  partOf: ['virtual_machine'],
  order: ['virtual_machine', '_name'],
  unique: [['virtual_machine', 'name']],
  quick: ['name', 'description'],
  patterns: ['name'],
  search: { name: 100, description: 500, mtu: 2000 },
  brief: ['virtual_machine', 'name', 'description'],

  filters: {
    ...carriedVLANFilters({ table: 'virtualization_vminterface', own: 'vminterface_id' }),
    l2vpn: related('l2vpn_terminations.l2vpn', { by: 'identifier' }),
    cluster: related('virtual_machine.cluster'),
    mac_address: compare('mac_addresses.mac_address'),
  },

  file: {
    table: {
      name: 'VMInterfaceTable',
      first: ['name', ['virtual_machine', 'Virtual Machine'], 'enabled', 'description'],
      more: [
        'id',
        'mtu',
        'mode',
        'tags',
        'vrf',
        ['primary_mac_address', 'Primary MAC'],
        ['l2vpn_termination', 'L2VPN'],
        'tunnel',
        ['ip_addresses', 'IP Addresses'],
        ['fhrp_groups', 'FHRP Groups'],
        'untagged_vlan',
        'tagged_vlans',
        'qinq_svlan',
        'created',
        'last_updated',
        'vlan_translation_policy',
        ['mac_addresses', 'MAC Addresses'],
      ],
    },
    columns: { vlan_group: { to: 'ipam.vlangroup' } },
  },

  ui: {
    icon: 'network',
    columns: ['name', 'virtual_machine', 'enabled', 'description'],
    form: {
      Interface: ['virtual_machine', 'name', 'description', 'tags'],
      Addressing: ['vrf', 'mac_address'],
      Operation: ['mtu', 'enabled'],
      'Related Interfaces': ['parent', 'bridge'],
      '802.1Q Switching': ['mode', 'untagged_vlan', 'tagged_vlans', 'qinq_svlan', 'vlan_translation_policy'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    virtualization_vminterface: RowOf<typeof VMInterface>
  }
}
