import { createSuperuser } from '@demarc/engine/auth'
import { inTransaction, type Database } from '@demarc/engine/database'
import type { Field } from '@demarc/engine/field'
import { columnOf, isAnyRef } from '@demarc/engine/model'
import { reindex } from '@demarc/engine/search'
import { registry } from '@demarc/models'

/** Who can log in: `admin` may do everything, `reader` may view everything but racks. */
export const users = {
  admin: { username: 'admin', email: 'admin@example.com', password: 'Admin-admin-1' },
  reader: { username: 'reader', email: 'reader@example.com', password: 'Reader-reader-1' },
} as const

/** How many devices there are: more than two pages. */
export const deviceCount = 120

/** Fills an empty database with a small network. */
export async function seed(db: Database): Promise<void> {
  for (const user of Object.values(users)) await createSuperuser(db, user)
  await db.pool.query(`update users_user set is_superuser = false, first_name = 'Rita' where username = 'reader'`)
  const models = [...registry.models.values()].filter(model => model.name !== 'dcim.rack').map(model => model.name)
  const [view] = await add(db, 'users.objectpermission', [
    { name: 'View all but racks', object_types: models, actions: ['view'] },
  ])
  await db.pool.query(
    `insert into users_user_object_permissions (user_id, objectpermission_id) select id, $1 from users_user where username = 'reader'`,
    [view],
  )

  const [europe, america] = await add(db, 'dcim.region', [branch(1, 'Europe'), branch(2, 'America')])
  const [norway, netherlands] = await add(db, 'dcim.region', [
    branch(3, 'Norway', { id: europe!, name: 'Europe' }),
    branch(4, 'Netherlands', { id: europe!, name: 'Europe' }),
  ])
  const [tenant] = await add(db, 'tenancy.tenant', [named('Northwind')])
  const sites = await add(db, 'dcim.site', [
    { ...named('Oslo'), region_id: norway, tenant_id: tenant, facility: 'OSL-1', description: 'Head office' },
    { ...named('Amsterdam'), region_id: netherlands, tenant_id: tenant, comments: '**Deliveries** at the back door.' },
    { ...named('Boston'), region_id: america, status: 'planned' },
  ])
  const racks = await add(
    db,
    'dcim.rack',
    [1, 2, 3, 4, 5, 6].map(n => ({ name: `R${n}`, site_id: sites[n % 3], tenant_id: tenant })),
  )
  const [maker] = await add(db, 'dcim.manufacturer', [named('Arista')])
  const types = await add(db, 'dcim.devicetype', [
    { model: 'DCS-7050', slug: 'dcs-7050', manufacturer_id: maker },
    { model: 'DCS-7280', slug: 'dcs-7280', manufacturer_id: maker },
  ])
  const roles = await add(db, 'dcim.devicerole', [
    { ...branch(1, 'Leaf'), color: '2196f3' },
    { ...branch(2, 'Spine'), color: 'ffc107' },
  ])
  await add(db, 'extras.customfield', [
    { name: 'contract', label: 'Support contract', type: 'text', object_types: ['dcim.device'] },
  ])
  const devices = await add(
    db,
    'dcim.device',
    numbers(deviceCount).map(n => ({
      name: `leaf-${n}`,
      device_type_id: types[n % 2],
      role_id: roles[n % 2],
      site_id: sites[n % 3],
      rack_id: racks[(n + 5) % 6],
      tenant_id: n % 4 ? tenant : null,
      status: ['active', 'active', 'planned', 'offline'][n % 4],
      serial: `SN${1000 + n}`,
      interface_count: 4,
      custom_fields: { contract: n === 1 ? 'NW-2031' : null },
    })),
  )
  await add(
    db,
    'dcim.interface',
    devices.flatMap((device_id, index) =>
      numbers(4).map(n => ({
        device_id,
        name: `Ethernet${n}`,
        _name: `Ethernet${String(n).padStart(6, '0')}`,
        type: '10gbase-x-sfpp',
        _site_id: sites[(index + 1) % 3],
      })),
    ),
  )
  const vlans = await add(
    db,
    'ipam.vlan',
    ['Users', 'Voice', 'Servers', 'Guests'].map((name, at) => ({ name, vid: 10 * (at + 1), site_id: sites[0] })),
  )
  await add(db, 'ipam.prefix', [
    { prefix: '10.0.0.0/8', status: 'container', _children: 5, description: 'Everything private' },
    { prefix: '10.1.0.0/16', status: 'container', _depth: 1, _children: 4 },
    ...vlans.map((vlan_id, at) => ({ prefix: `10.1.${at}.0/24`, vlan_id, _depth: 2 })),
    { prefix: '2001:db8::/32', status: 'container' },
  ])
  await add(
    db,
    'ipam.ipaddress',
    numbers(20).map(n => ({ address: `10.1.0.${n}/24`, dns_name: `leaf-${n}.example.com` })),
  )
  const tags = await add(db, 'extras.tag', [
    { ...named('Core'), color: '9c27b0' },
    { ...named('Lab'), color: 'ffeb3b' },
  ])
  await db.pool.query(
    `insert into extras_taggeditem (object_type, object_id, tag_id) values ('dcim.device', $1, $2), ('dcim.device', $1, $3)`,
    [devices[0], ...tags],
  )
  await add(db, 'extras.journalentry', [
    { assigned_object_type: 'dcim.device', assigned_object_id: devices[0], comments: 'Fan replaced.', created: now() },
  ])
  await add(
    db,
    'core.objectchange',
    ['create', 'update'].map(action => ({
      time: now(),
      user_name: 'admin',
      request_id: crypto.randomUUID(),
      action,
      changed_object_type: 'dcim.device',
      changed_object_id: devices[0],
      object_repr: 'leaf-1',
    })),
  )
  await db.pool.query('analyze')
  await inTransaction(db, tx => reindex(db, tx, registry))
}

type Values = Readonly<Record<string, unknown>>

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const now = () => new Date().toISOString()
const named = (name: string) => ({ name, slug: name.toLowerCase() })

/** A node of a tree that gets the given id, for its path consists of ids. */
function branch(id: number, name: string, parent?: { id: number; name: string }): Values {
  const label = (each: number) => String(each).padStart(19, '0')
  const above = parent ? { path: `${label(parent.id)}.`, sort_path: `${parent.name}\t` } : { path: '', sort_path: '' }
  const place = { path: above.path + label(id), sort_path: above.sort_path + name }
  return { ...named(name), ...place, ...(parent && { parent_id: parent.id }) }
}

/** Inserts rows of a model and returns their ids; columns that are not given get the default of their field. */
async function add(db: Database, name: string, rows: readonly Values[]): Promise<number[]> {
  const model = registry.model(name)
  const defaults = new Map<string, unknown>()
  const documents = new Set<string>()
  for (const [key, field] of Object.entries<Field>(model.fields)) {
    if (!field.column || isAnyRef(field)) continue
    const column = columnOf(key, field)
    if (field.column.type.startsWith('json')) documents.add(column)
    const { nullable, default: fallback } = field.options
    if (key === 'created' || key === 'last_updated') defaults.set(column, now())
    else if (!nullable) defaults.set(column, fallback ?? (field.column.type.endsWith('[]') ? [] : ''))
  }
  const ids: number[] = []
  for (const row of rows) {
    const values = { ...Object.fromEntries(defaults), ...row }
    const columns = Object.keys(values)
    const { rows: added } = await db.pool.query<{ id: string }>(
      `insert into ${model.table} (${columns.map(column => `"${column}"`).join(', ')})
        values (${columns.map((_, at) => `$${at + 1}`).join(', ')}) returning id`,
      Object.entries(values).map(([column, value]) => (documents.has(column) ? JSON.stringify(value) : value)),
    )
    ids.push(Number(added[0]!.id))
  }
  return ids
}
