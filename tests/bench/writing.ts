import type { Database } from '@demarc/engine/database'

type Post = (url: string, body: unknown) => Promise<unknown>
type Row = (what: string, figure: number, target: string) => void

/**
 * What writing by the thousand costs: seconds, and the ratio to the very same rows (history included) written by one plain
 * SQL statement.
 */
export async function measureWriting(db: Database, post: Post, row: Row): Promise<void> {
  const make = async (url: string, body: object) => ((await post(url, body)) as { id: number }).id
  const manufacturer = await make('/api/dcim/manufacturers/', { name: 'Bench', slug: 'bench' })
  const device_type = await make('/api/dcim/device-types/', { manufacturer, model: 'Bench 48', slug: 'bench-48' })
  const role = await make('/api/dcim/device-roles/', { name: 'Bench', slug: 'bench' })
  const site = await make('/api/dcim/sites/', { name: 'Bench', slug: 'bench' })
  const ports = Array.from({ length: 48 }, (_, at) => ({ device_type, name: `eth${at}`, type: '10gbase-x-sfpp' }))
  await post('/api/dcim/interface-templates/', ports)

  const devices = Array.from({ length: 1000 }, (_, at) => ({ name: `bench-${at}`, device_type, role, site }))
  const making = await seconds(() => post('/api/dcim/devices/', devices))
  row('1,000 devices of 48 ports in one request, seconds', making, '≤ 6')
  const ofSite = `select id from dcim_device where site_id = ${site}`
  const plain = await again(db, {
    dcim_interface: `device_id in (${ofSite})`,
    dcim_device: `id in (${ofSite})`,
    core_objectchange: lastRequest,
  })
  row('1,000 devices of 48 ports: request / one SQL statement', making / plain, '')

  const addresses = Array.from({ length: 5000 }, (_, at) => ({ address: `172.20.${at >> 8}.${at & 255}/16` }))
  const numbering = await seconds(() => post('/api/ipam/ip-addresses/', addresses))
  row('5,000 addresses in one request, seconds', numbering, '≤ 3')
  const plainNumbering = await again(db, {
    ipam_ipaddress: `address <<= '172.20.0.0/16'`,
    core_objectchange: lastRequest,
  })
  row('5,000 addresses: request / one SQL statement', numbering / plainNumbering, '')
}

const lastRequest = `request_id = (select request_id from core_objectchange order by id desc limit 1)`

/** Seconds that one statement takes to write those rows once more, indexes and constraints included. Nothing stays. */
async function again(db: Database, rows: Readonly<Record<string, string>>): Promise<number> {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    for (const [table, condition] of Object.entries(rows))
      await client.query(`create temp table bench_${table} on commit drop as select * from ${table} where ${condition}`)
    for (const [table, condition] of Object.entries(rows)) await client.query(`delete from ${table} where ${condition}`)
    // What the deletes leave to check is not part of the writing.
    await client.query('set constraints all immediate')
    await client.query('set constraints all deferred')
    const inserts = Object.keys(rows).map(table => `w_${table} as (insert into ${table} select * from bench_${table})`)
    return await seconds(async () => {
      await client.query(`with ${inserts.join(', ')} select 1`)
      await client.query('set constraints all immediate')
    })
  } finally {
    await client.query('rollback')
    client.release()
  }
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await run()
  return (performance.now() - begun) / 1000
}
