alter table circuits_circuit drop constraint circuits_circuit_provider_account_id_cid_key;

create unique index circuits_circuit_provider_account_id_cid_key on circuits_circuit using btree (provider_account_id, cid) where provider_account_id is not null;

alter table circuits_virtualcircuit drop constraint circuits_virtualcircuit_provider_account_id_cid_key;

create unique index circuits_virtualcircuit_provider_account_id_cid_key on circuits_virtualcircuit using btree (provider_account_id, cid) where provider_account_id is not null;

alter table core_objectchange drop constraint core_objectchange_user_id_fk;

alter table core_objectchange add column consequence boolean not null default false;

alter table core_objectchange alter column consequence drop default;

alter table dcim_cabletermination drop constraint dcim_cabletermination__device_id_fk;

alter table dcim_cabletermination drop constraint dcim_cabletermination__rack_id_fk;

alter table dcim_cabletermination drop constraint dcim_cabletermination__location_id_fk;

alter table dcim_cabletermination drop constraint dcim_cabletermination__site_id_fk;

alter table dcim_consoleport drop constraint dcim_consoleport__site_id_fk;

alter table dcim_consoleport drop constraint dcim_consoleport__location_id_fk;

alter table dcim_consoleport drop constraint dcim_consoleport__rack_id_fk;

alter table dcim_consoleporttemplate drop constraint dcim_consoleporttemplate_device_type_id_name_key;

alter table dcim_consoleporttemplate drop constraint dcim_consoleporttemplate_module_type_id_name_key;

create unique index dcim_consoleporttemplate_device_type_id_name_key on dcim_consoleporttemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_consoleporttemplate_module_type_id_name_key on dcim_consoleporttemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_consoleserverport drop constraint dcim_consoleserverport__site_id_fk;

alter table dcim_consoleserverport drop constraint dcim_consoleserverport__location_id_fk;

alter table dcim_consoleserverport drop constraint dcim_consoleserverport__rack_id_fk;

alter table dcim_consoleserverporttemplate drop constraint dcim_consoleserverporttemplate_device_type_id_name_key;

alter table dcim_consoleserverporttemplate drop constraint dcim_consoleserverporttemplate_module_type_id_name_key;

create unique index dcim_consoleserverporttemplate_device_type_id_name_key on dcim_consoleserverporttemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_consoleserverporttemplate_module_type_id_name_key on dcim_consoleserverporttemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_coolingintake drop constraint dcim_coolingintake__site_id_fk;

alter table dcim_coolingintake drop constraint dcim_coolingintake__location_id_fk;

alter table dcim_coolingintake drop constraint dcim_coolingintake__rack_id_fk;

alter table dcim_coolingintaketemplate drop constraint dcim_coolingintaketemplate_device_type_id_name_key;

alter table dcim_coolingintaketemplate drop constraint dcim_coolingintaketemplate_module_type_id_name_key;

create unique index dcim_coolingintaketemplate_device_type_id_name_key on dcim_coolingintaketemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_coolingintaketemplate_module_type_id_name_key on dcim_coolingintaketemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_coolingoutflow drop constraint dcim_coolingoutflow__site_id_fk;

alter table dcim_coolingoutflow drop constraint dcim_coolingoutflow__location_id_fk;

alter table dcim_coolingoutflow drop constraint dcim_coolingoutflow__rack_id_fk;

alter table dcim_coolingoutflowtemplate drop constraint dcim_coolingoutflowtemplate_device_type_id_name_key;

alter table dcim_coolingoutflowtemplate drop constraint dcim_coolingoutflowtemplate_module_type_id_name_key;

create unique index dcim_coolingoutflowtemplate_device_type_id_name_key on dcim_coolingoutflowtemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_coolingoutflowtemplate_module_type_id_name_key on dcim_coolingoutflowtemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_device drop constraint dcim_device_asset_tag_key;

alter table dcim_device drop constraint dcim_device_primary_ip4_id_key;

alter table dcim_device drop constraint dcim_device_primary_ip6_id_key;

alter table dcim_device drop constraint dcim_device_oob_ip_id_key;

alter table dcim_device drop constraint dcim_device_rack_id_position_face_key;

alter table dcim_device drop constraint dcim_device_virtual_chassis_id_vc_position_key;

create unique index dcim_device_asset_tag_key on dcim_device using btree (asset_tag) where asset_tag is not null;

create unique index dcim_device_primary_ip4_id_key on dcim_device using btree (primary_ip4_id) where primary_ip4_id is not null;

create unique index dcim_device_primary_ip6_id_key on dcim_device using btree (primary_ip6_id) where primary_ip6_id is not null;

create unique index dcim_device_oob_ip_id_key on dcim_device using btree (oob_ip_id) where oob_ip_id is not null;

create unique index dcim_device_rack_id_position_face_key on dcim_device using btree (rack_id, position, face) where rack_id is not null;

create unique index dcim_device_virtual_chassis_id_vc_position_key on dcim_device using btree (virtual_chassis_id, vc_position) where virtual_chassis_id is not null;

alter table dcim_devicebay drop constraint dcim_devicebay_installed_device_id_key;

alter table dcim_devicebay drop constraint dcim_devicebay__site_id_fk;

alter table dcim_devicebay drop constraint dcim_devicebay__location_id_fk;

alter table dcim_devicebay drop constraint dcim_devicebay__rack_id_fk;

create unique index dcim_devicebay_installed_device_id_key on dcim_devicebay using btree (installed_device_id) where installed_device_id is not null;

alter table dcim_frontport drop constraint dcim_frontport__site_id_fk;

alter table dcim_frontport drop constraint dcim_frontport__location_id_fk;

alter table dcim_frontport drop constraint dcim_frontport__rack_id_fk;

alter table dcim_frontporttemplate drop constraint dcim_frontporttemplate_device_type_id_name_key;

alter table dcim_frontporttemplate drop constraint dcim_frontporttemplate_module_type_id_name_key;

create unique index dcim_frontporttemplate_device_type_id_name_key on dcim_frontporttemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_frontporttemplate_module_type_id_name_key on dcim_frontporttemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_interface drop constraint dcim_interface_primary_mac_address_id_key;

alter table dcim_interface drop constraint dcim_interface__site_id_fk;

alter table dcim_interface drop constraint dcim_interface__location_id_fk;

alter table dcim_interface drop constraint dcim_interface__rack_id_fk;

alter table dcim_interface drop constraint dcim_interface_parent_id_channel_id_key;

create unique index dcim_interface_primary_mac_address_id_key on dcim_interface using btree (primary_mac_address_id) where primary_mac_address_id is not null;

create unique index dcim_interface_parent_id_channel_id_key on dcim_interface using btree (parent_id, channel_id) where parent_id is not null;

alter table dcim_interfacetemplate drop constraint dcim_interfacetemplate_device_type_id_name_key;

alter table dcim_interfacetemplate drop constraint dcim_interfacetemplate_module_type_id_name_key;

alter table dcim_interfacetemplate drop constraint dcim_interfacetemplate_parent_id_channel_id_key;

create unique index dcim_interfacetemplate_device_type_id_name_key on dcim_interfacetemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_interfacetemplate_module_type_id_name_key on dcim_interfacetemplate using btree (module_type_id, name) where module_type_id is not null;

create unique index dcim_interfacetemplate_parent_id_channel_id_key on dcim_interfacetemplate using btree (parent_id, channel_id) where parent_id is not null;

alter table dcim_inventoryitem drop constraint dcim_inventoryitem_asset_tag_key;

alter table dcim_inventoryitem drop constraint dcim_inventoryitem__site_id_fk;

alter table dcim_inventoryitem drop constraint dcim_inventoryitem__location_id_fk;

alter table dcim_inventoryitem drop constraint dcim_inventoryitem__rack_id_fk;

create unique index dcim_inventoryitem_asset_tag_key on dcim_inventoryitem using btree (asset_tag) where asset_tag is not null;

alter table dcim_module drop constraint dcim_module_asset_tag_key;

create unique index dcim_module_asset_tag_key on dcim_module using btree (asset_tag) where asset_tag is not null;

alter table dcim_modulebay drop constraint dcim_modulebay__site_id_fk;

alter table dcim_modulebay drop constraint dcim_modulebay__location_id_fk;

alter table dcim_modulebay drop constraint dcim_modulebay__rack_id_fk;

alter table dcim_modulebaytemplate drop constraint dcim_modulebaytemplate_device_type_id_name_key;

alter table dcim_modulebaytemplate drop constraint dcim_modulebaytemplate_module_type_id_name_key;

create unique index dcim_modulebaytemplate_device_type_id_name_key on dcim_modulebaytemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_modulebaytemplate_module_type_id_name_key on dcim_modulebaytemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_poweroutlet drop constraint dcim_poweroutlet__site_id_fk;

alter table dcim_poweroutlet drop constraint dcim_poweroutlet__location_id_fk;

alter table dcim_poweroutlet drop constraint dcim_poweroutlet__rack_id_fk;

alter table dcim_poweroutlettemplate drop constraint dcim_poweroutlettemplate_device_type_id_name_key;

alter table dcim_poweroutlettemplate drop constraint dcim_poweroutlettemplate_module_type_id_name_key;

create unique index dcim_poweroutlettemplate_device_type_id_name_key on dcim_poweroutlettemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_poweroutlettemplate_module_type_id_name_key on dcim_poweroutlettemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_powerport drop constraint dcim_powerport__site_id_fk;

alter table dcim_powerport drop constraint dcim_powerport__location_id_fk;

alter table dcim_powerport drop constraint dcim_powerport__rack_id_fk;

alter table dcim_powerporttemplate drop constraint dcim_powerporttemplate_device_type_id_name_key;

alter table dcim_powerporttemplate drop constraint dcim_powerporttemplate_module_type_id_name_key;

create unique index dcim_powerporttemplate_device_type_id_name_key on dcim_powerporttemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_powerporttemplate_module_type_id_name_key on dcim_powerporttemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_rack drop constraint dcim_rack_asset_tag_key;

alter table dcim_rack drop constraint dcim_rack_location_id_name_key;

alter table dcim_rack drop constraint dcim_rack_location_id_facility_id_key;

create unique index dcim_rack_asset_tag_key on dcim_rack using btree (asset_tag) where asset_tag is not null;

create unique index dcim_rack_location_id_name_key on dcim_rack using btree (location_id, name) where location_id is not null;

create unique index dcim_rack_location_id_facility_id_key on dcim_rack using btree (location_id, facility_id) where location_id is not null;

alter table dcim_rearport drop constraint dcim_rearport__site_id_fk;

alter table dcim_rearport drop constraint dcim_rearport__location_id_fk;

alter table dcim_rearport drop constraint dcim_rearport__rack_id_fk;

alter table dcim_rearporttemplate drop constraint dcim_rearporttemplate_device_type_id_name_key;

alter table dcim_rearporttemplate drop constraint dcim_rearporttemplate_module_type_id_name_key;

create unique index dcim_rearporttemplate_device_type_id_name_key on dcim_rearporttemplate using btree (device_type_id, name) where device_type_id is not null;

create unique index dcim_rearporttemplate_module_type_id_name_key on dcim_rearporttemplate using btree (module_type_id, name) where module_type_id is not null;

alter table dcim_virtualchassis drop constraint dcim_virtualchassis_master_id_key;

create unique index dcim_virtualchassis_master_id_key on dcim_virtualchassis using btree (master_id) where master_id is not null;

alter table dcim_virtualdevicecontext drop constraint dcim_virtualdevicecontext_primary_ip4_id_key;

alter table dcim_virtualdevicecontext drop constraint dcim_virtualdevicecontext_primary_ip6_id_key;

alter table dcim_virtualdevicecontext drop constraint dcim_virtualdevicecontext_device_id_identifier_key;

alter table dcim_virtualdevicecontext drop constraint dcim_virtualdevicecontext_device_id_name_key;

create unique index dcim_virtualdevicecontext_primary_ip4_id_key on dcim_virtualdevicecontext using btree (primary_ip4_id) where primary_ip4_id is not null;

create unique index dcim_virtualdevicecontext_primary_ip6_id_key on dcim_virtualdevicecontext using btree (primary_ip6_id) where primary_ip6_id is not null;

create unique index dcim_virtualdevicecontext_device_id_identifier_key on dcim_virtualdevicecontext using btree (device_id, identifier) where device_id is not null;

create unique index dcim_virtualdevicecontext_device_id_name_key on dcim_virtualdevicecontext using btree (device_id, name) where device_id is not null;

alter table ipam_vlan drop constraint ipam_vlan_group_id_vid_key;

alter table ipam_vlan drop constraint ipam_vlan_group_id_name_key;

alter table ipam_vlan drop constraint ipam_vlan_qinq_svlan_id_vid_key;

alter table ipam_vlan drop constraint ipam_vlan_qinq_svlan_id_name_key;

create unique index ipam_vlan_group_id_vid_key on ipam_vlan using btree (group_id, vid) where group_id is not null;

create unique index ipam_vlan_group_id_name_key on ipam_vlan using btree (group_id, name) where group_id is not null;

create unique index ipam_vlan_qinq_svlan_id_vid_key on ipam_vlan using btree (qinq_svlan_id, vid) where qinq_svlan_id is not null;

create unique index ipam_vlan_qinq_svlan_id_name_key on ipam_vlan using btree (qinq_svlan_id, name) where qinq_svlan_id is not null;

alter table ipam_vlangroup drop constraint ipam_vlangroup_scope_type_scope_id_name_key;

alter table ipam_vlangroup drop constraint ipam_vlangroup_scope_type_scope_id_slug_key;

create unique index ipam_vlangroup_scope_type_scope_id_name_key on ipam_vlangroup using btree (scope_type, scope_id, name) where scope_type is not null;

create unique index ipam_vlangroup_scope_type_scope_id_slug_key on ipam_vlangroup using btree (scope_type, scope_id, slug) where scope_type is not null;

alter table ipam_vrf drop constraint ipam_vrf_rd_key;

create unique index ipam_vrf_rd_key on ipam_vrf using btree (rd) where rd is not null;

alter table tenancy_contactgroup drop constraint tenancy_contactgroup_parent_id_name_key;

create unique index tenancy_contactgroup_parent_id_name_key on tenancy_contactgroup using btree (parent_id, name) where parent_id is not null;

alter table users_token drop constraint users_token_key_key;

alter table users_token drop constraint users_token_plaintext_key;

create unique index users_token_key_key on users_token using btree (key) where key is not null;

create unique index users_token_plaintext_key on users_token using btree (plaintext) where plaintext is not null;

alter table virtualization_cluster drop constraint virtualization_cluster_group_id_name_key;

alter table virtualization_cluster drop constraint virtualization_cluster__site_id_name_key;

create unique index virtualization_cluster_group_id_name_key on virtualization_cluster using btree (group_id, name) where group_id is not null;

create unique index virtualization_cluster__site_id_name_key on virtualization_cluster using btree (_site_id, name) where _site_id is not null;

alter table virtualization_vminterface drop constraint virtualization_vminterface_primary_mac_address_id_key;

create unique index virtualization_vminterface_primary_mac_address_id_key on virtualization_vminterface using btree (primary_mac_address_id) where primary_mac_address_id is not null;

alter table virtualization_virtualmachine drop constraint virtualization_virtualmachine_primary_ip4_id_key;

alter table virtualization_virtualmachine drop constraint virtualization_virtualmachine_primary_ip6_id_key;

create unique index virtualization_virtualmachine_primary_ip4_id_key on virtualization_virtualmachine using btree (primary_ip4_id) where primary_ip4_id is not null;

create unique index virtualization_virtualmachine_primary_ip6_id_key on virtualization_virtualmachine using btree (primary_ip6_id) where primary_ip6_id is not null;

alter table search_entry alter column object_type type character varying(100) collate "C" using object_type::character varying(100);

alter table search_entry alter column field type character varying(200) collate "C" using field::character varying(200);
