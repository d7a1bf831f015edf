create index dcim_inventoryitem_name_id_idx on dcim_inventoryitem using btree (name, id);

create index ipam_iprange_fcc5445f_idx on ipam_iprange using btree (vrf_id nulls first, start_address, id);

create index ipam_prefix_8dbf7610_idx on ipam_prefix using btree (vrf_id nulls first, prefix, id);

create index tenancy_tenant_name_idx on tenancy_tenant using btree (name);

create index virtualization_cluster_name_idx on virtualization_cluster using btree (name);
