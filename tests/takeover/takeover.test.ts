import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Database } from '@demarc/engine/database'
import { importNetbox, openSource, survey } from '@demarc/engine/netbox'
import { Problem } from '@demarc/engine/problem'
import { registry } from '@demarc/models'
import { addProfiles } from '../../server/profiles.ts'
import { testDatabase } from '../database.ts'
import { dumpOf, netboxTables, numbers, temporaryFile, temporaryFolder, type Tables } from './dump.ts'

const stamp = '2026-01-02 03:04:05+00'
const site = {
  id: 7,
  name: 'Berlin',
  slug: 'berlin',
  status: 'active',
  region_id: 3,
  custom_field_data: '{"floor": 2}',
}
const region = { id: 3, name: 'Europe', slug: 'europe', parent_id: null, path: '', sort_path: '' }
const user = {
  id: 5,
  username: 'ada',
  password: 'pbkdf2_sha256$1000000$salt$hash=',
  is_active: true,
  date_joined: stamp,
}

const small: Tables = netboxTables('4.7', {
  users_user: [user],
  dcim_region: [region],
  dcim_site: [site],
  extras_tag: [{ id: 2, name: 'Core\\Edge\t1', slug: 'core', color: '9e9e9e', weight: 1000 }],
  extras_tag_object_types: [
    { id: 1, tag_id: 2, objecttype_id: numbers['dcim.site']! },
    { id: 2, tag_id: 2, objecttype_id: numbers['plugin.thing']! },
  ],
  extras_taggeditem: [
    { id: 1, object_id: 7, content_type_id: numbers['dcim.site']!, tag_id: 2 },
    { id: 2, object_id: 1, content_type_id: numbers['plugin.thing']!, tag_id: 2 },
  ],
  plugin_thing: [
    { id: 1, name: 'a' },
    { id: 2, name: 'b' },
  ],
  plugin_empty: [],
  django_session: [{ session_key: 'k', session_data: 'd', expire_date: stamp }],
})

interface Options {
  readonly replace?: boolean
  readonly media?: string
  readonly mediaRoot?: string
}

async function take(db: Database, source: string, { mediaRoot = temporaryFolder(), ...options }: Options = {}) {
  const opened = await openSource(source)
  try {
    return await importNetbox({ db, registry, survey: await survey(opened, registry), mediaRoot, ...options })
  } finally {
    await opened.close()
  }
}

const takeTables = (db: Database, tables: Tables, options?: Options) => take(db, temporaryFile(dumpOf(tables)), options)

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => assert.fail('was accepted'),
    (error: unknown) => error,
  )
  if (!(error instanceof Problem)) throw error
  assert.ok(!error.message.includes('\n'), error.message)
  return error
}

const rowsOf = async (db: Database, text: string) => (await db.pool.query(text)).rows
const countOf = async (db: Database, table: string) =>
  Number((await rowsOf(db, `select count(*) as rows from ${table}`))[0].rows)

describe('a takeover', () => {
  test('brings rows, ids, hashes and names of models, and reports the rest', async () => {
    const db = await testDatabase()
    const file = temporaryFile(gzipSync(dumpOf(small, { dcim_site_id_seq: 40 })), 'netbox.sql.gz')
    const report = await take(db, file)

    assert.deepEqual(await rowsOf(db, `select id, name, region_id, custom_fields, description from dcim_site`), [
      { id: 7, name: 'Berlin', region_id: 3, custom_fields: { floor: 2 }, description: '' },
    ])
    assert.deepEqual(await rowsOf(db, `select id, username, password from users_user`), [
      { id: 5, username: 'ada', password: user.password },
    ])
    assert.deepEqual(await rowsOf(db, `select name, object_types from extras_tag`), [
      { name: 'Core\\Edge\t1', object_types: ['dcim.site', 'plugin.thing'] },
    ])
    const items = await db.pool.query({ text: `select * from extras_taggeditem order by id`, rowMode: 'array' })
    assert.deepEqual(
      items.rows.map(row => row.filter(value => typeof value === 'string')),
      [['dcim.site'], ['plugin.thing']],
    )
    const [{ id: next }] = await rowsOf(db, `select nextval(pg_get_serial_sequence('dcim_site', 'id')) as id`)
    assert.equal(next, 41, 'the number of a deleted site is not given again')

    assert.equal(report.version, '4.7')
    assert.deepEqual(
      report.taken.find(({ table }) => table === 'dcim_site'),
      { table: 'dcim_site', before: 1, after: 1 },
    )
    assert.deepEqual(
      report.notTaken.map(({ table, rows }) => [table, rows]),
      [
        ['django_migrations', 10],
        ['django_content_type', 6],
        ['plugin_thing', 2],
        ['django_session', 1],
      ],
    )
  })

  test('lists as object types those that NetBox lists, and the models it lacks', async () => {
    const db = await testDatabase()
    await takeTables(db, small)
    const types = await rowsOf(
      db,
      `select id, app_label || '.' || model as name, features from core_objecttype order by id`,
    )
    assert.deepEqual(types[0], { id: 31, name: 'dcim.site', features: ['tags', 'journaling'] })
    assert.ok(!types.some(({ name }) => name === 'admin.logentry'))
    for (const name of registry.models.keys())
      assert.ok(
        types.some(type => type.name === name),
        name,
      )
  })

  test('reads a running database in one snapshot', async () => {
    const db = await testDatabase()
    await db.pool.query('create schema netbox')
    for (const [table, rows] of Object.entries(small)) {
      const columns = Object.keys(rows[0] ?? { id: 0 })
      await db.pool.query(`create table netbox.${table} (${columns.map(column => `${column} text`).join(', ')})`)
      for (const row of rows)
        await db.pool.query(
          `insert into netbox.${table} values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
          columns.map(column => row[column]),
        )
    }
    const [{ name }] = await rowsOf(db, 'select current_database() as name')
    const address = new URL(process.env['DEMARC_TEST_POSTGRES']!)
    address.pathname = `/${name}`
    address.searchParams.set('options', '-c search_path=netbox')
    const report = await take(db, address.href)
    assert.equal(await countOf(db, 'public.dcim_site'), 1)
    assert.equal(await countOf(db, 'public.extras_taggeditem'), 2)
    assert.ok(report.notTaken.some(({ table, rows }) => table === 'plugin_thing' && rows === 2))
  })

  test('of a dump that is cut off leaves nothing behind', async () => {
    const db = await testDatabase()
    const whole = dumpOf(small)
    const half = temporaryFile(whole.slice(0, whole.indexOf('COPY public.plugin_thing')))
    assert.equal((await problemOf(take(db, half))).code, 'dump-truncated')
    const gz = gzipSync(whole)
    assert.equal((await problemOf(take(db, temporaryFile(gz.subarray(0, gz.length - 20))))).code, 'dump-truncated')

    // Even one that is cut off only when it is read the second time.
    const file = temporaryFile(whole)
    const opened = await openSource(file)
    const found = await survey(opened, registry)
    writeFileSync(file, readFileSync(half))
    const work = importNetbox({ db, registry, survey: found, mediaRoot: temporaryFolder() })
    assert.equal((await problemOf(work)).code, 'dump-truncated')
    assert.equal(await countOf(db, 'dcim_site'), 0)
    assert.equal(await countOf(db, 'core_objecttype'), 0)
  })

  test('does not touch a database that holds more than it came with, unless told to replace it', async () => {
    const db = await testDatabase()
    await addProfiles(db)
    await takeTables(db, small)
    const other = { ...small, dcim_site: [{ ...site, id: 8, name: 'Hamburg', slug: 'hamburg' }] }
    const { code, message } = await problemOf(takeTables(db, other))
    assert.equal(code, 'not-empty')
    assert.match(message, /--replace/)
    assert.deepEqual(await rowsOf(db, 'select name from dcim_site'), [{ name: 'Berlin' }])
    await takeTables(db, other, { replace: true })
    assert.deepEqual(await rowsOf(db, 'select name from dcim_site'), [{ name: 'Hamburg' }])
  })

  test('takes nothing where a row points to one that is missing, and keeps what was there', async () => {
    const db = await testDatabase()
    await takeTables(db, small)
    const broken = { ...small, dcim_site: [{ ...site, id: 8, region_id: 99 }] }
    const { code, message } = await problemOf(takeTables(db, broken, { replace: true }))
    assert.equal(code, 'dangling')
    assert.match(message, /dcim_site breaks dcim_site_region_id_fk: Key \(region_id\)=\(99\)/)
    assert.deepEqual(await rowsOf(db, 'select id from dcim_site'), [{ id: 7 }])
  })

  test('names the table of a row that cannot be stored', async () => {
    const db = await testDatabase()
    const twice = { ...small, dcim_site: [site, { ...site, id: 8 }] }
    assert.match(
      (await problemOf(takeTables(db, twice))).message,
      /dcim_site breaks dcim_site_name_key: Key \(name\)=\(Berlin\)/,
    )
    const unnamed = { ...small, dcim_site: [{ ...site, name: null }] }
    assert.match((await problemOf(takeTables(db, unnamed))).message, /a row of dcim_site without name/)
    const long = { ...small, dcim_site: [{ ...site, name: 'x'.repeat(101) }] }
    assert.equal((await problemOf(takeTables(db, long))).code, 'unfit')
    const circle = { ...small, dcim_site: [], dcim_region: [{ ...region, parent_id: 3 }] }
    assert.match((await problemOf(takeTables(db, circle))).message, /dcim_region: the parents of row 3/)
    assert.equal(await countOf(db, 'users_user'), 0)
  })

  test('puts a value where NetBox has none and there must be one', async () => {
    const db = await testDatabase()
    await takeTables(db, { ...small, dcim_site: [{ ...site, description: null, custom_field_data: null }] })
    assert.deepEqual(await rowsOf(db, 'select description, custom_fields from dcim_site'), [
      { description: '', custom_fields: {} },
    ])
  })

  test('works out places in a tree that are wrong', async () => {
    const db = await testDatabase()
    const child = {
      ...region,
      id: 12,
      name: 'Germany',
      slug: 'germany',
      parent_id: 3,
      path: '12',
      sort_path: 'Germany',
    }
    await takeTables(db, { ...small, dcim_region: [child, region] })
    assert.deepEqual(await rowsOf(db, 'select path::text, sort_path from dcim_region order by id'), [
      { path: '0000000000000000003', sort_path: 'Europe' },
      { path: '0000000000000000003.0000000000000000012', sort_path: 'Europe\tGermany' },
    ])
  })

  test('tells of columns it does not know, of data that was not dumped and of peppers', async () => {
    const db = await testDatabase()
    const token = {
      id: 1,
      user_id: 5,
      created: stamp,
      version: 2,
      key: 'abcdefghijkl',
      pepper_id: 3,
      hmac_digest: 'ff',
    }
    const { notes } = await takeTables(db, {
      ...small,
      dcim_site: [{ ...site, plugin_rating: 5 }],
      users_token: [token],
    })
    assert.ok(notes.includes('The column plugin_rating of dcim_site was not taken: no model of Demarc has it.'))
    assert.ok(notes.includes('The source holds no data of core_objectchange: it was left out when it was dumped.'))
    assert.ok(notes.some(note => note.startsWith('1 API token of version 2 need the pepper 3')))
  })

  test('copies uploaded files and tells which are missing', async () => {
    const db = await testDatabase()
    const [media, mediaRoot] = [temporaryFolder(), join(temporaryFolder(), 'deep', 'media')]
    mkdirSync(join(media, 'image-attachments'))
    writeFileSync(join(media, 'image-attachments', 'site_7_front.png'), 'a picture')
    const image = (id: number, name: string) => ({
      id,
      object_type_id: numbers['dcim.site']!,
      object_id: 7,
      image: `image-attachments/${name}`,
      image_height: 1,
      image_width: 1,
      name: '',
    })
    const images = [image(1, 'site_7_front.png'), image(2, 'lost.png'), image(3, '../../../etc/passwd')]
    const report = await takeTables(db, { ...small, extras_imageattachment: images }, { media, mediaRoot })
    assert.deepEqual(report.media, {
      copied: 1,
      named: 3,
      missing: ['image-attachments/../../../etc/passwd', 'image-attachments/lost.png'],
    })
    assert.equal(readFileSync(join(mediaRoot, 'image-attachments', 'site_7_front.png'), 'utf8'), 'a picture')
    const nowhere = takeTables(db, small, { replace: true, media: join(media, 'nowhere') })
    assert.equal((await problemOf(nowhere)).code, 'media')
  })
})

describe('a source of an earlier version', () => {
  const device = { id: 1, name: 'a', device_type_id: 1, role_id: 1, site_id: 7, status: 'active', interface_count: 9 }
  const kinds: Tables = {
    dcim_region: [{ id: 3, name: 'Europe', slug: 'europe', parent_id: null, lft: 1, rght: 2, tree_id: 1, level: 0 }],
    dcim_site: [site],
    dcim_manufacturer: [{ id: 1, name: 'Acme', slug: 'acme' }],
    dcim_devicetype: [{ id: 1, manufacturer_id: 1, model: 'One', slug: 'one', u_height: '1.0' }],
    dcim_devicerole: [{ id: 1, name: 'Leaf', slug: 'leaf', color: '000000', parent_id: null, level: 0 }],
    dcim_device: [device],
  }

  test('has its trees, services, jobs and counts converted', async () => {
    const db = await testDatabase()
    const service = { parent_object_type_id: numbers['dcim.device']!, parent_object_id: 1, protocol: 'tcp' }
    const { version, notes } = await takeTables(
      db,
      netboxTables('4.6', {
        ...kinds,
        dcim_region: [
          { id: 3, name: 'Europe\tand Asia', slug: 'europe', parent_id: null, lft: 1, rght: 4, tree_id: 1, level: 0 },
          { id: 4, name: 'Germany', slug: 'germany', parent_id: 3, lft: 2, rght: 3, tree_id: 1, level: 1 },
        ],
        dcim_interface: [
          { id: 1, device_id: 1, name: 'eth0', _name: 'eth0', type: 'other', cable_end: '', _site_id: null },
        ],
        ipam_service: [
          { ...service, id: 1, name: 'web', ports: '{443,80,443}' },
          { ...service, id: 2, name: 'none', ports: '{}' },
        ],
        core_job: [
          {
            id: 1,
            name: 'j',
            job_id: '3b241101-e2bb-4255-8caf-4136c566a962',
            status: 'completed',
            started: '2026-01-01 00:00:00+00',
            completed: '2026-01-01 00:01:30+00',
            created: stamp,
          },
        ],
        ipam_prefix: [{ id: 1, prefix: '10.0.0.0/8', status: 'active', _site_id: 7, _region_id: null }],
        extras_webhook: [{ id: 1, name: 'old', payload_url: 'http://x', body_template: '{{ username }}' }],
      }),
    )
    assert.equal(version, '4.6')
    assert.deepEqual(await rowsOf(db, 'select path::text, sort_path from dcim_region order by id'), [
      { path: '0000000000000000003', sort_path: 'Europe and Asia' },
      { path: '0000000000000000003.0000000000000000004', sort_path: 'Europe and Asia\tGermany' },
    ])
    assert.deepEqual(await rowsOf(db, 'select port_mappings from ipam_service order by id'), [
      { port_mappings: ['tcp/443', 'tcp/80'] },
      { port_mappings: [] },
    ])
    assert.deepEqual(await rowsOf(db, 'select execution_time::text from core_job'), [{ execution_time: '00:01:30' }])
    assert.deepEqual(await rowsOf(db, 'select interface_count, cooling_intake_count from dcim_device'), [
      { interface_count: 1, cooling_intake_count: 0 },
    ])
    assert.deepEqual(await rowsOf(db, 'select device_count from dcim_devicetype'), [{ device_count: 1 }])
    assert.deepEqual(await rowsOf(db, 'select cable_end, _site_id from dcim_interface'), [
      { cable_end: null, _site_id: 7 },
    ])
    assert.deepEqual(await rowsOf(db, 'select _region_id from ipam_prefix'), [{ _region_id: 3 }])
    assert.ok(
      notes.some(note => note.startsWith('Look at old: webhooks')),
      notes.join('\n'),
    )
    assert.ok(notes.some(note => note.startsWith('dcim_region: a tabulator')))
    assert.ok(!notes.some(note => note.includes('column')), notes.join('\n'))
  })

  test('has bays of modules hung below the bay of the module', async () => {
    const db = await testDatabase()
    const bay = { device_id: 1, name: 'bay', parent_id: null, lft: 1, rght: 2, tree_id: 1, level: 0 }
    await takeTables(
      db,
      netboxTables('4.6', {
        ...kinds,
        dcim_moduletype: [{ id: 1, manufacturer_id: 1, model: 'Card' }],
        dcim_module: [
          { id: 1, device_id: 1, module_bay_id: 1, module_type_id: 1, status: 'active', local_context_data: null },
        ],
        dcim_modulebay: [
          { ...bay, id: 1, module_id: null },
          { ...bay, id: 2, module_id: 1 },
        ],
        dcim_interfacetemplate: [{ id: 1, name: 'eth0', _name: 'eth0', module_type_id: 1, type: 'other' }],
      }),
    )
    assert.deepEqual(await rowsOf(db, 'select parent_id, path::text from dcim_modulebay order by id'), [
      { parent_id: null, path: '0000000000000000001' },
      { parent_id: 1, path: '0000000000000000001.0000000000000000002' },
    ])
    assert.deepEqual(await rowsOf(db, 'select module_count, interface_template_count from dcim_moduletype'), [
      { module_count: 1, interface_template_count: 1 },
    ])
  })

  test('may be 4.5, whose VLAN groups are counted anew', async () => {
    const db = await testDatabase()
    const groups = [{ id: 1, name: 'g', slug: 'g', vid_ranges: '{"[1,11)","[100,201)"}', _total_vlan_ids: 1 }]
    const { version } = await takeTables(db, netboxTables('4.5', { ipam_vlangroup: groups }))
    assert.equal(version, '4.5')
    assert.deepEqual(await rowsOf(db, 'select total_vlan_ids from ipam_vlangroup'), [{ total_vlan_ids: 111 }])
  })

  test('is refused by name where it is older', async () => {
    const { code, message } = await problemOf(takeTables(await testDatabase(), netboxTables('4.4', kinds)))
    assert.equal(code, 'netbox-older')
    assert.match(message, /^The source is a NetBox 4\.4;/)
  })
})

describe('a source that is newer', () => {
  const newer = (tables: Tables) => {
    const known = netboxTables('4.7', tables)
    return {
      ...known,
      django_migrations: [...known['django_migrations']!, { id: 99, app: 'dcim', name: '0300_new', applied: stamp }],
    }
  }

  test('is taken where its columns are the same', async () => {
    const { notes } = await takeTables(await testDatabase(), newer({}))
    assert.ok(
      notes.some(note => note.includes('dcim.0300_new')),
      notes.join('\n'),
    )
  })

  test('is refused where they are not', async () => {
    const { code, message } = await problemOf(takeTables(await testDatabase(), newer({ dcim_site: [site] })))
    assert.equal(code, 'netbox-newer')
    assert.match(message, /dcim\.0300_new, and dcim_site has other columns/)
  })
})

describe('what is no source', () => {
  const cases: [string, () => string, string, RegExp][] = [
    ['a file that is not there', () => '/nowhere/netbox.sql', 'source-missing', /^There is no file/],
    ['a file of something else', () => temporaryFile('hello'), 'dump-not-a-dump', /not a dump/],
    [
      'a dump of something else',
      () => temporaryFile(dumpOf({ other: [{ id: 1 }] })),
      'not-netbox',
      /django_migrations is missing/,
    ],
    [
      'a dump of another schema',
      () => temporaryFile(dumpOf(small).replaceAll('public.', 'nb.')),
      'not-netbox',
      /in the schema nb;/,
    ],
    ['an address of another kind', () => 'mysql://root:secret@host/netbox', 'source-address', /^(?!.*secret)/],
    [
      'an address where nothing listens',
      () => 'postgres://u:secret@localhost:1/netbox',
      'source-unreachable',
      /nothing listens/,
    ],
    [
      'an address without such a database',
      () => addressOf('nowhere'),
      'source-unreachable',
      /it has no database nowhere/,
    ],
  ]
  const addressOf = (name: string) => {
    const address = new URL(process.env['DEMARC_TEST_POSTGRES']!)
    address.pathname = `/${name}`
    return address.href
  }
  for (const [name, source, code, message] of cases) {
    test(`${name} is said in one line`, async () => {
      const work = openSource(source()).then(opened => survey(opened, registry))
      const problem = await problemOf(work)
      assert.equal(problem.code, code)
      assert.match(problem.message, message)
    })
  }

  test('a custom-format dump needs pg_restore', async () => {
    const file = temporaryFile('PGDMP\u0001\u000e')
    const { PATH } = process.env
    process.env['PATH'] = '/nowhere'
    try {
      const { code, message } = await problemOf(openSource(file).then(opened => survey(opened, registry)))
      assert.equal(code, 'no-pg-restore')
      assert.match(message, /pg_dump --no-owner/)
    } finally {
      process.env['PATH'] = PATH
    }
  })
})
