import { randomUUID } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { readContents, importContents, ImportRefused, type ImportFault } from '@demarc/engine/csv'
import type { Database } from '@demarc/engine/database'
import type { Registry } from '@demarc/engine/model'
import { Problem } from '@demarc/engine/problem'
import { everything } from '@demarc/engine/query'
import { createRows, type WriteCall } from '@demarc/engine/write'
import { sql } from 'kysely'
import { readTar } from './tar.ts'

/** Folders of the community's library, and the model of which their files describe one each. */
const folders = {
  'device-types': 'dcim.devicetype',
  'module-types': 'dcim.moduletype',
  'rack-types': 'dcim.racktype',
} as const

type Folder = keyof typeof folders

interface Description {
  readonly file: string
  readonly folder: Folder
  readonly document: Record<string, any>
}

/** What became of the files of one folder. */
interface FolderReport {
  readonly folder: string
  readonly files: number
  created: number
  /** Types that were there already, and are left as they are. */
  known: number
  components: number
}

export interface LibraryReport {
  readonly manufacturers: number
  readonly folders: readonly FolderReport[]
  /** Files that were refused, and why. */
  readonly refused: readonly { readonly file: string; readonly reasons: readonly string[] }[]
}

interface Options {
  readonly db: Database
  readonly registry: Registry
  readonly settings: Readonly<Record<string, unknown>>
  readonly onProgress?: (folder: string, done: number, total: number) => void
}

/** Types are created in batches: enough for few statements, few enough that one bad file costs little. */
const batchSize = 250

/** Create the types that a library describes and that are not there yet, with their makers and components. */
export async function importLibrary(
  source: string,
  { db, registry, settings, onProgress }: Options,
): Promise<LibraryReport> {
  const refused: { file: string; reasons: string[] }[] = []
  const descriptions = await readLibrary(source, (file, reason) => void refused.push({ file, reasons: [reason] }))
  if (descriptions.length === 0)
    throw new Problem('no-types', `${source} holds no device-types, module-types or rack-types with YAML files.`)
  const call: WriteCall = {
    db,
    registry,
    settings,
    author: { user: null, requestId: randomUUID() },
    permissions: { constrain: () => everything, granted: () => everything },
  }
  const manufacturers = await createManufacturers(call, descriptions)
  const reports: FolderReport[] = []
  for (const [folder, name] of Object.entries(folders) as [Folder, string][]) {
    const all = descriptions.filter(one => one.folder === folder)
    if (all.length === 0) continue
    const known = await knownTypes(db, registry.model(name).table)
    const fresh = all.filter(({ document }) => !known.has(keyOf(document['manufacturer'], document['model'])))
    const report: FolderReport = {
      folder,
      files: all.length,
      created: 0,
      known: all.length - fresh.length,
      components: 0,
    }
    reports.push(report)
    for (let at = 0; at < fresh.length; at += batchSize) {
      const batch = fresh.slice(at, at + batchSize)
      await importBatch(call, name, batch, report, refused)
      onProgress?.(folder, Math.min(at + batchSize, fresh.length), fresh.length)
    }
  }
  return { manufacturers, folders: reports, refused }
}

/** Create a batch of types; where files of it are refused, the others without them. */
async function importBatch(
  call: WriteCall,
  name: string,
  batch: readonly Description[],
  report: FolderReport,
  refused: { file: string; reasons: string[] }[],
): Promise<void> {
  let left = batch
  while (left.length) {
    try {
      const documents = left.map(one => one.document)
      const { created } = await importContents(call, call.registry.model(name), { kind: 'documents', documents })
      report.created += created
      report.components += documents.reduce((sum, document) => sum + componentsOf(document), 0)
      return
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error
      const faulty = Map.groupBy(error.errors, fault => fault.row)
      for (const [row, faults] of faulty) {
        const file = left[row - 1]?.file ?? report.folder
        refused.push({ file, reasons: faults.map(reasonOf) })
      }
      if (faulty.has(0)) return
      left = left.filter((_, at) => !faulty.has(at + 1))
    }
  }
}

const reasonOf = ({ field, message }: ImportFault) => (field ? `${field}: ${message}` : message)

const componentsOf = (document: Record<string, any>): number =>
  Object.entries(document).reduce(
    (sum, [key, value]) => sum + (Array.isArray(value) && key !== 'port-mappings' ? value.length : 0),
    0,
  )

const keyOf = (manufacturer: unknown, model: unknown) => JSON.stringify([manufacturer, String(model)])

async function knownTypes(db: Database, table: string): Promise<Set<string>> {
  const rows = await db.rows<{ manufacturer: string; model: string }>(
    sql`select manufacturer.name as manufacturer, type.model from ${sql.table(table)} as type join dcim_manufacturer as manufacturer on manufacturer.id = type.manufacturer_id`,
  )
  return new Set(rows.map(row => keyOf(row.manufacturer, row.model)))
}

/** Create the manufacturers that are named and not there yet; returns how many. */
async function createManufacturers(call: WriteCall, descriptions: readonly Description[]): Promise<number> {
  const names = new Set<string>()
  for (const { document } of descriptions) {
    names.add(String(document['manufacturer']))
    for (const item of (document['inventory-items'] as Record<string, any>[] | undefined) ?? [])
      if (item['manufacturer']) names.add(String(item['manufacturer']))
  }
  const rows = await call.db.rows<{ name: string; slug: string }>(sql`select name, slug from dcim_manufacturer`)
  const known = new Set(rows.map(row => row.name))
  const slugs = new Set(rows.map(row => row.slug))
  const fresh = [...names].filter(name => !known.has(name)).sort()
  const items = fresh.map(name => {
    const plain = slugOf(name)
    let slug = plain
    for (let n = 2; slugs.has(slug); n++) slug = `${plain}-${n}`
    slugs.add(slug)
    return { name, slug }
  })
  await createRows(call, call.registry.model('dcim.manufacturer'), items)
  return fresh.length
}

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\w\s.-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[\s.]+/g, '-')
    .slice(0, 100) || 'manufacturer'

/** Every file of a library that describes a type, from a folder or an archive. */
async function readLibrary(source: string, refuse: (file: string, reason: string) => void): Promise<Description[]> {
  const descriptions: Description[] = []
  const add = (file: string, text: string) => {
    const folder = folderOf(file)!
    try {
      const contents = readContents(text, 'yaml')
      if (contents.kind === 'documents')
        for (const document of contents.documents) descriptions.push({ file, folder, document: modern(document) })
    } catch (error) {
      refuse(file, (error as Error).message)
    }
  }
  const stats = statSync(source, { throwIfNoEntry: false })
  if (!stats) throw new Problem('no-source', `There is no ${source}.`)
  if (stats.isDirectory()) {
    for (const file of globSync('{device,module,rack}-types/*/*.{yaml,yml}', { cwd: source }).sort())
      add(file, readFileSync(path.join(source, file), 'utf8'))
  } else
    for await (const { path: file, bytes } of readTar(source, file => folderOf(file) !== undefined))
      add(file.replace(/^(\.\/)?[^/]+\/(?=\w+-types\/)/, ''), bytes.toString())
  return descriptions
}

const folderOf = (file: string): Folder | undefined =>
  /(?:^|\/)((?:device|module|rack)-types)\/[^/]+\/[^/]+\.ya?ml$/.exec(file)?.[1] as Folder | undefined

const lengths = ['outer_width', 'outer_height', 'outer_depth', 'mounting_depth', 'max_weight']

/**
 * A description as it is written today. Files that put the rear port on the front port say in a list of their own how
 * ports are mapped; lengths that the library allows fractions of are rounded to what is stored.
 */
function modern(document: Record<string, any>): Record<string, any> {
  if (lengths.some(key => document[key] !== undefined && !Number.isInteger(Number(document[key]))))
    return Object.fromEntries(
      Object.entries(document).map(([key, value]) => [key, lengths.includes(key) ? Math.round(Number(value)) : value]),
    )
  const fronts = document['front-ports'] as Record<string, any>[] | undefined
  if (!Array.isArray(fronts) || document['port-mappings']) return document
  const mappings = fronts.flatMap(front =>
    front['rear_port']
      ? [
          {
            front_port: front['name'],
            front_port_position: 1,
            rear_port: front['rear_port'],
            rear_port_position: front['rear_port_position'] ?? 1,
          },
        ]
      : [],
  )
  return mappings.length ? { ...document, 'port-mappings': mappings } : document
}
