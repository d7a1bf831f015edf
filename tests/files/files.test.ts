import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { importRows, ImportRefused, importRoutes, readContents, type ImportOptions } from '@demarc/engine/csv'
import { exportRoutes } from '@demarc/engine/export'
import { createApp } from '@demarc/engine/http'
import { registry } from '@demarc/models'
import { pino } from 'pino'
import { readConfig } from '../../server/config.ts'
import { importLibrary } from '../../server/typelibrary.ts'
import { testDatabase } from '../database.ts'
import { testWriter } from '../writer.ts'

const db = await testDatabase()
let call: Awaited<ReturnType<typeof testWriter>>['call']
let create: Awaited<ReturnType<typeof testWriter>>['create']

const load = (model: string, data: string, options: Partial<ImportOptions> = {}) =>
  importRows(call, registry.model(model), { data, ...options })

async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work
    return []
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error
    return error.errors.map(({ row, field, message }) => `${row} ${field ?? ''} ${message}`.replace(/ +/g, ' '))
  }
}

const rows = (text: string) => db.query<Record<string, any>>(text, [])
const counted = async (table: string) => (await rows(`select count(*)::int as n from ${table}`))[0]!['n'] as number

before(async () => {
  ;({ call, create } = await testWriter(db))
  await create('dcim.region', { name: 'North', slug: 'north' })
  await create('extras.tag', { name: 'Core Site', slug: 'core-site' }, { name: 'Old', slug: 'old' })
  await create('dcim.manufacturer', { name: 'Acme', slug: 'acme' })
  await create('extras.customfield', {
    name: 'tier',
    type: 'integer',
    object_types: ['dcim.site'],
  })
})

test('CSV names other rows by the accessor of its header, and carries tags, choices and custom fields', async () => {
  const result = await load(
    'dcim.site',
    '\uFEFFname;slug;status;region.slug;tags;cf_tier\r\nOslo;oslo;planned;north;"core-site,old";3\r\nBergen;bergen;;;;\r\n',
  )
  assert.deepEqual(
    [result.created, result.objects.map(one => [one.display, one.action])],
    [
      2,
      [
        ['Oslo', 'created'],
        ['Bergen', 'created'],
      ],
    ],
  )
  const sites = await rows(
    `select s.name, s.status, r.slug as region, s.custom_fields, (select count(*)::int from extras_taggeditem i where i.object_id = s.id) as tags
     from dcim_site s left join dcim_region r on r.id = s.region_id order by s.name desc`,
  )
  assert.deepEqual(sites, [
    { name: 'Oslo', status: 'planned', region: 'north', custom_fields: { tier: 3 }, tags: 2 },
    { name: 'Bergen', status: 'active', region: null, custom_fields: { tier: null }, tags: 0 },
  ])
})

test('all errors of all records come at once, and nothing is written', async () => {
  const before = await counted('dcim_site')
  const data =
    'name,slug,status,region,cf_tier\nFine,fine,active,North,1\nBad,not a slug,active,Nowhere,1\nWorse,worse,lost,North,many\n'
  const faults = await faultsOf(load('dcim.site', data))
  assert.equal(faults[0], '2 region Object not found: Nowhere')
  assert.match(faults.join('\n'), /2 slug .*\n[^]*3 status /)
  assert.equal(await counted('dcim_site'), before)
})

test('headers that mean nothing are refused by name', async () => {
  const refused = async (header: string) => (await faultsOf(load('dcim.site', `${header}\nA,b\n`)))[0]
  assert.equal(await refused('name,colour'), '0 Unexpected column header "colour" found.')
  assert.equal(await refused('name,slug.id'), '0 Column "slug" is not a related object; cannot use dots')
  assert.equal(await refused('name,region.colour'), '0 Invalid related object attribute for column "region": colour')
  assert.equal(await refused('region,region.slug'), '0 Duplicate or conflicting column header for "region"')
  assert.equal(await refused('name,status'), '0 Required column header "slug" not found.')
  assert.equal((await faultsOf(load('dcim.site', 'name,slug\nA,b,c\n')))[0], '1 Row 1: Expected 2 columns but found 3')
})

test('a custom field that people may not edit is no column', async () => {
  for (const ui_editable of ['no', 'hidden']) {
    const name = `kept_${ui_editable}`
    await create('extras.customfield', { name, type: 'text', object_types: ['dcim.site'], ui_editable })
    assert.deepEqual(await faultsOf(load('dcim.site', `name,slug,cf_${name}\nA,a,x\n`)), [
      `0 Unexpected column header "cf_${name}" found.`,
    ])
  }
})

test('a record with an id changes that row only where it says so; a dry run tells and does nothing', async () => {
  const [oslo, bergen] = (await rows(
    `select id from dcim_site where slug in ('oslo', 'bergen') order by slug desc`,
  )) as [{ id: number }, { id: number }]
  const data = `id,facility\n${oslo.id},OS1\n${bergen.id},\n`
  const dry = await load('dcim.site', data, { dryRun: true })
  assert.deepEqual([dry.created, dry.updated, dry.unchanged], [0, 1, 1])
  assert.equal((await rows(`select facility from dcim_site where id = ${oslo.id}`))[0]!['facility'], '')
  await load('dcim.site', data)
  const [site] = await rows(`select facility, status, region_id from dcim_site where id = ${oslo.id}`)
  assert.equal(site!['facility'], 'OS1')
  assert.equal(site!['status'], 'planned')
  assert.ok(site!['region_id'])
  assert.deepEqual(await faultsOf(load('dcim.site', 'id,facility\n999999,x\n')), [
    '1 id Object with ID 999999 does not exist',
  ])
})

test('records may name others of the same file, and rows are looked for where the record says', async () => {
  await load('dcim.region', '- {name: Top, slug: top}\n- {name: Below, slug: below, parent: Top}\n')
  const [below] = await rows(
    `select p.slug from dcim_region r join dcim_region p on p.id = r.parent_id where r.slug = 'below'`,
  )
  assert.equal(below!['slug'], 'top')
  const panels = await load('dcim.powerpanel', 'site,name\nOslo,P1\nBergen,P1\n')
  assert.equal(panels.created, 2)
  await load(
    'dcim.powerfeed',
    'site,power_panel,name,status,type,supply,phase,voltage,amperage,max_utilization\nBergen,P1,F1,active,primary,ac,single-phase,230,16,80\n',
  )
  const [feed] = await rows(
    `select s.slug from dcim_powerfeed f join dcim_powerpanel p on p.id = f.power_panel_id join dcim_site s on s.id = p.site_id`,
  )
  assert.equal(feed!['slug'], 'bergen')
})

const type = `manufacturer: Acme
model: Shelf 8
slug: acme-shelf-8
u_height: 1
is_full_depth: false
power-ports:
- name: PSU1
power-outlets:
- name: Out 1
  power_port: PSU1
rear-ports:
- name: 08
  type: lc
  positions: 2
front-ports:
- name: F1
  type: lc
port-mappings:
- front_port: F1
  front_port_position: 1
  rear_port: 08
  rear_port_position: 2
`

test('a device type comes in with its components and goes out as the same document', async () => {
  await load('dcim.devicetype', type, { format: 'yaml' })
  const faults = await faultsOf(
    load('dcim.devicetype', `---\n${type.replace('power_port: PSU1', 'power_port: PSU9').replaceAll('helf', 'elf')}`),
  )
  assert.deepEqual(faults, ['1 power-outlets[1].power_port Object not found: PSU9'])
  const answer = await ask('/dcim/device-types/?export')
  assert.equal(answer.headers['content-type'], 'text/yaml')
  const contents = readContents(answer.body, 'yaml')
  const [document] = contents.kind === 'documents' ? (contents.documents as Record<string, any>[]) : []
  assert.equal(document!['manufacturer'], 'Acme')
  assert.deepEqual(document!['port-mappings'], [
    { front_port: 'F1', front_port_position: 1, rear_port: '08', rear_port_position: 2 },
  ])
  assert.equal(document!['power-outlets'][0].power_port, 'PSU1')
})

test('parts in a file are added to a type that is there, and name bay types of its manufacturer before those of none', async () => {
  const [maker] = await create('dcim.manufacturer', { name: 'Cage Works', slug: 'cages' })
  await create(
    'dcim.modulebaytype',
    { name: 'Cage', slug: 'cage', manufacturer: maker },
    { name: 'Cage', slug: 'cage' },
    { name: 'Tray', slug: 'tray' },
  )
  const base = { manufacturer: 'Cage Works', model: 'Frame', slug: 'frame' }
  const bays = (...names: string[]) => ({ 'module-bays': names.map(name => ({ name, module_bay_types: [name] })) })
  const { objects } = await load('dcim.devicetype', JSON.stringify({ ...base, ...bays('Cage', 'Tray') }))
  assert.deepEqual(
    await rows(
      `select b.name, t.manufacturer_id as of from dcim_modulebaytemplate as b
       join dcim_modulebaytemplate_module_bay_types as l on l.modulebaytemplate_id = b.id
       join dcim_modulebaytype as t on t.id = l.modulebaytype_id order by b.name`,
    ),
    [
      { name: 'Cage', of: maker },
      { name: 'Tray', of: null },
    ],
  )
  await load('dcim.devicetype', JSON.stringify({ id: objects[0]!.id, interfaces: [{ name: 'mgmt', type: 'virtual' }] }))
  assert.equal(await counted("dcim_interfacetemplate where name = 'mgmt'"), 1)
  const other = { manufacturer: 'Acme', model: 'Other', slug: 'other' }
  await create('dcim.modulebaytype', { name: 'Sled', slug: 'sled', manufacturer: maker })
  assert.deepEqual(await faultsOf(load('dcim.devicetype', JSON.stringify({ ...other, ...bays('Sled') }))), [
    '1 module-bays[1].module_bay_types Object not found: Sled',
  ])
})

test('attributes of a module type come with its profile', async () => {
  const schema = { type: 'object', properties: { size: { type: 'integer' } }, required: ['size'] }
  await create('dcim.moduletypeprofile', { name: 'Disk drive', schema })
  const base = { manufacturer: 'Acme', model: 'D1' }
  const wrong = [
    { ...base, profile: 'Disk drive' },
    { ...base, attribute_data: { size: 5 } },
  ]
  for (const document of wrong)
    assert.equal((await faultsOf(load('dcim.moduletype', JSON.stringify(document)))).length, 1)
  await load('dcim.moduletype', JSON.stringify({ ...base, profile: 'Disk drive', attribute_data: { size: 5 } }))
  await load('dcim.moduletype', 'manufacturer,model,profile,attribute_data\nAcme,D2,Disk drive,"{""size"": 6}"\n')
  assert.deepEqual(
    (await rows(`select attribute_data from dcim_moduletype where model like 'D_' order by model`)).map(
      row => row['attribute_data'],
    ),
    [{ size: 5 }, { size: 6 }],
  )
})

test('a list is exported at its own address, whole and as filtered; without the parameter the page is served', async () => {
  const whole = (await ask('/dcim/sites/?export')).body.split('\r\n')
  assert.match(whole[0]!, /^Name,Status,Facility,Region,Group,Tenant,Description,ID,Slug,Tenant Group,/)
  assert.equal(whole.length, 4)
  const some = (await ask('/dcim/sites/?export=table&slug=oslo')).body
  assert.equal(some, 'Name,Status,Facility,Region,Group,Tenant,Description\r\nOslo,Planned,OS1,North,,,\r\n')
  await db.pool
    .query(`insert into users_user (id, username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
    overriding system value values (1, 'root', '', true, true, now(), '', '', '')`)
  await db.pool.query(
    `insert into users_userconfig (user_id, data) values (1, '{"tables": {"SiteTable": {"columns": ["slug", "asn_count", "tenant_group"]}}}')`,
  )
  assert.equal((await ask('/dcim/sites/?export=table&slug=oslo')).body, 'Slug,ASN Count,Tenant Group\r\noslo,,\r\n')
  const chosen = (await ask('/ui/export/dcim.site?columns=name,region,cf_tier&delimiter=semicolon')).body
  assert.equal(chosen, 'Name;Region;cf_tier\r\nBergen;;\r\nOslo;North;3\r\n')
  assert.equal((await ask('/dcim/sites/')).statusCode, 404)
})

test('a file of racks says how much of each is taken', async () => {
  const [{ id: site }] = (await rows(`select id from dcim_site where slug = 'oslo'`)) as [{ id: number }]
  const [rack] = await create('dcim.rack', { name: 'F1', site, u_height: 12 }, { name: 'F2', site })
  await create('dcim.rackreservation', { rack, units: [1, 2, 3, 4], user: 1, description: 'kept' })
  const [panel] = await create('dcim.powerpanel', { name: 'P', site })
  await create('dcim.powerfeed', { name: 'A', power_panel: panel, rack })
  const file = (await ask('/ui/export/dcim.rack?columns=name,get_utilization,get_power_utilization&site=oslo')).body
  assert.equal(file, 'Name,Space,Power\r\nF1,33.33333333333333%,0.0%\r\nF2,0.0%,0%\r\n')
})

test('the import endpoint answers with what was done, or all that is wrong', async () => {
  const post = (body: object) => ask('/ui/import/dcim.region', body)
  const done = await post({ data: 'name,slug\nWest,west', dry_run: true })
  assert.deepEqual(JSON.parse(done.body), {
    created: 1,
    updated: 0,
    unchanged: 0,
    objects: [{ display: 'West', action: 'created' }],
  })
  const [north] = await db.pool
    .query<{ id: string }>(`select id from dcim_region where slug = 'north'`)
    .then(({ rows }) => rows)
  const other = await post({ data: `id,description\n${north!.id},Cold`, dry_run: true })
  assert.deepEqual(JSON.parse(other.body).objects, [
    { id: Number(north!.id), display: 'North', action: 'updated', fields: ['description'] },
  ])
  const refused = await post({ data: 'name,slug\nWest,we st\n,' })
  assert.equal(refused.statusCode, 400)
  assert.deepEqual(
    (JSON.parse(refused.body) as { errors: { row: number; field: string }[] }).errors.map(({ row, field }) => [
      row,
      field,
    ]),
    [
      [1, 'slug'],
      [2, 'name'],
      [2, 'slug'],
    ],
  )
})

test('a library of types comes in once, with its manufacturers; old files say how ports are mapped', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'demarc-types-'))
  after(() => rmSync(dir, { recursive: true }))
  mkdirSync(path.join(dir, 'device-types/Panel Co'), { recursive: true })
  writeFileSync(
    path.join(dir, 'device-types/Panel Co/p1.yaml'),
    `manufacturer: Panel Co.\nmodel: P1\nslug: panel-co-p1\nu_height: 1\nis_full_depth: false\nrear-ports:\n  - {name: R1, type: lc}\nfront-ports:\n  - {name: F1, type: lc, rear_port: R1}\n`,
  )
  writeFileSync(path.join(dir, 'device-types/Panel Co/broken.yaml'), 'manufacturer: Panel Co.\nmodel: [\n')
  const options = { db, registry, settings: {} }
  const first = await importLibrary(dir, options)
  assert.equal(first.manufacturers, 1)
  assert.deepEqual(first.folders, [{ folder: 'device-types', files: 1, created: 1, known: 0, components: 2 }])
  assert.deepEqual(
    first.refused.map(one => one.file),
    ['device-types/Panel Co/broken.yaml'],
  )
  assert.equal(await counted('dcim_porttemplatemapping'), 2)
  const changes = await counted('core_objectchange')
  const again = await importLibrary(dir, options)
  assert.deepEqual([again.manufacturers, again.folders[0]!.known], [0, 1])
  assert.equal(await counted('core_objectchange'), changes)
})

const config = { ...readConfig({}), ALLOWED_HOSTS: ['*'] }
const user = { id: 1, username: 'root', superuser: true }
const options = { db, registry, config, identify: async () => ({ user, via: 'session' as const, writes: true }) }
const app = createApp({
  config,
  logger: pino({ level: 'silent' }),
  routes: [importRoutes(options), exportRoutes(options)],
})

async function ask(url: string, body?: object) {
  await app.ready()
  return app.inject({
    method: body ? 'POST' : 'GET',
    url,
    headers: {
      host: 'demarc.test',
      'accept-encoding': 'identity',
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { payload: JSON.stringify(body) }),
  })
}

test('the import endpoint tells of every column, and of no one it does not take', async () => {
  const { columns } = JSON.parse((await ask('/ui/import/dcim.site')).body) as { columns: { name: string }[] }
  assert.deepEqual(columns.slice(0, 2), [
    { name: 'name', required: true },
    { name: 'slug', required: true },
  ])
  const known = new Map(columns.map(column => [column.name, column]))
  assert.deepEqual(known.get('region'), { name: 'region', to: 'dcim.region', by: 'name' })
  assert.deepEqual(known.get('asns'), { name: 'asns', to: 'ipam.asn', by: 'asn', many: true })
  assert.deepEqual(known.get('tags'), { name: 'tags', to: 'extras.tag', by: 'slug', many: true })
  assert.ok(known.has('cf_tier'))
  assert.ok(!known.has('created') && !known.has('device_count'))
  assert.equal((await ask('/ui/import/dcim.nothing')).statusCode, 404)
})

test('a template with a data file needs no code of its own', async () => {
  const [data_source] = await create('core.datasource', { name: 'Sources', type: 'local', source_url: '/srv' })
  await rows(`
    insert into core_datafile (source_id, path, size, hash, data, last_updated, created)
    values (${data_source}, 'exports/sites.j2', 9, '${'0'.repeat(64)}', convert_to('{{ sites }}', 'utf8'), now(), now())`)
  await load(
    'extras.exporttemplate',
    'name,object_types,data_source,data_file\nSites,dcim.site,Sources,exports/sites.j2',
  )
  const [template] = await rows(`select template_code, data_source_id, data_path from extras_exporttemplate`)
  assert.deepEqual(template, {
    template_code: '{{ sites }}',
    data_source_id: data_source,
    data_path: 'exports/sites.j2',
  })
  assert.deepEqual(await faultsOf(load('extras.exporttemplate', 'name,object_types\nOther,dcim.site')), [
    '0 Required column header "template_code" not found.',
  ])
})

test('a name in a list stands for all that have it, one alone for one', async () => {
  const [left, right] = await create('tenancy.contactgroup', { name: 'L', slug: 'l' }, { name: 'R', slug: 'r' })
  for (const parent of [left, right])
    await create('tenancy.contactgroup', { name: 'Staff', slug: `s${parent}`, parent })
  await load('tenancy.contact', 'name,groups\nAnn,"Staff,L"\n')
  assert.equal(await counted('tenancy_contact_groups'), 3)
  const [one, two] = await create('dcim.region', { name: 'One', slug: 'one' }, { name: 'Two', slug: 'two' })
  for (const parent of [one, two]) await create('dcim.region', { name: 'Twin', slug: `twin-${parent}`, parent })
  assert.deepEqual(await faultsOf(load('dcim.site', 'name,slug,region\nT2,t2,Twin\n')), [
    '1 region "Twin" is not a unique value for this field; multiple objects were found',
  ])
})
