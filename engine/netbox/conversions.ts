import { parseArray } from '@demarc/pgdump'

/** How a value follows from other columns of the row. */
export interface Instead {
  readonly sources: readonly string[]
  readonly convert: (values: readonly (string | null)[]) => string | null
}

/** Pairs of protocol and port, each once, in the order they stand in. */
const portMappings: Instead = {
  sources: ['protocol', 'ports'],
  convert([protocol, ports]) {
    if (!protocol || !ports) return '{}'
    const numbers = parseArray(ports).filter(port => port !== null)
    return `{${[...new Set(numbers)].map(port => `${protocol}/${String(port)}`).join()}}`
  },
}

/** By column of ours that databases of before 4.7 lack: how to find its value. Others start with their default. */
export const instead: Readonly<Record<string, Instead>> = {
  'ipam_service.port_mappings': portMappings,
  'ipam_servicetemplate.port_mappings': portMappings,
}

/** Columns of earlier versions that are not taken, and why not. */
export const gone: ReadonlyMap<string, string> = new Map([
  ['lft', 'places in a tree are worked out anew'],
  ['rght', 'places in a tree are worked out anew'],
  ['tree_id', 'places in a tree are worked out anew'],
  ['level', 'places in a tree are worked out anew'],
  ['protocol', 'part of port_mappings'],
  ['ports', 'part of port_mappings'],
  ['_ports_lowest', 'part of port_mappings'],
  ['_total_vlan_ids', 'counted anew'],
  ['local_context_data', 'of modules, which never had a use for it'],
])

/** Rows of other tables that are counted in columns of the row that their `via` points to. */
interface Counters {
  readonly parent: string
  readonly via: string
  readonly counts: Readonly<Record<string, string>>
}

const templateCounts = {
  console_port_template_count: 'dcim_consoleporttemplate',
  console_server_port_template_count: 'dcim_consoleserverporttemplate',
  power_port_template_count: 'dcim_powerporttemplate',
  power_outlet_template_count: 'dcim_poweroutlettemplate',
  interface_template_count: 'dcim_interfacetemplate',
  front_port_template_count: 'dcim_frontporttemplate',
  rear_port_template_count: 'dcim_rearporttemplate',
  module_bay_template_count: 'dcim_modulebaytemplate',
  cooling_intake_template_count: 'dcim_coolingintaketemplate',
  cooling_outflow_template_count: 'dcim_coolingoutflowtemplate',
}

/** Numbers that are kept beside what they count, which older versions had fewer of or let go stale. */
export const counters: readonly Counters[] = [
  {
    parent: 'dcim_device',
    via: 'device_id',
    counts: {
      console_port_count: 'dcim_consoleport',
      console_server_port_count: 'dcim_consoleserverport',
      power_port_count: 'dcim_powerport',
      power_outlet_count: 'dcim_poweroutlet',
      interface_count: 'dcim_interface',
      front_port_count: 'dcim_frontport',
      rear_port_count: 'dcim_rearport',
      device_bay_count: 'dcim_devicebay',
      module_bay_count: 'dcim_modulebay',
      inventory_item_count: 'dcim_inventoryitem',
      cooling_intake_count: 'dcim_coolingintake',
      cooling_outflow_count: 'dcim_coolingoutflow',
    },
  },
  {
    parent: 'dcim_devicetype',
    via: 'device_type_id',
    counts: {
      ...templateCounts,
      device_count: 'dcim_device',
      device_bay_template_count: 'dcim_devicebaytemplate',
      inventory_item_template_count: 'dcim_inventoryitemtemplate',
    },
  },
  { parent: 'dcim_moduletype', via: 'module_type_id', counts: { ...templateCounts, module_count: 'dcim_module' } },
  { parent: 'dcim_virtualchassis', via: 'virtual_chassis_id', counts: { member_count: 'dcim_device' } },
  { parent: 'dcim_racktype', via: 'rack_type_id', counts: { rack_count: 'dcim_rack' } },
  {
    parent: 'virtualization_virtualmachine',
    via: 'virtual_machine_id',
    counts: { interface_count: 'virtualization_vminterface', virtual_disk_count: 'virtualization_virtualdisk' },
  },
  {
    parent: 'virtualization_virtualmachinetype',
    via: 'virtual_machine_type_id',
    counts: { virtual_machine_count: 'virtualization_virtualmachine' },
  },
]

const parts = [
  'consoleport',
  'consoleserverport',
  'powerport',
  'poweroutlet',
  'interface',
  'frontport',
  'rearport',
  'devicebay',
  'modulebay',
  'inventoryitem',
]

const scoped = ['ipam_prefix', 'circuits_circuittermination', 'virtualization_cluster', 'wireless_wirelesslan']

/** What is worked out anew for a source of before 4.7, besides trees and counters. */
export const mended: readonly string[] = [
  `update core_job set execution_time = completed - started where execution_time is null and completed >= started`,
  `update ipam_vlangroup as vlans set total_vlan_ids = counted.total
   from (select id, coalesce((select sum(upper(ids) - lower(ids)) from unnest(vid_ranges) as ids), 0) as total from ipam_vlangroup) as counted
   where counted.id = vlans.id and vlans.total_vlan_ids <> counted.total`,
  // A bay of a module hangs below the bay the module is in.
  `update dcim_modulebay as bay set parent_id = module.module_bay_id from dcim_module as module
   where module.id = bay.module_id and bay.parent_id is distinct from module.module_bay_id`,
  `update dcim_modulebay set parent_id = null where module_id is null and parent_id is not null`,
  ...parts.map(
    name =>
      `update dcim_${name} as part set _site_id = device.site_id, _location_id = device.location_id, _rack_id = device.rack_id
       from dcim_device as device where device.id = part.device_id
       and (part._site_id, part._location_id, part._rack_id) is distinct from (device.site_id, device.location_id, device.rack_id)`,
  ),
  ...scoped.flatMap(table => [
    `update ${table} as place set _site_id = location.site_id from dcim_location as location
     where location.id = place._location_id and place._site_id is distinct from location.site_id`,
    `update ${table} as place set _region_id = site.region_id, _site_group_id = site.group_id from dcim_site as site
     where site.id = place._site_id and (place._region_id, place._site_group_id) is distinct from (site.region_id, site.group_id)`,
  ]),
]

/** Rows that a person should look at after a takeover from before 4.7: SQL that yields their names. */
export const questionable: readonly { readonly what: string; readonly sql: string }[] = [
  {
    what: 'webhooks whose texts use `username` or `request_id`, which are `request.user` and `request.id` now',
    sql: `select name from extras_webhook where concat(payload_url, additional_headers, body_template) ~ '\\m(username|request_id)\\M'`,
  },
  {
    what: 'custom links that use more of `request` than id, path, path_info, method, GET and user, which is all it has now',
    sql: `select name from extras_customlink where concat(link_text, link_url) ~ '\\mrequest\\.(?!(id|path|path_info|method|GET|user)\\M)'`,
  },
  {
    what: 'saved filters of services that name a lookup of `protocol` or `port`',
    sql: `select name from extras_savedfilter where object_types && '{ipam.service,ipam.servicetemplate}' and parameters::text ~ '"(protocol|ports?)(__\\w+)?"'`,
  },
  {
    what: 'table configurations of services that show `protocol` or `ports`',
    sql: `select name from extras_tableconfig where object_type in ('ipam.service', 'ipam.servicetemplate') and columns::text[] && '{protocol,ports}'`,
  },
  {
    what: 'permissions whose constraints name columns that are gone',
    sql: `select name from users_objectpermission where constraints::text ~ '"(\\w+__)?(lft|rght|tree_id|level|protocol|ports)(__\\w+)?"'`,
  },
  {
    what: 'export templates that use `protocol`, `ports`, `port_list` or places in a tree',
    sql: `select name from extras_exporttemplate where template_code ~ '\\.(protocol|ports|port_list|lft|rght|tree_id)\\M'`,
  },
  {
    what: 'event rules whose conditions read a custom field: a selection is an object with `value` and `label` now',
    sql: `select name from extras_eventrule where conditions::text ~ 'custom_fields\\.' and conditions::text !~ 'custom_fields\\.\\w+\\.value'`,
  },
  {
    what: 'interfaces whose primary MAC address is not assigned to them, so that their next change is refused',
    sql: `select port.name from dcim_interface as port join dcim_macaddress as mac on mac.id = port.primary_mac_address_id
          where (mac.assigned_object_type, mac.assigned_object_id) is distinct from ('dcim.interface', port.id)
          union all
          select port.name from virtualization_vminterface as port join dcim_macaddress as mac on mac.id = port.primary_mac_address_id
          where (mac.assigned_object_type, mac.assigned_object_id) is distinct from ('virtualization.vminterface', port.id)`,
  },
]
