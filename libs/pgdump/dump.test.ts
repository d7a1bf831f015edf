import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { DumpError, readDump, type DumpEvent, type Row } from './index.ts'

const HEAD = `--
-- PostgreSQL database dump
--

\\restrict abc

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 16.2

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

`
const TAIL = `
--
-- PostgreSQL database dump complete
--

\\unrestrict abc

`

describe('a dump', () => {
  test('is told in its order: header, tables, data, sequences', async () => {
    const events = await read(`
CREATE FUNCTION public.f() RETURNS text LANGUAGE plpgsql AS $fn$ BEGIN RETURN 'COPY t FROM stdin;'; END $fn$;
CREATE FUNCTION public.g(a integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN 2 END; END;
CREATE TABLE public.dcim_rack (
    id bigint NOT NULL,
    name character varying(100) COLLATE public.natural_sort DEFAULT 'a,);'::text NOT NULL,
    "Odd ""one,(" numeric(10,2),
    path public.ltree,
    exclude timestamp with time zone DEFAULT now(),
    CONSTRAINT positive CHECK ((id >= 0))
);
COMMENT ON TABLE public.dcim_rack IS E'not; the \\'end -- /* ';
/* a comment /* within */ ; */
COPY public.dcim_rack (id, name, "Odd ""one,(", path, exclude) FROM stdin;
1\tA\\\\1\\t\\n\\b\\f\\r\\v\t\\N\t\t\\\\N
2\t\\303\\251\\x41\\xe6\\xbc\\xa2\\q\té漢😀\t\\\\.\t
\\.


SELECT pg_catalog.setval('public."Rack_id''s"', 9223372036854775807, true);
SELECT pg_catalog.setval('public.other', 1, false);`)
    const columns = ['id', 'name', 'Odd "one,(', 'path', 'exclude']
    const types = ['bigint', 'character varying(100)', 'numeric(10,2)', 'ltree', 'timestamp with time zone']
    assert.deepEqual(events, [
      { kind: 'header', serverVersion: '15.18', dumpVersion: '16.2' },
      {
        kind: 'table',
        schema: 'public',
        name: 'dcim_rack',
        columns: columns.map((name, index) => ({ name, type: types[index] })),
      },
      { kind: 'copy', schema: 'public', table: 'dcim_rack', columns },
      {
        kind: 'rows',
        schema: 'public',
        table: 'dcim_rack',
        rows: [
          ['1', 'A\\1\t\n\b\f\r\v', null, '', '\\N'],
          ['2', 'éA漢q', 'é漢😀', '\\.', ''],
        ],
      },
      { kind: 'copyEnd', schema: 'public', table: 'dcim_rack', count: 2 },
      { kind: 'sequence', schema: 'public', name: "Rack_id's", lastValue: 9223372036854775807n, isCalled: true },
      { kind: 'sequence', schema: 'public', name: 'other', lastValue: 1n, isCalled: false },
    ])
  })

  test('may have INSERT statements', async () => {
    const events = await read(`
CREATE TABLE public.t (id integer, a text, b text, c text, d text);
INSERT INTO public.t VALUES (1, 'it''s (1, 2); --', NULL, true, -1.5e-7);
INSERT INTO public.t VALUES (2, E'a\\\\b\\'\\n\\x41\\101\\303\\251\\u6f22''', 'back\\slash', false, DEFAULT);

-- Data for Name: u
INSERT INTO other."U" ("A", b) OVERRIDING SYSTEM VALUE VALUES
\t('x
y', B'0101'),
\t(X'1f', '2'::integer) ON CONFLICT DO NOTHING;
INSERT INTO public.t DEFAULT VALUES;`)
    assert.deepEqual(
      events.filter(event => event.kind === 'copyEnd').map(event => [event.schema, event.table, event.count]),
      [
        ['public', 't', 2],
        ['other', 'U', 2],
        ['public', 't', 1],
      ],
    )
    assert.deepEqual(rowsOf(events), [
      ['1', "it's (1, 2); --", null, 't', '-1.5e-7'],
      ['2', "a\\b'\nAAé漢'", 'back\\slash', 'f', null],
      ['x\ny', '0101'],
      ['00011111', '2'],
      [null, null, null, null, null],
    ])
  })

  test('may be from Windows, name a search path, or have tables without columns', async () => {
    const body = `SET search_path = branch_1, pg_catalog;
CREATE TABLE t (a text);
COPY t (a) FROM stdin;
x
\\.
CREATE TABLE public.nothing (
);
COPY public.nothing  FROM stdin;


\\.
`
    const events = await collect(Buffer.from((HEAD + body + TAIL).replaceAll('\n', '\r\n')))
    assert.deepEqual(rowsOf(events), [['x'], [], []])
    assert.equal(events.find(event => event.kind === 'copy')?.schema, 'branch_1')
  })

  test('may be in another encoding', async () => {
    const text = `${HEAD.replace('UTF8', 'LATIN1')}COPY public.t (a) FROM stdin;\né\\351\n\\.\n${TAIL}`
    assert.deepEqual(rowsOf(await collect(Buffer.from(text, 'latin1'))), [['éé']])
    const windows = Buffer.from(text.replace('LATIN1', 'WIN1252').replace('é', '\x80'), 'latin1')
    assert.deepEqual(rowsOf(await collect(windows)), [['€é']])
  })

  test('gives rows a thousand at a time', async () => {
    const lines = Array.from({ length: 2500 }, (_, index) => `${index}\n`).join('')
    const events = await read(`COPY public.t (id) FROM stdin;\n${lines}\\.\n`)
    assert.deepEqual(
      events.filter(event => event.kind === 'rows').map(event => event.rows.length),
      [1000, 1000, 500],
    )
  })

  test('reads the same from a path or a stream, plain or compressed', async () => {
    const plain = Buffer.from(`${HEAD}COPY public.t (a) FROM stdin;\n${'é漢😀\n'.repeat(5000)}\\.\n${TAIL}`)
    const expected = await collect(plain)
    for (const bytes of [plain, gzipSync(plain), zstdCompressSync(plain)]) {
      assert.deepEqual(await collect(bytes, 1000), expected)
      await inFile(bytes, async path => assert.deepEqual(await Array.fromAsync(readDump(path)), expected))
    }
  })

  test('can be left before its end', async () => {
    const plain = Buffer.from(`${HEAD}COPY public.t (a) FROM stdin;\n${'x\n'.repeat(1e6)}\\.\n${TAIL}`)
    for (const bytes of [plain, gzipSync(plain, { level: 0 })]) {
      for (const kind of ['header', 'rows']) {
        const stream = streamOf(bytes, 10_000)
        for await (const event of readDump(stream)) if (event.kind === kind) break
        assert.equal(stream.readableEnded, false)
        assert.equal(stream.destroyed, true)
      }
    }
    const stream = streamOf(Buffer.alloc(1e6), 10_000)
    await assert.rejects(Array.fromAsync(readDump(stream)), hasCode('not-a-dump'))
    assert.equal(stream.destroyed, true)
  })

  const value = fc.option(fc.string({ unit: fc.oneof(fc.constantFrom(...'\\\t\n\r\b\f\vN.x0\'"é漢😀'), fc.string()) }))
  const rows = fc.array(fc.tuple(value, value), { maxLength: 8 })

  test('gives back whatever COPY wrote, cut into chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 50 }), async (written, size) => {
        const lines = written.map(row => row.map(copyText).join('\t') + '\n').join('')
        const text = `${HEAD}COPY public.t (a, b) FROM stdin;\n${lines}\\.\n${TAIL}`
        assert.deepEqual(rowsOf(await collect(Buffer.from(text), size)), written)
      }),
    )
  })

  test('gives back whatever INSERT wrote, cut into chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 50 }), fc.func(fc.boolean()), async (written, size, escaped) => {
        const quote = (item: string | null) =>
          item === null
            ? 'NULL'
            : escaped(item)
              ? `E'${item.replace(/[\\']/g, '\\$&')}'`
              : `'${item.replaceAll("'", "''")}'`
        const statements = written.map(row => `INSERT INTO public.t (a, b) VALUES (${row.map(quote).join(', ')});\n`)
        assert.deepEqual(rowsOf(await collect(Buffer.from(HEAD + statements.join('') + TAIL), size)), written)
      }),
    )
  })
})

describe('what is no complete plain dump is refused', () => {
  const cases: [code: string, bytes: Buffer | string][] = [
    ['custom-format', 'PGDMP\x01\x0e\x00'],
    ['custom-format', gzipSync('PGDMP\x01\x0e\x00')],
    ['tar-format', Buffer.concat([Buffer.from('toc.dat'.padEnd(257, '\0')), Buffer.from('ustar')])],
    ['not-a-dump', ''],
    ['not-a-dump', '-- MySQL dump 10.13\n'],
    ['not-a-dump', gzipSync('{}')],
    ['cluster-dump', '--\n-- PostgreSQL database cluster dump\n--\n'],
    ['encoding', Buffer.from('\ufeff' + HEAD + TAIL, 'utf16le')],
    ['encoding', HEAD.replace('UTF8', 'MULE_INTERNAL') + TAIL],
    ['encoding', Buffer.from(`${HEAD}COPY t (a) FROM stdin;\n\xe9\n\\.\n${TAIL}`, 'latin1')],
    ['compression', 'BZh91AY&SY'],
    ['truncated', HEAD],
    ['truncated', `${HEAD}COPY t (a, b) FROM stdin;\n1\t2\n`],
    ['truncated', `${HEAD}COPY t (a, b) FROM stdin;\n1\t2\n3`],
    ['truncated', `${HEAD}COMMENT ON TABLE t IS '${'x\n'.repeat(9000)}';\nCOPY t (a, b) FROM stdin;\n1`],
    ['truncated', `${HEAD}COPY t (a) FROM stdin;\n${TAIL}`],
    ['truncated', `${HEAD}COPY t (a) FROM stdin;\n\\.\nSELECT 'abc`],
    ['truncated', `${HEAD}INSERT INTO t (a) VALUES ('-- PostgreSQL database dump complete\n');\n`],
    ['truncated', gzipSync(HEAD + TAIL).subarray(0, -20)],
    ['truncated', gzipSync(HEAD + TAIL).subarray(0, 5)],
    ['damaged', Buffer.concat([gzipSync(HEAD + TAIL).subarray(0, 40), Buffer.alloc(100, 0xff)])],
    ['malformed', `${HEAD}COPY t (a, b) FROM stdin;\n1\n\\.\n${TAIL}`],
    ['malformed', `${HEAD}COPY t (a) FROM stdin WITH CSV;\n1\n\\.\n${TAIL}`],
    ['malformed', `${HEAD}INSERT INTO t (a) VALUES (1, 2);\n${TAIL}`],
    ['malformed', `${HEAD}INSERT INTO t (a) SELECT 1;\n${TAIL}`],
    ['malformed', `${HEAD}INSERT INTO t VALUES (1);\n${TAIL}`],
  ]
  for (const [index, [code, content]] of cases.entries()) {
    test(`${code} (${index + 1})`, async () => {
      await assert.rejects(collect(Buffer.from(content)), hasCode(code))
    })
  }

  test('a dump cut anywhere is truncated', async () => {
    const whole = Buffer.from(
      `${HEAD}CREATE TABLE public.t (a text, b text);\nCOPY public.t (a, b) FROM stdin;\né\\n\t漢\n2\t\\N\n\\.\nSELECT 1;\n${TAIL}`,
    )
    const complete = whole.indexOf('dump complete') + 'dump complete'.length
    for (let length = HEAD.length; length < complete; length++) {
      await assert.rejects(collect(whole.subarray(0, length)), hasCode('truncated'), `cut at ${length}`)
    }
    const zipped = gzipSync(whole)
    for (let length = 12; length < zipped.length; length += 7) {
      await assert.rejects(collect(zipped.subarray(0, length)), hasCode('truncated'), `gzip cut at ${length}`)
    }
  })

  test('unreadable files and directories', async () => {
    await assert.rejects(Array.fromAsync(readDump(join(tmpdir(), 'no', 'such', 'file'))), hasCode('unreadable'))
    await assert.rejects(Array.fromAsync(readDump(tmpdir())), hasCode('directory-format'))
  })
})

const hasCode = (code: string) => (error: unknown) => {
  assert.ok(error instanceof DumpError, String(error))
  assert.equal(error.code, code)
  return true
}

const read = (body: string): Promise<DumpEvent[]> => collect(Buffer.from(HEAD + body + TAIL))

const collect = (bytes: Buffer, size = bytes.length || 1): Promise<DumpEvent[]> =>
  Array.fromAsync(readDump(streamOf(bytes, size)))

function streamOf(bytes: Buffer, size: number): Readable {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
  return Readable.from(chunks)
}

const rowsOf = (events: DumpEvent[]): Row[] => events.flatMap(event => (event.kind === 'rows' ? event.rows : []))

const ESCAPES: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}

const copyText = (value: string | null): string =>
  value === null ? '\\N' : value.replace(/[\\\t\n\r\b\f\v]/g, character => ESCAPES[character]!)

async function inFile(bytes: Buffer, use: (path: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pgdump-'))
  try {
    writeFileSync(join(folder, 'dump'), bytes)
    await use(join(folder, 'dump'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
