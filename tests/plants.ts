/** Makes rows of a model from what REST is sent of them, and returns their ids. */
export type Create = (model: string, ...items: readonly object[]) => Promise<readonly number[]>

/** Interfaces and other ends at which something worth seeing begins, by what is to be seen. */
export type Plants = Readonly<Record<(typeof plants)[number], readonly [model: string, id: number]>>

const plants = [
  'panel',
  'trunk',
  'breakout',
  'duplex',
  'circuit',
  'cloud',
  'virtual',
  'wireless',
  'power',
  'split',
  'open',
  'unplugged',
] as const

/**
 * Builds one small plant of every kind, each at a site of its own device names: patch panels, a trunk, a breakout, a
 * duplex fibre, circuits, real and virtual, a radio link, power, and paths that split, end in the open or do not begin at all.
 */
export async function buildPlants(create: Create): Promise<Plants> {
  const one = async (model: string, item: object) => (await create(model, item))[0]!
  const named = (name: string) => ({ name, slug: name.toLowerCase().replaceAll(' ', '-') })
  const site = await one('dcim.site', named('Bergen'))
  const hall = await one('dcim.location', { ...named('Hall 1'), site })
  const rack = await one('dcim.rack', { name: 'B07', site, location: hall })
  const manufacturer = await one('dcim.manufacturer', named('Lumen Works'))
  const kinds = {
    Switch: ['LW-48', '2196f3'],
    Panel: ['LC-24', 'b0bec5'],
    Server: ['S-1U', '7e57c2'],
    'Access point': ['AP-6', '26a69a'],
    PDU: ['PDU-12', 'ef6c00'],
  } as const
  const types = new Map<string, { device_type: number; role: number }>()
  for (const [name, [model, color]] of Object.entries(kinds))
    types.set(name, {
      device_type: await one('dcim.devicetype', { model, slug: model.toLowerCase(), manufacturer, u_height: 0 }),
      role: await one('dcim.devicerole', { ...named(`Bergen ${name}`), color }),
    })
  const device = (kind: keyof typeof kinds, name: string) =>
    one('dcim.device', { name, site, location: hall, rack, ...types.get(kind) })
  const ethernet = async (device: number, ...names: readonly string[]) =>
    create('dcim.interface', ...names.map(name => ({ device, name, type: '10gbase-x-sfpp' })))
  /** A panel whose rear port leads to as many front ports as it has positions. */
  const panel = async (name: string, positions = 1) => {
    const owner = await device('Panel', name)
    const rear = await one('dcim.rearport', { device: owner, name: 'Rear', type: 'mpo', positions, color: '4caf50' })
    const fronts = await create(
      'dcim.frontport',
      ...Array.from({ length: positions }, (_, at) => ({
        device: owner,
        name: `Front ${at + 1}`,
        type: 'lc',
        rear_ports: [{ position: 1, rear_port: rear, rear_port_position: at + 1 }],
      })),
    )
    return { rear, fronts }
  }
  const on = (object_type: string, ...ids: readonly (number | undefined)[]) =>
    ids.map(object_id => ({ object_type, object_id }))
  const eth = (...ids: readonly (number | undefined)[]) => on('dcim.interface', ...ids)
  const front = (...ids: readonly (number | undefined)[]) => on('dcim.frontport', ...ids)
  const rear = (...ids: readonly (number | undefined)[]) => on('dcim.rearport', ...ids)
  const term = (...ids: readonly (number | undefined)[]) => on('circuits.circuittermination', ...ids)
  const cable = (a_terminations: object[], b_terminations: object[], more: object = {}) =>
    one('dcim.cable', { a_terminations, b_terminations, ...more })
  const metres = (length: number) => ({ length, length_unit: 'm' })
  const patch = { type: 'smf-os2', color: 'ffeb3b', ...metres(3) }
  const [core, edge] = [await device('Switch', 'core-1'), await device('Switch', 'edge-1')]

  const [left, right] = [await panel('panel-1'), await panel('panel-2')]
  const [begin] = await ethernet(core, 'xe-0/0/1')
  const [finish] = await ethernet(edge, 'xe-0/0/1')
  await cable(eth(begin), front(left.fronts[0]), { ...patch, label: 'A-101' })
  await cable(rear(left.rear), rear(right.rear), { type: 'smf-os2', color: '2196f3', label: 'T-1', ...metres(84.5) })
  await cable(front(right.fronts[0]), eth(finish), { ...patch, label: 'A-102', status: 'planned' })

  const [near, far] = [await panel('mpo-1', 4), await panel('mpo-2', 4)]
  const starts = await ethernet(core, 'xe-0/1/1', 'xe-0/1/2', 'xe-0/1/3')
  const ends = await ethernet(edge, 'xe-0/1/1', 'xe-0/1/2', 'xe-0/1/3')
  await cable(rear(near.rear), rear(far.rear), { type: 'mmf-om4', color: '00bcd4', label: 'MPO-7', ...metres(30) })
  for (const at of [0, 1, 2]) {
    await cable(eth(starts[at]), front(near.fronts[at]), patch)
    await cable(front(far.fronts[at]), eth(ends[at]), patch)
  }

  const [qsfp] = await create('dcim.interface', { device: core, name: 'et-0/2/0', type: '40gbase-x-qsfpp' })
  const servers = []
  for (const n of [1, 2, 3, 4]) servers.push((await ethernet(await device('Server', `server-${n}`), 'eno1'))[0])
  await cable(eth(qsfp), eth(...servers), {
    profile: 'breakout-1c4p-4c1p',
    type: 'aoc',
    color: 'f44336',
    label: 'BRK-3',
    ...metres(5),
  })

  const [lc, mate] = await Promise.all([ethernet(core, 'xe-0/3/0'), ethernet(edge, 'xe-0/3/0')])
  const [duplexNear, duplexFar] = [await panel('splice-1', 2), await panel('splice-2', 2)]
  await cable(eth(lc[0]), front(...duplexNear.fronts), { profile: 'breakout-1c2p-2c1p', ...patch, label: 'D-1' })
  await cable(rear(duplexNear.rear), rear(duplexFar.rear), { type: 'smf-os2', color: '2196f3', label: 'T-2' })
  await cable(front(...duplexFar.fronts), eth(mate[0]), { ...patch, label: 'D-2' })

  const provider = await one('circuits.provider', named('Nordlys'))
  const type = await one('circuits.circuittype', { ...named('Dark fibre'), color: 'ffc107' })
  const circuit = async (cid: string, distance: number | null, z: object) => {
    const id = await one('circuits.circuit', {
      cid,
      provider,
      type,
      ...(distance && { distance, distance_unit: 'km' }),
    })
    const end = { circuit: id }
    return create(
      'circuits.circuittermination',
      { ...end, term_side: 'A', termination_type: 'dcim.site', termination_id: site, xconnect_id: 'XC-77' },
      { ...end, term_side: 'Z', ...z },
    )
  }
  const [wanNear, wanFar] = await ethernet(core, 'xe-0/4/0', 'xe-0/4/1')
  const [edgeWan] = await ethernet(edge, 'xe-0/4/0')
  const place = { termination_type: 'dcim.site', termination_id: site }
  const [a, z] = await circuit('NL-4711', 12, place)
  await cable(eth(wanNear), term(a), { ...patch, label: 'W-1' })
  await cable(term(z), eth(edgeWan), { ...patch, label: 'W-2' })
  const network = await one('circuits.providernetwork', { name: 'Nordlys Cloud', provider })
  const cloud = await circuit('NL-9000', null, {
    termination_type: 'circuits.providernetwork',
    termination_id: network,
  })
  await cable(eth(wanFar), term(cloud[0]), { ...patch, label: 'W-3' })

  const [hub, spoke] = await create(
    'dcim.interface',
    { device: core, name: 'vpls0', type: 'virtual' },
    { device: edge, name: 'vpls0', type: 'virtual' },
  )
  const virtual_circuit = await one('circuits.virtualcircuit', {
    cid: 'NL-V1',
    provider_network: network,
    type: await one('circuits.virtualcircuittype', named('VPLS')),
  })
  await create(
    'circuits.virtualcircuittermination',
    { virtual_circuit, role: 'hub', interface: hub },
    { virtual_circuit, role: 'spoke', interface: spoke },
  )

  const radio = (owner: number) =>
    one('dcim.interface', { device: owner, name: 'wlan0', type: 'ieee802.11ax', rf_role: 'ap' })
  const [mast, roof] = [
    await radio(await device('Access point', 'mast')),
    await radio(await device('Access point', 'roof')),
  ]
  await one('wireless.wirelesslink', {
    interface_a: mast,
    interface_b: roof,
    ssid: 'Bergen backhaul',
    distance: 1.2,
    distance_unit: 'km',
  })

  const pdu = await device('PDU', 'pdu-1')
  const inlet = await one('dcim.powerport', { device: pdu, name: 'Inlet' })
  const outlet = await one('dcim.poweroutlet', { device: pdu, name: 'Outlet 1', power_port: inlet, color: 'ff9800' })
  const supply = await one('dcim.powerport', { device: core, name: 'PSU 1' })
  const power = { type: 'power', color: '212121' }
  await cable(on('dcim.powerport', supply), on('dcim.poweroutlet', outlet), { ...power, label: 'P-1' })
  const panelOfPower = await one('dcim.powerpanel', { name: 'UPS A', site })
  const feed = await one('dcim.powerfeed', { name: 'Feed A1', power_panel: panelOfPower, rack })
  await cable(on('dcim.powerport', inlet), on('dcim.powerfeed', feed), { ...power, label: 'P-2' })

  const blind = await panel('mpo-3', 3)
  const [lost, dangling, unplugged] = await ethernet(core, 'xe-0/5/0', 'xe-0/5/1', 'xe-0/5/2')
  await cable(eth(lost), rear(blind.rear), { ...patch, label: 'S-1' })
  const loose = await panel('panel-3')
  await cable(eth(dangling), front(loose.fronts[0]), { ...patch, label: 'O-1', status: 'decommissioning' })

  const at = (id: number | undefined) => ['dcim.interface', id!] as const
  return {
    panel: at(begin),
    trunk: ['dcim.rearport', near.rear],
    breakout: at(qsfp),
    duplex: at(lc[0]),
    circuit: at(wanNear),
    cloud: at(wanFar),
    virtual: at(hub),
    wireless: at(mast),
    power: ['dcim.powerport', inlet],
    split: at(lost),
    open: at(dangling),
    unplugged: at(unplugged),
  }
}
