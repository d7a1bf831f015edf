import { inTransaction, type Database } from '@demarc/engine/database'
import { retraceAll } from '@demarc/models/dcim/cabling'
import { fill } from './seed.ts'

type Row = (what: string, figure: number, target: string) => void

/** What the measuring of cables asks of the server. */
interface Client {
  post(url: string, body: unknown): Promise<unknown>
  remove(url: string): Promise<unknown>
  /** Statements of one reading request. */
  count(url: string): Promise<number>
}

/**
 * What following cables costs, five to a device of the seeded network: three of five on the way from one interface to
 * another through two patch panels, the others from interface to interface.
 */
export async function measureCabling(db: Database, { post, remove, count }: Client, row: Row): Promise<void> {
  const { rows } = await db.pool.query('select count(*)::int as devices from dcim_device')
  const devices = rows[0].devices as number
  await plug(db, devices)
  let begun = performance.now()
  const paths = await inTransaction(db, tx => retraceAll(tx))
  row(`${devices * 5} cables traced anew (${paths} paths), seconds`, (performance.now() - begun) / 1000, '≤ 60')
  row(
    'a stored path: statements beyond the row it begins at',
    (await count('/api/dcim/interfaces/1/trace/')) - 1,
    '≤ 3',
  )

  const make = async (url: string, body: unknown) => (await post(url, body)) as { id: number }[]
  const first = await db.pool.query(
    'select site_id as site, role_id as role, device_type_id as device_type from dcim_device limit 1',
  )
  const [big, other] = await make('/api/dcim/devices/', [
    { name: 'Five hundred ports', ...first.rows[0] },
    { name: 'The other side', ...first.rows[0] },
  ])
  const ports = (device: number) =>
    make(
      '/api/dcim/interfaces/',
      Array.from({ length: 500 }, (_, at) => ({ device, name: `p${at}`, type: '10gbase-t' })),
    )
  const [near, far] = [await ports(big!.id), await ports(other!.id)]
  const end = ({ id }: { id: number }) => [{ object_type: 'dcim.interface', object_id: id }]
  const cables = near.map((port, at) => ({ a_terminations: end(port), b_terminations: end(far[at]!) }))
  begun = performance.now()
  await post('/api/dcim/cables/', cables)
  row('500 cables plugged in one request, seconds', (performance.now() - begun) / 1000, '')
  begun = performance.now()
  await remove(`/api/dcim/devices/${big!.id}/`)
  row('a device of 500 cabled ports deleted, seconds', (performance.now() - begun) / 1000, '≤ 2')
}

/** Put cables into the seeded network, as rows alone. */
async function plug(db: Database, devices: number): Promise<void> {
  const panels = devices * 2
  const port = { device_id: `1 + n % ${devices}`, type: `'lc'`, positions: '1' }
  await fill(db, 'dcim.frontport', panels, { name: `'front ' || n`, ...port })
  await fill(db, 'dcim.rearport', panels, { name: `'rear ' || n`, ...port })
  await fill(db, 'dcim.portmapping', panels, {
    device_id: `1 + n % ${devices}`,
    front_port_id: 'n',
    rear_port_id: 'n',
    front_port_position: '1',
    rear_port_position: '1',
  })
  await fill(db, 'dcim.cable', devices * 5, {})
  // Cables come by fives: interface to panel, panel to panel, panel to interface, and two from interface to interface.
  const five = [
    ['interface', 'n * 6 - 5', 'frontport', 'n * 2 - 1'],
    ['rearport', 'n * 2 - 1', 'rearport', 'n * 2'],
    ['frontport', 'n * 2', 'interface', 'n * 6 - 4'],
    ['interface', 'n * 6 - 3', 'interface', 'n * 6 - 2'],
    ['interface', 'n * 6 - 1', 'interface', 'n * 6'],
  ]
  const numbers = `from generate_series(1, ${devices}) as n`
  const ends = five.flatMap(([near, nearId, far, farId], at) => [
    `select n * 5 - ${4 - at} as cable, 'A' as side, 'dcim.${near}' as model, ${nearId} as id ${numbers}`,
    `select n * 5 - ${4 - at}, 'B', 'dcim.${far}', ${farId} ${numbers}`,
  ])
  await db.pool.query(`
    insert into dcim_cabletermination (cable_id, cable_end, termination_type, termination_id, created, last_updated)
    select cable, side, model, id, now(), now() from (${ends.join(' union all ')}) as ends`)
  for (const model of ['dcim.interface', 'dcim.frontport', 'dcim.rearport'])
    await db.pool.query(`
      update ${model.replace('.', '_')} as port set cable_id = seat.cable_id, cable_end = seat.cable_end
      from dcim_cabletermination as seat where seat.termination_type = '${model}' and seat.termination_id = port.id`)
  await db.pool.query('analyze')
}
