"""What an automation engineer does with pynetbox, from an empty server on: python pynetbox_journey.py URL TOKEN"""

import sys
import traceback

import pynetbox

url, v1 = sys.argv[1:3]
nb = pynetbox.api(url, token=v1)
threaded = pynetbox.api(url, token=v1, threading=True)
made = {}
steps = []


def step(work):
    steps.append(work)
    return work


def same(got, expected):
    assert got == expected, f"{got!r} instead of {expected!r}"


def refused(work, status, text=""):
    try:
        work()
    except pynetbox.RequestError as error:
        same(error.req.status_code, status)
        assert text in str(error.error), error.error
        return error
    raise AssertionError(f"was accepted instead of {status}")


@step
def greets():
    same(nb.version, "4.7")
    status = nb.status()
    assert status["netbox-version"].startswith("4.7."), status
    same(list(nb.plugins.installed_plugins()), [])
    assert nb.users.config() is not None


@step
def logs_in_with_a_token_of_version_2():
    global nb, threaded
    fresh = pynetbox.api(url)
    token = fresh.create_token("admin", "Admin-of-tests-1")
    assert fresh.token.startswith("nbt_"), fresh.token
    same(fresh.dcim.sites.count(), 0)
    threaded = pynetbox.api(url, token=fresh.token, threading=True)
    same(token.user.username, "admin")
    wrong = pynetbox.api(url, token="0" * 40)
    refused(lambda: wrong.dcim.sites.count(), 403)


@step
def sets_up_tags_and_custom_fields():
    made["tags"] = nb.extras.tags.create(
        [{"name": name, "slug": name.lower(), "color": "00ff00"} for name in ("Core", "Edge", "Lab")]
    )
    same([tag.name for tag in made["tags"]], ["Core", "Edge", "Lab"])
    colors = nb.extras.custom_field_choice_sets.create(
        name="Colors", extra_choices=[["red", "Red"], ["blue", "Blue"]]
    )
    types = ["dcim.site", "dcim.device"]
    fields = nb.extras.custom_fields.create(
        [
            {"name": "tier", "type": "integer", "object_types": types, "default": 3},
            {"name": "paint", "type": "select", "object_types": types, "choice_set": colors.id},
            {"name": "owner_site", "type": "object", "object_types": ["dcim.device"], "related_object_type": "dcim.site"},
        ]
    )
    same(len(fields), 3)
    same(fields[0].type.value, "integer")


@step
def builds_an_organisation():
    made["tenants"] = nb.tenancy.tenant_groups.create(name="Group", slug="group")
    made["tenant"] = nb.tenancy.tenants.create(name="Tenant", slug="tenant", group={"slug": "group"})
    same(made["tenant"].group.name, "Group")
    role = nb.tenancy.contact_roles.create(name="Admin", slug="admin")
    nb.tenancy.contact_groups.create(name="Contacts", slug="contacts")
    contact = nb.tenancy.contacts.create(name="Ada", email="ada@example.org")
    europe = nb.dcim.regions.create(name="Europe", slug="europe")
    norway = nb.dcim.regions.create(name="Norway", slug="norway", parent=europe.id)
    same(norway.parent.slug, "europe")
    nb.dcim.site_groups.create(name="Campus", slug="campus")
    made["site"] = nb.dcim.sites.create(
        name="Oslo 1",
        slug="oslo-1",
        region={"slug": "norway"},
        group={"name": "Campus"},
        tenant=made["tenant"].id,
        status="planned",
        time_zone="Europe/Oslo",
        latitude=59.91,
        tags=[{"slug": "core"}, {"name": "Lab"}],
        custom_fields={"paint": "red"},
    )
    same(made["site"].custom_fields, {"tier": 3, "paint": {"value": "red", "label": "Red"}})
    same(sorted(tag.slug for tag in made["site"].tags), ["core", "lab"])
    assignment = nb.tenancy.contact_assignments.create(
        object_type="dcim.site", object_id=made["site"].id, contact=contact.id, role=role.id, priority="primary"
    )
    same(assignment.priority.value, "primary")
    made["location"] = nb.dcim.locations.create(name="Floor 1", slug="floor-1", site=made["site"].id)
    nb.dcim.locations.create(name="Room 1", slug="room-1", site=made["site"].id, parent=made["location"].id)
    same([one.name for one in nb.dcim.locations.filter(site="oslo-1")], ["Floor 1", "Room 1"])
    same(nb.dcim.regions.get(slug="europe").site_count, 1)


@step
def saves_only_what_changed():
    site = nb.dcim.sites.get(slug="oslo-1")
    same(site.save(), False)
    site.status = "active"
    site.region = {"slug": "europe"}
    site.custom_fields["tier"] = 1
    # A selection is read as an object and written as its value.
    site.custom_fields["paint"] = "blue"
    site.tags.append({"name": "Edge"})
    assert site.save()
    site = nb.dcim.sites.get(site.id)
    same(site.status.value, "active")
    same(str(site.status), "Active")
    same(site.region.name, "Europe")
    same(site.custom_fields["tier"], 1)
    same(site.custom_fields["paint"]["label"], "Blue")
    same(sorted(tag.slug for tag in site.tags), ["core", "edge", "lab"])
    assert site.update({"description": "  first  ", "tags": [{"slug": "core"}]})
    site.full_details()
    same(site.description, "first")
    same(len(site.tags), 1)
    site.description = " "
    assert site.save()
    same(nb.dcim.sites.get(site.id).description, "")
    site.region = None
    assert site.save()
    same(nb.dcim.sites.get(site.id).region, None)


@step
def refuses_as_netbox_does():
    refused(lambda: nb.dcim.sites.create(name="Oslo 1", slug="oslo-1"), 400, "already exists")
    refused(lambda: nb.dcim.sites.create(name="x"), 400, "This field is required.")
    refused(lambda: nb.dcim.sites.create(name="x", slug="x", status="nope"), 400, "is not a valid choice")
    refused(lambda: nb.dcim.sites.create(name="x", slug="x", region=999), 400, "numeric ID")
    refused(lambda: nb.dcim.sites.create(name="x", slug="x", region={"slug": "zz"}), 400, "provided attributes")
    refused(lambda: nb.dcim.sites.create([{"name": "x", "slug": "x"}, {"name": "y"}]), 400, "could not be created")
    refused(lambda: nb.tenancy.tenants.get(name="Tenant").delete(), 409, "dependent objects")
    same(nb.dcim.sites.count(), 1)
    same(nb.dcim.sites.get(999_999), None)
    same(nb.dcim.sites.get(name="nowhere"), None)
    refused(lambda: nb.dcim.nonsense.count(), 404)


@step
def fills_racks_with_devices():
    site = made["site"]
    made["rack role"] = nb.dcim.rack_roles.create(name="Compute", slug="compute", color="ff0000")
    maker = nb.dcim.manufacturers.create(name="Maker", slug="maker")
    nb.dcim.rack_types.create(
        manufacturer=maker.id, model="R42", slug="r42", form_factor="4-post-cabinet", width=19, u_height=42
    )
    made["rack"] = nb.dcim.racks.create(
        name="R1", site=site.id, location={"slug": "floor-1"}, role=made["rack role"].id, rack_type={"slug": "r42"}
    )
    same(made["rack"].u_height, 42)
    platform = nb.dcim.platforms.create(name="OS", slug="os", manufacturer={"slug": "maker"})
    roles = nb.dcim.device_roles.create([{"name": n, "slug": n.lower(), "color": "0000ff"} for n in ("Switch", "Panel")])
    kind = nb.dcim.device_types.create(manufacturer=maker.id, model="S48", slug="s48", u_height=1)
    panel = nb.dcim.device_types.create(manufacturer=maker.id, model="P24", slug="p24", u_height=1)
    nb.dcim.interface_templates.create(
        [{"device_type": kind.id, "name": f"eth{n}", "type": "1000base-t"} for n in range(4)]
    )
    nb.dcim.console_port_templates.create(device_type=kind.id, name="con0", type="rj-45")
    nb.dcim.power_port_templates.create(device_type=kind.id, name="psu0", type="iec-60320-c14")
    devices = nb.dcim.devices.create(
        [
            {
                "name": f"sw{n}",
                "site": site.id,
                "rack": made["rack"].id,
                "position": n,
                "face": "front",
                "role": {"slug": "switch"},
                "device_type": {"model": "S48", "manufacturer": {"slug": "maker"}},
                "platform": platform.id,
                "tenant": {"name": "Tenant"},
                "tags": [{"slug": "core"}],
                "custom_fields": {"owner_site": site.id},
            }
            for n in range(1, 26)
        ]
    )
    same(len(devices), 25)
    made["devices"] = devices
    same(nb.dcim.interfaces.count(device_id=devices[0].id), 4)
    same(nb.dcim.console_ports.count(device="sw1"), 1)
    same(nb.dcim.power_ports.count(device="sw1"), 1)
    same(devices[0].custom_fields["owner_site"]["slug"], "oslo-1")
    same(devices[0].custom_fields["tier"], 3)
    nb.dcim.devices.create(name="pp1", site=site.id, role=roles[1].id, device_type=panel.id, rack=made["rack"].id)
    same(nb.dcim.racks.get(name="R1").device_count, 26)


@step
def reads_pages():
    for api in (nb, threaded):
        names = [device.name for device in api.dcim.devices.filter(role="switch", limit=4)]
        same(len(names), 25)
        same(len(set(names)), 25)
        # Threads bring pages in any order.
        same(sorted(names), sorted(device.name for device in nb.dcim.devices.filter(role="switch")))
        everything = api.dcim.devices.all(limit=7)
        same(len(everything), 26)
        same(len(list(everything)), 26)
    same(len(list(nb.dcim.devices.filter(role="switch", limit=5, offset=20))), 5)
    by_cursor = pynetbox.api(url, token=v1, pagination="cursor")
    same(len(list(by_cursor.dcim.devices.filter(role="switch", limit=10))), 25)


@step
def filters_and_counts():
    devices = nb.dcim.devices
    same(devices.count(), 26)
    same(devices.count(name__ic="SW"), 25)
    same(devices.count(name__isw="sw1"), 11)
    same(devices.count(name=["sw1", "sw2", "nothing"]), 2)
    same(devices.count(tag="core"), 25)
    same(devices.count(tag__n="core"), 1)
    same(devices.count(tenant_id="null"), 1)
    same([one.name for one in devices.filter(tenant_id=None)], ["pp1"])
    same(devices.count(cf_tier=3), 26)
    same(devices.count(site="oslo-1", role=["switch", "panel"], unknown_thing="x"), 26)
    same(devices.count(position__gte=20), 6)
    same(devices.count(q="sw25"), 1)
    same([one.name for one in devices.filter(role="switch", ordering="-name", limit=0)][0], "sw25")
    refused(lambda: devices.count(status="nope"), 400, "is not one of the available choices")
    try:
        devices.get(role="switch")
    except ValueError:
        pass
    else:
        raise AssertionError("several devices were one")
    refused(lambda: devices.count(site_id="x"), 400)


@step
def reads_choices():
    choices = nb.dcim.devices.choices()
    assert {"value": "active", "display_name": "Active"} in choices["status"], choices["status"][:2]
    for endpoint in (nb.dcim.interfaces, nb.ipam.prefixes, nb.circuits.circuits, nb.virtualization.virtual_machines):
        assert endpoint.choices(), endpoint.name
    assert any(choice["value"] == "1000base-t" for choice in nb.dcim.interfaces.choices()["type"])


@step
def changes_many():
    changed = nb.dcim.devices.update(
        [{"id": device.id, "status": "offline", "serial": f"S{n}"} for n, device in enumerate(made["devices"])]
    )
    same(len(changed), 25)
    same(nb.dcim.devices.count(status="offline"), 25)
    devices = nb.dcim.devices.filter(name=["sw24", "sw25"])
    assert devices.update(comments="to go")
    same(nb.dcim.devices.get(name="sw25").comments, "to go")
    ids = [made["devices"][0].id, 999_999]
    refused(lambda: nb.dcim.devices.update([{"id": id, "serial": "x"} for id in ids]), 400, "could not be found")
    same(nb.dcim.devices.get(ids[0]).serial, "S0")
    assert nb.dcim.devices.delete([nb.dcim.devices.get(name="sw25"), nb.dcim.devices.get(name="sw24").id])
    assert nb.dcim.devices.filter(name=["sw22", "sw23"]).delete()
    same(nb.dcim.devices.count(role="switch"), 21)


@step
def pulls_cables_and_traces():
    a, b = (nb.dcim.interfaces.get(device=name, name="eth0") for name in ("sw1", "sw2"))
    cable = nb.dcim.cables.create(
        a_terminations=[{"object_type": "dcim.interface", "object_id": a.id}],
        b_terminations=[{"object_type": "dcim.interface", "object_id": b.id}],
        type="cat6",
        length=2.5,
        length_unit="m",
        label="first",
    )
    same(cable.a_terminations[0].name, "eth0")
    a = nb.dcim.interfaces.get(a.id)
    same(a.cable.id, cable.id)
    same(a.link_peers[0].id, b.id)
    same(a.connected_endpoints[0].device.name, "sw2")
    same(a.connected_endpoints_reachable, True)
    near, wire, far = a.trace()
    same((near[0].id, wire.id, far[0].id), (a.id, cable.id, b.id))
    same(nb.dcim.cables.count(device_id=a.device.id), 1)
    cable.label = "renamed"
    assert cable.save()
    assert cable.delete()
    same(nb.dcim.interfaces.get(a.id).connected_endpoints, None)


@step
def patches_through_a_panel():
    panel = nb.dcim.devices.get(name="pp1")
    rear = nb.dcim.rear_ports.create(device=panel.id, name="r1", type="8p8c", positions=1)
    front = nb.dcim.front_ports.create(
        device=panel.id, name="f1", type="8p8c", rear_ports=[{"position": 1, "rear_port": rear.id, "rear_port_position": 1}]
    )
    a, b = (nb.dcim.interfaces.get(device=name, name="eth1") for name in ("sw1", "sw2"))

    def cable(near, far):
        return nb.dcim.cables.create(
            a_terminations=[{"object_type": near[0], "object_id": near[1].id}],
            b_terminations=[{"object_type": far[0], "object_id": far[1].id}],
        )

    cable(("dcim.interface", a), ("dcim.frontport", front))
    cable(("dcim.rearport", rear), ("dcim.interface", b))
    same(nb.dcim.interfaces.get(a.id).connected_endpoints[0].id, b.id)
    same(len(nb.dcim.interfaces.get(a.id).trace()), 6)
    assert nb.dcim.front_ports.get(front.id).paths()[0]["path"], "a path leads somewhere"


@step
def draws_racks():
    rack = nb.dcim.racks.get(name="R1")
    units = list(rack.elevation.list())
    same(len(units), 84)
    assert any(unit.device and unit.device.name == "sw1" for unit in units)
    svg = rack.elevation.list(render="svg")
    assert "<svg" in svg, svg[:100]


@step
def builds_devices_of_parts():
    device = nb.dcim.devices.get(name="sw1")
    maker = nb.dcim.manufacturers.get(slug="maker")
    module_type = nb.dcim.module_types.create(manufacturer=maker.id, model="M1")
    bay = nb.dcim.module_bays.create(device=device.id, name="bay0")
    module = nb.dcim.modules.create(device=device.id, module_bay=bay.id, module_type=module_type.id)
    same(module.module_bay.name, "bay0")
    role = nb.dcim.inventory_item_roles.create(name="Fan", slug="fan")
    item = nb.dcim.inventory_items.create(device=device.id, name="fan0", role=role.id, manufacturer=maker.id)
    same(item.role.slug, "fan")
    nb.dcim.device_bays.count()
    outlet = nb.dcim.power_outlets.create(device=device.id, name="out0")
    same(outlet.device.name, "sw1")
    nb.dcim.console_server_ports.create(device=device.id, name="cs0")
    panel = nb.dcim.power_panels.create(site=made["site"].id, name="PP")
    feed = nb.dcim.power_feeds.create(power_panel=panel.id, name="A", voltage=230, amperage=16)
    same((feed.supply.value, feed.type.value), ("ac", "primary"))
    chassis = nb.dcim.virtual_chassis.create(name="stack", master=None)
    device.virtual_chassis, device.vc_position = chassis.id, 1
    assert device.save()
    same(nb.dcim.virtual_chassis.get(name="stack").member_count, 1)
    context = nb.dcim.virtual_device_contexts.create(device=device.id, name="v1", identifier=1, status="active")
    same(context.device.id, device.id)
    interface = nb.dcim.interfaces.get(device="sw1", name="eth0")
    mac = nb.dcim.mac_addresses.create(
        mac_address="aa:bb:cc:00:00:01", assigned_object_type="dcim.interface", assigned_object_id=interface.id
    )
    interface.primary_mac_address = mac.id
    assert interface.save()
    same(nb.dcim.interfaces.get(interface.id).mac_address, "AA:BB:CC:00:00:01")


@step
def hands_out_prefixes_and_addresses():
    rir = nb.ipam.rirs.create(name="RFC 1918", slug="rfc-1918", is_private=True)
    nb.ipam.aggregates.create(prefix="10.0.0.0/8", rir=rir.id)
    nb.ipam.roles.create(name="Access", slug="access")
    target = nb.ipam.route_targets.create(name="65000:1")
    vrf = nb.ipam.vrfs.create(name="Blue", rd="65000:10", import_targets=[target.id])
    same(vrf.import_targets[0].name, "65000:1")
    block = nb.ipam.prefixes.create(
        prefix="10.10.0.0/22", vrf=vrf.id, scope_type="dcim.site", scope_id=made["site"].id, role={"slug": "access"}
    )
    same(block.scope.slug, "oslo-1")
    same([str(one.prefix) for one in block.available_prefixes.list()], ["10.10.0.0/22"])
    first = block.available_prefixes.create({"prefix_length": 24, "status": "active"})
    same(str(first), "10.10.0.0/24")
    more = block.available_prefixes.create([{"prefix_length": 24}, {"prefix_length": 25}])
    same([str(one) for one in more], ["10.10.1.0/24", "10.10.2.0/25"])
    same(more[0].vrf.id, vrf.id)
    refused(lambda: pool_too_small(block), 409)
    same(str(first.available_ips.list()[0]), "10.10.0.1/24")
    address = first.available_ips.create()
    same(str(address), "10.10.0.1/24")
    three = first.available_ips.create([{"description": n} for n in "abc"])
    same([str(one) for one in three], [f"10.10.0.{n}/24" for n in (2, 3, 4)])
    same(nb.ipam.ip_addresses.count(parent="10.10.0.0/24", vrf_id=vrf.id), 4)
    numbers = nb.ipam.ip_ranges.create(start_address="10.10.3.1/24", end_address="10.10.3.2/24", vrf=vrf.id)
    same(numbers.size, 2)
    same([str(numbers.available_ips.create()) for _ in range(2)], ["10.10.3.1/24", "10.10.3.2/24"])
    try:
        numbers.available_ips.create()
    except pynetbox.AllocationError as error:
        same(error.req.status_code, 409)
    else:
        raise AssertionError("an address too many")
    same(nb.ipam.prefixes.count(within="10.10.0.0/22", vrf_id=vrf.id), 3)
    same(nb.ipam.prefixes.get(prefix="10.10.0.0/22").children, 3)


def pool_too_small(block):
    try:
        block.available_prefixes.create({"prefix_length": 22})
    except pynetbox.AllocationError as error:
        raise pynetbox.RequestError(error.req)


@step
def hands_out_vlans_and_asns():
    group = nb.ipam.vlan_groups.create(name="Group", slug="group", vid_ranges=[[10, 12]])
    same(len(group.available_vlans.list()), 3)
    vlan = group.available_vlans.create({"name": "ten"})
    same((vlan.vid, vlan.group.slug), (10, "group"))
    same([one.vid for one in group.available_vlans.create([{"name": "eleven"}, {"name": "twelve"}])], [11, 12])
    rir = nb.ipam.rirs.get(slug="rfc-1918")
    asns = nb.ipam.asn_ranges.create(name="Private", slug="private", rir=rir.id, start=64512, end=64515)
    same(asns.available_asns.create()["asn"], 64512)
    site = nb.dcim.sites.get(slug="oslo-1")
    site.asns = [nb.ipam.asns.get(asn=64512).id]
    assert site.save()
    same(nb.dcim.sites.get(site.id).asns[0].asn, 64512)
    interface = nb.dcim.interfaces.get(device="sw3", name="eth0")
    interface.mode, interface.untagged_vlan, interface.tagged_vlans = "tagged", vlan.id, [vlan.id + 1]
    assert interface.save()
    same([one.vid for one in nb.dcim.interfaces.get(interface.id).tagged_vlans], [11])


@step
def gives_devices_their_addresses():
    interface = nb.dcim.interfaces.get(device="sw3", name="eth0")
    address = nb.ipam.ip_addresses.create(
        address="192.0.2.1/24", assigned_object_type="dcim.interface", assigned_object_id=interface.id, dns_name="sw3.x"
    )
    same(address.assigned_object.device.name, "sw3")
    device = nb.dcim.devices.get(name="sw3")
    device.primary_ip4 = address.id
    assert device.save()
    same(nb.dcim.devices.get(device.id).primary_ip.address, "192.0.2.1/24")
    same(nb.ipam.ip_addresses.count(device="sw3"), 1)
    service = nb.ipam.services.create(
        name="ssh", protocol="tcp", ports=[22], parent_object_type="dcim.device", parent_object_id=device.id
    )
    same(service.ports, [22])
    nb.ipam.service_templates.create(name="https", protocol="tcp", ports=[443])
    hsrp = nb.ipam.fhrp_groups.create(protocol="vrrp3", group_id=1)
    nb.ipam.fhrp_group_assignments.create(
        group=hsrp.id, interface_type="dcim.interface", interface_id=interface.id, priority=10
    )
    same(nb.dcim.interfaces.get(interface.id).count_fhrp_groups, 1)


@step
def runs_machines():
    kind = nb.virtualization.cluster_types.create(name="KVM", slug="kvm")
    nb.virtualization.cluster_groups.create(name="Prod", slug="prod")
    cluster = nb.virtualization.clusters.create(
        name="C1", type=kind.id, group={"slug": "prod"}, scope_type="dcim.site", scope_id=made["site"].id
    )
    machines = nb.virtualization.virtual_machines.create(
        [{"name": f"vm{n}", "cluster": cluster.id, "vcpus": 2, "memory": 2048} for n in range(3)]
    )
    same(machines[0].site.slug, "oslo-1")
    port = nb.virtualization.interfaces.create(virtual_machine=machines[0].id, name="eth0")
    disk = nb.virtualization.virtual_disks.create(virtual_machine=machines[0].id, name="sda", size=100)
    same((port.virtual_machine.name, disk.size), ("vm0", 100))
    machine = nb.virtualization.virtual_machines.get(name="vm0")
    same((machine.disk, machine.interface_count), (100, 1))
    same(nb.virtualization.virtual_machines.count(cluster_id=cluster.id), 3)


@step
def orders_circuits():
    provider = nb.circuits.providers.create(name="Telco", slug="telco")
    account = nb.circuits.provider_accounts.create(provider=provider.id, account="A-1")
    network = nb.circuits.provider_networks.create(provider=provider.id, name="Cloud")
    kind = nb.circuits.circuit_types.create(name="Fibre", slug="fibre")
    circuit = nb.circuits.circuits.create(
        cid="C-1", provider=provider.id, provider_account=account.id, type=kind.id, commit_rate=10000
    )
    ends = nb.circuits.circuit_terminations.create(
        [
            {"circuit": circuit.id, "term_side": "A", "termination_type": "dcim.site", "termination_id": made["site"].id},
            {
                "circuit": circuit.id,
                "term_side": "Z",
                "termination_type": "circuits.providernetwork",
                "termination_id": network.id,
            },
        ]
    )
    same(len(ends), 2)
    circuit = nb.circuits.circuits.get(cid="C-1")
    same((circuit.termination_a.id, circuit.termination_z.id), (ends[0].id, ends[1].id))
    same(nb.circuits.circuits.count(site="oslo-1"), 1)


@step
def goes_through_tunnels_and_air():
    tunnels = nb.vpn.tunnel_groups.create(name="Hubs", slug="hubs")
    tunnel = nb.vpn.tunnels.create(name="T1", status="active", encapsulation="gre", group=tunnels.id)
    interface = nb.dcim.interfaces.create(device={"name": "sw3"}, name="tun0", type="virtual")
    end = nb.vpn.tunnel_terminations.create(
        tunnel=tunnel.id, role="hub", termination_type="dcim.interface", termination_id=interface.id
    )
    same(end.role.value, "hub")
    l2vpn = nb.vpn.l2vpns.create(name="L2", slug="l2", type="vxlan")
    vlan = nb.ipam.vlans.get(vid=12)
    nb.vpn.l2vpn_terminations.create(l2vpn=l2vpn.id, assigned_object_type="ipam.vlan", assigned_object_id=vlan.id)
    proposal = nb.vpn.ike_proposals.create(
        name="P1", authentication_method="preshared-keys", encryption_algorithm="aes-128-cbc", group=14
    )
    same(nb.vpn.ike_policies.create(name="I1", version=2, proposals=[proposal.id]).proposals[0].name, "P1")
    nb.wireless.wireless_lan_groups.create(name="Guests", slug="guests")
    same(nb.wireless.wireless_lans.create(ssid="guest", group={"slug": "guests"}).group.name, "Guests")


@step
def keeps_notes_and_contexts():
    site = made["site"]
    entry = nb.extras.journal_entries.create(
        assigned_object_type="dcim.site", assigned_object_id=site.id, kind="info", comments="seen"
    )
    same(entry.kind.value, "info")
    nb.extras.config_contexts.create(name="ntp", data={"ntp": ["192.0.2.9"]}, sites=[site.id])
    same(nb.dcim.devices.get(name="sw3").config_context, {"ntp": ["192.0.2.9"]})
    template = nb.extras.config_templates.create(name="host", template_code="hostname {{ device.name }}")
    device = nb.dcim.devices.get(name="sw3")
    device.config_template = template.id
    assert device.save()
    nb.extras.webhooks.create(name="hook", payload_url="https://example.org/")
    nb.extras.saved_filters.create(
        name="Active", slug="active", object_types=["dcim.site"], parameters={"status": ["active"]}
    )
    nb.extras.export_templates.create(name="names", object_types=["dcim.site"], template_code="x")
    nb.extras.custom_links.create(name="link", object_types=["dcim.site"], link_text="x", link_url="https://x.example")
    changes = nb.core.object_changes.filter(changed_object_type="dcim.site", changed_object_id=site.id)
    same([change.action.value for change in changes][-1], "create")
    types = nb.core.object_types.count()
    assert types > 100, types


@step
def keeps_users():
    group = nb.users.groups.create(name="Readers")
    user = nb.users.users.create(username="reader", password="Reader-of-tests-1", groups=[group.id])
    nb.users.permissions.create(
        name="sites", object_types=["dcim.site"], actions=["view"], groups=[group.id], constraints={"status": "active"}
    )
    reader = pynetbox.api(url)
    reader.create_token("reader", "Reader-of-tests-1")
    same([site.name for site in reader.dcim.sites.all()], ["Oslo 1"])
    refused(lambda: reader.dcim.sites.create(name="x", slug="x"), 403)
    refused(lambda: reader.dcim.devices.count(), 403)
    same(user.groups[0].name, "Readers")


@step
def cleans_up():
    assert nb.ipam.ip_addresses.get(address="192.0.2.1/24").delete()
    same(nb.dcim.devices.get(name="sw3").primary_ip, None)
    for endpoint in (
        nb.vpn.tunnels,
        nb.circuits.circuits,
        nb.virtualization.virtual_machines,
        nb.virtualization.clusters,
        nb.dcim.cables,
        nb.dcim.virtual_device_contexts,
        nb.dcim.devices,
        nb.dcim.racks,
    ):
        for _ in range(endpoint.count()):
            objects = list(endpoint.all(limit=50))
            if not objects:
                break
            assert endpoint.delete(objects)
        same((endpoint.name, endpoint.count()), (endpoint.name, 0))
    same(nb.dcim.interfaces.count(), 0)


passed = failed = 0
for work in steps:
    title = work.__name__.replace("_", " ")
    try:
        work()
        passed += 1
        print(f"✔ {title}")
    except Exception as error:
        failed += 1
        print(f"✖ {title}")
        if isinstance(error, pynetbox.RequestError):
            print(f"  {error.req.request.method} {error.req.url} {error.req.request.body}: {error.error}"[:1500])
        traceback.print_exc(file=sys.stdout)
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
