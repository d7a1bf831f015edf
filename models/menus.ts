import type { MenuSpec } from '@demarc/engine/model'

/** The menu, in the order in which NetBox's users know it. */
export const menus: readonly MenuSpec[] = [
  {
    label: 'Organization',
    icon: 'building',
    groups: {
      Sites: ['dcim.region', 'dcim.sitegroup', 'dcim.site', 'dcim.location'],
      Tenancy: ['tenancy.tenant', 'tenancy.tenantgroup'],
      Contacts: ['tenancy.contact', 'tenancy.contactgroup', 'tenancy.contactrole', 'tenancy.contactassignment'],
    },
  },
  {
    label: 'Racks',
    icon: 'server-2',
    groups: {
      Racks: ['dcim.rack', 'dcim.rackreservation'],
      'Rack Organization': ['dcim.rackgroup', 'dcim.rackrole'],
      'Rack Types': ['dcim.racktype'],
    },
  },
  {
    label: 'Devices',
    icon: 'server',
    groups: {
      Devices: [
        'dcim.device',
        'dcim.module',
        'dcim.devicerole',
        'dcim.platform',
        'dcim.virtualchassis',
        'dcim.virtualdevicecontext',
      ],
      'Device Types': [
        'dcim.devicetype',
        'dcim.moduletype',
        'dcim.moduletypeprofile',
        'dcim.modulebaytype',
        'dcim.manufacturer',
      ],
      'Device Components': [
        'dcim.interface',
        'dcim.frontport',
        'dcim.rearport',
        'dcim.consoleport',
        'dcim.consoleserverport',
        'dcim.powerport',
        'dcim.poweroutlet',
        'dcim.coolingintake',
        'dcim.coolingoutflow',
        'dcim.modulebay',
        'dcim.devicebay',
        'dcim.inventoryitem',
        'dcim.inventoryitemrole',
      ],
      Addressing: ['dcim.macaddress'],
    },
  },
  {
    label: 'Connections',
    icon: 'plug-connected',
    groups: {
      Connections: [
        'dcim.cable',
        'dcim.cablebundle',
        'wireless.wirelesslink',
        'dcim.interfaceconnection',
        'dcim.consoleconnection',
        'dcim.powerconnection',
      ],
    },
  },
  {
    label: 'Wireless',
    icon: 'wifi',
    groups: {
      Wireless: ['wireless.wirelesslan', 'wireless.wirelesslangroup'],
    },
  },
  {
    label: 'IPAM',
    icon: 'hash',
    groups: {
      'IP Addresses': ['ipam.ipaddress', 'ipam.iprange'],
      Prefixes: ['ipam.prefix', 'ipam.role'],
      ASNs: ['ipam.asnrange', 'ipam.asn'],
      Aggregates: ['ipam.aggregate', 'ipam.rir'],
      VRFs: ['ipam.vrf', 'ipam.routetarget'],
      VLANs: ['ipam.vlan', 'ipam.vlangroup', 'ipam.vlantranslationpolicy', 'ipam.vlantranslationrule'],
      Other: ['ipam.fhrpgroup', 'ipam.servicetemplate', 'ipam.service'],
    },
  },
  {
    label: 'VPN',
    icon: 'shield-lock',
    groups: {
      Tunnels: ['vpn.tunnel', 'vpn.tunnelgroup', 'vpn.tunneltermination'],
      L2VPNs: ['vpn.l2vpn', 'vpn.l2vpntermination'],
      Security: ['vpn.ikeproposal', 'vpn.ikepolicy', 'vpn.ipsecproposal', 'vpn.ipsecpolicy', 'vpn.ipsecprofile'],
    },
  },
  {
    label: 'Virtualization',
    icon: 'device-desktop',
    groups: {
      'Virtual Machines': [
        'virtualization.virtualmachine',
        'virtualization.vminterface',
        'virtualization.virtualdisk',
        'virtualization.virtualmachinetype',
      ],
      Clusters: ['virtualization.cluster', 'virtualization.clustertype', 'virtualization.clustergroup'],
    },
  },
  {
    label: 'Circuits',
    icon: 'arrows-left-right',
    groups: {
      Circuits: ['circuits.circuit', 'circuits.circuittype', 'circuits.circuittermination'],
      'Virtual Circuits': [
        'circuits.virtualcircuit',
        'circuits.virtualcircuittype',
        'circuits.virtualcircuittermination',
      ],
      Groups: ['circuits.circuitgroup', 'circuits.circuitgroupassignment'],
      Providers: ['circuits.provider', 'circuits.provideraccount', 'circuits.providernetwork'],
    },
  },
  {
    label: 'Power',
    icon: 'bolt',
    groups: {
      Power: ['dcim.powerfeed', 'dcim.powerpanel'],
    },
  },
  {
    label: 'Cooling',
    icon: 'snowflake',
    groups: {
      Cooling: ['dcim.coolingsource', 'dcim.coolingfeed'],
    },
  },
  {
    label: 'Provisioning',
    icon: 'file-code',
    groups: {
      Configurations: ['extras.configcontext', 'extras.configcontextprofile', 'extras.configtemplate'],
    },
  },
  {
    label: 'Customization',
    icon: 'puzzle',
    groups: {
      Customization: [
        'extras.customfield',
        'extras.customfieldchoiceset',
        'extras.customlink',
        'extras.exporttemplate',
        'extras.savedfilter',
        'extras.tableconfig',
        'extras.tag',
        'extras.imageattachment',
      ],
      Scripts: ['extras.script'],
    },
  },
  {
    label: 'Operations',
    icon: 'activity',
    groups: {
      Integrations: ['core.datasource', 'extras.eventrule', 'extras.webhook'],
      Jobs: ['core.job'],
      Logging: ['extras.notificationgroup', 'extras.journalentry', 'core.objectchange'],
    },
  },
  {
    label: 'Admin',
    icon: 'settings',
    groups: {
      Authentication: ['users.user', 'users.group', 'users.token', 'users.objectpermission'],
      Ownership: ['users.ownergroup', 'users.owner'],
    },
  },
]
