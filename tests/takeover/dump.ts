import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

/** A value as COPY writes it; null is \N. */
type Value = string | number | boolean | null
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>

/** Where each app stands in a version of NetBox. */
const stands = {
  '4.7': 'circuits.60 core.26 dcim.251 extras.144 ipam.97 tenancy.27 users.16 virtualization.60 vpn.13 wireless.24',
  '4.6': 'circuits.59 core.24 dcim.241 extras.140 ipam.94 tenancy.24 users.16 virtualization.57 vpn.12 wireless.20',
  '4.5': 'circuits.56 core.21 dcim.225 extras.134 ipam.86 tenancy.22 users.15 virtualization.52 vpn.11 wireless.17',
  '4.4': 'circuits.52 core.18 dcim.215 extras.133 ipam.83 tenancy.19 users.12 virtualization.48 vpn.9 wireless.15',
}

/** Models that the tables of a test speak of, by the number NetBox gives them. */
export const numbers: Readonly<Record<string, number>> = {
  'dcim.site': 31,
  'dcim.region': 32,
  'dcim.device': 33,
  'ipam.prefix': 34,
  'plugin.thing': 90,
  'admin.logentry': 91,
}

/** The tables of a NetBox of the version given: those that explain it, and the ones given. */
export function netboxTables(version: keyof typeof stands, tables: Tables): Tables {
  const named = Object.entries(numbers).map(([name, id]) => {
    const [app_label, model] = name.split('.') as [string, string]
    return { id, app_label, model }
  })
  return {
    django_migrations: stands[version].split(' ').map((entry, index) => {
      const [app, number] = entry.split('.') as [string, string]
      return { id: index + 1, app, name: `${number.padStart(4, '0')}_something`, applied: '2026-01-01 00:00:00+00' }
    }),
    django_content_type: named,
    core_objecttype: named
      .filter(({ app_label }) => app_label !== 'admin')
      .map(({ id }) => ({ contenttype_ptr_id: id, public: true, features: '{tags,journaling}' })),
    ...tables,
  }
}

/** A plain dump of tables. */
export function dumpOf(tables: Tables, sequences: Readonly<Record<string, number>> = {}): string {
  const copies = Object.entries(tables).map(([table, rows]) => {
    const columns = Object.keys(rows[0] ?? { id: 0 })
    const lines = rows.map(row => `${columns.map(column => text(row[column] ?? null)).join('\t')}\n`)
    return `COPY public.${table} (${columns.join(', ')}) FROM stdin;\n${lines.join('')}\\.\n\n`
  })
  const values = Object.entries(sequences).map(
    ([name, value]) => `SELECT pg_catalog.setval('public.${name}', ${value}, true);\n`,
  )
  return [
    '--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 16.4\n-- Dumped by pg_dump version 16.4\n\n',
    ...copies,
    ...values,
    '\n--\n-- PostgreSQL database dump complete\n--\n\n',
  ].join('')
}

function text(value: Value): string {
  if (value === null) return '\\N'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')
}

/** A folder that is gone when the tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'demarc-takeover-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A file with the content given, gone when the tests are over. */
export function temporaryFile(content: string | Uint8Array, name = 'netbox.sql'): string {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, content)
  return file
}
