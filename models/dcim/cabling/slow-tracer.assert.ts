import assert from 'node:assert/strict'
import { traceSlowly, type World } from './slow-tracer.ts'

type Rows = (text: string) => Promise<any[]>

const tables = {
  cables: 'select * from dcim_cable order by id',
  terminations: 'select * from dcim_cabletermination order by cable_id, cable_end, connector, id',
  interfaces: 'select id, channels, channel_id, parent_id, wireless_link_id from dcim_interface order by id',
  radios: 'select * from wireless_wirelesslink',
  fronts: 'select id, device_id, positions from dcim_frontport',
  rears: 'select id, device_id, positions from dcim_rearport',
  mappings: 'select * from dcim_portmapping order by id',
  circuits: 'select * from circuits_circuittermination',
}

const endpoints = [
  'dcim.consoleport',
  'dcim.consoleserverport',
  'dcim.interface',
  'dcim.powerfeed',
  'dcim.poweroutlet',
  'dcim.powerport',
]
const terminals = [...endpoints, 'dcim.frontport', 'dcim.rearport', 'circuits.circuittermination']

const tableOf = (model: string) => model.replace('.', '_')

/**
 * Hold everything that a change may leave behind against what the tables of cables, ports and circuits say: the stored
 * paths, the pointers of their origins, and the columns that repeat where an object is plugged.
 */
export async function assertPaths(rows: Rows): Promise<void> {
  const found = Object.entries(tables).map(async ([name, text]) => [name, await rows(text)] as const)
  const world: World = Object.fromEntries(await Promise.all(found))
  const shape = (found: any) => JSON.stringify([found.path, found.is_active, found.is_complete, found.is_split])
  const stored = await rows('select * from dcim_cablepath')
  assert.deepEqual(stored.map(shape).toSorted(), traceSlowly(world).map(shape).toSorted())

  const begun = stored.flatMap(({ id, path }) => path[0].map((node: string) => `${node} begins ${id}`))
  const pointing = await rows(
    endpoints
      .map(
        model =>
          `select '${model}:' || id || ' begins ' || _path_id as text from ${tableOf(model)} where _path_id is not null`,
      )
      .join(' union all '),
  )
  assert.deepEqual(
    pointing.map(row => row.text).toSorted(),
    begun.filter(text => !text.startsWith('circuits.')).toSorted(),
  )

  const seats = world['terminations']!.map(row => [
    `${row.termination_type}:${row.termination_id}`,
    [row.cable_id, row.cable_end, row.connector, row.positions],
  ])
  const seatOf = new Map(seats.map(([node, seat]) => [node, seat]))
  const channels = world['interfaces']!.filter(row => row.channel_id).flatMap(row => {
    const seat: any = seatOf.get(`dcim.interface:${row.parent_id}`)
    return seat?.[2] ? [[`dcim.interface:${row.id}`, [seat[0], seat[1], seat[2], [row.channel_id]]]] : []
  })
  const repeated = await rows(
    terminals
      .map(
        model => `select '${model}:' || id as node, cable_id, cable_end, cable_connector, cable_positions
          from ${tableOf(model)} where cable_id is not null`,
      )
      .join(' union all '),
  )
  assert.deepEqual(
    repeated.map(row => [row.node, [row.cable_id, row.cable_end, row.cable_connector, row.cable_positions]]).toSorted(),
    [...seats, ...channels].toSorted(),
  )
}
