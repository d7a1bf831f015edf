import type { Database } from '@demarc/engine/database'
import type { Field } from '@demarc/engine/field'
import { columnOf } from '@demarc/engine/model'
import { registry } from '@demarc/models'

/** How many of each there are. */
export interface Size {
  readonly devices: number
  readonly interfacesPerDevice: number
  readonly addresses: number
  readonly prefixes: number
}

export const standard: Size = { devices: 20_000, interfacesPerDevice: 20, addresses: 200_000, prefixes: 20_000 }

/** Fill an empty database with a network of the size given: sites with racks, devices with interfaces, prefixes with addresses. */
export async function seed(db: Database, { devices, interfacesPerDevice, addresses, prefixes }: Size): Promise<void> {
  const sites = Math.max(10, Math.round(devices / 100))
  const racks = sites * 10
  await fill(db, 'dcim.region', 20, {
    name: `'Region ' || n`,
    slug: `'region-' || n`,
    path: `lpad(n::text, 19, '0')::ltree`,
    sort_path: `'Region ' || n`,
  })
  await fill(db, 'tenancy.tenantgroup', 10, {
    name: `'Group ' || n`,
    slug: `'group-' || n`,
    path: `lpad(n::text, 19, '0')::ltree`,
    sort_path: `'Group ' || n`,
  })
  await fill(db, 'tenancy.tenant', 100, { name: `'Tenant ' || n`, slug: `'tenant-' || n`, group_id: '1 + n % 10' })
  await fill(db, 'extras.tag', 20, { name: `'Tag ' || n`, slug: `'tag-' || n` })
  await fill(db, 'dcim.site', sites, {
    name: `'Site ' || n`,
    slug: `'site-' || n`,
    region_id: '1 + n % 20',
    tenant_id: '1 + n % 100',
  })
  await fill(db, 'dcim.location', sites * 2, {
    name: `'Room ' || n`,
    slug: `'room-' || n`,
    site_id: `1 + (n - 1) % ${sites}`,
    path: `lpad(n::text, 19, '0')::ltree`,
    sort_path: `'Room ' || n`,
  })
  await fill(db, 'dcim.rack', racks, {
    name: `'Rack ' || n`,
    site_id: `1 + (n - 1) % ${sites}`,
    location_id: `1 + (n - 1) % ${sites}`,
    tenant_id: '1 + n % 100',
  })
  await fill(db, 'dcim.manufacturer', 10, { name: `'Maker ' || n`, slug: `'maker-' || n` })
  await fill(db, 'dcim.devicetype', 100, {
    model: `'Model ' || n`,
    slug: `'model-' || n`,
    manufacturer_id: '1 + n % 10',
  })
  await fill(db, 'dcim.devicerole', 20, {
    name: `'Role ' || n`,
    slug: `'role-' || n`,
    color: `'2196f3'`,
    path: `lpad(n::text, 19, '0')::ltree`,
    sort_path: `'Role ' || n`,
  })
  await fill(db, 'dcim.platform', 10, {
    name: `'Platform ' || n`,
    slug: `'platform-' || n`,
    path: `lpad(n::text, 19, '0')::ltree`,
    sort_path: `'Platform ' || n`,
  })
  await fill(db, 'ipam.vrf', 20, { name: `'VRF ' || n`, rd: `'65000:' || n` })
  await fill(db, 'ipam.role', 10, { name: `'Use ' || n`, slug: `'use-' || n` })
  await fill(db, 'ipam.prefix', prefixes, {
    prefix: `set_masklen('10.0.0.0'::inet + (n - 1) * 256::bigint, 24)::cidr`,
    vrf_id: 'case when n % 3 = 0 then 1 + n % 20 end',
    role_id: '1 + n % 10',
    tenant_id: '1 + n % 100',
    scope_type: `'dcim.site'`,
    scope_id: `1 + n % ${sites}`,
    _site_id: `1 + n % ${sites}`,
  })
  await fill(db, 'ipam.ipaddress', addresses, {
    address: `set_masklen('10.0.0.0'::inet + (n - 1) * 2::bigint, 24)`,
    tenant_id: '1 + n % 100',
    assigned_object_type: `case when n <= ${devices * interfacesPerDevice} then 'dcim.interface' end`,
    assigned_object_id: `case when n <= ${devices * interfacesPerDevice} then n end`,
  })
  await fill(db, 'dcim.device', devices, {
    name: `'device-' || n`,
    device_type_id: '1 + n % 100',
    role_id: '1 + n % 20',
    platform_id: '1 + n % 10',
    site_id: `1 + (n - 1) % ${sites}`,
    location_id: `1 + (n - 1) % ${sites}`,
    rack_id: `1 + (n - 1) % ${racks}`,
    tenant_id: '1 + n % 100',
    serial: `'SN' || n`,
    asset_tag: `'A' || n`,
    primary_ip4_id: `case when n <= ${addresses} then n end`,
    status: `(array['active','active','active','planned','offline'])[1 + n % 5]`,
    interface_count: String(interfacesPerDevice),
  })
  await fill(db, 'dcim.interface', devices * interfacesPerDevice, {
    device_id: `1 + (n - 1) / ${interfacesPerDevice}`,
    name: `'eth' || (n - 1) % ${interfacesPerDevice}`,
    _name: `lpad(((n - 1) % ${interfacesPerDevice})::text, 6, '0')`,
    type: `'1000base-t'`,
    _site_id: `1 + ((n - 1) / ${interfacesPerDevice}) % ${sites}`,
  })
  await db.pool.query(
    `insert into extras_taggeditem (object_type, object_id, tag_id) select 'dcim.device', n, 1 + n % 20 from generate_series(1, ${devices}) n`,
  )
  await db.pool.query('analyze')
}

/** Insert `count` rows of a model: the columns given as SQL of `n`, and the rest by their defaults. */
export async function fill(db: Database, name: string, count: number, given: Record<string, string>): Promise<void> {
  const model = registry.model(name)
  const columns = new Map<string, string>([['id', 'n'], ...Object.entries(given)])
  for (const [key, field] of Object.entries<Field>(model.fields)) {
    const column = columnOf(key, field)
    if (!field.column || columns.has(column)) continue
    if (key === 'created' || key === 'last_updated') columns.set(column, 'now()')
    else if (!field.options.nullable) columns.set(column, `${literal(field)}::${field.column.type}`)
  }
  const names = [...columns.keys()].map(column => `"${column}"`).join(', ')
  await db.pool.query(
    `insert into ${model.table} (${names}) overriding system value select ${[...columns.values()].join(', ')} from generate_series(1, ${count}) as n`,
  )
  await db.pool.query(`select setval(pg_get_serial_sequence('${model.table}', 'id'), ${count})`)
}

function literal({ options, column }: Field): string {
  const value = options.default
  if (value === undefined)
    return column!.type.startsWith('json')
      ? `'{}'`
      : column!.type.endsWith('[]')
        ? `'{}'`
        : /char|text/.test(column!.type)
          ? `''`
          : /timestamp|date/.test(column!.type)
            ? 'now()'
            : /bool/.test(column!.type)
              ? 'false'
              : '0'
  return `'${(typeof value === 'object' ? (column!.type.endsWith('[]') ? '{}' : JSON.stringify(value)) : String(value)).replaceAll("'", "''")}'`
}
