import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { pluralOf, type Model, type Order, type Registry } from '../model/index.ts'
import type { Permissions } from '../permission/index.ts'
import { pageStatement, type Condition } from '../query/index.ts'
import { TemplateData } from './data.ts'
import { renderTemplate } from './environment.ts'
import { appNamespaces } from './namespaces.ts'

/** Who exports, and where. */
export interface Exporter {
  readonly db: Database
  readonly registry: Registry
  readonly permissions: Permissions
  readonly config: object
  readonly origin: string
  readonly caller: { readonly user: { readonly id: number } | null }
}

/** A list as a file. */
export interface ExportedList {
  readonly type: string
  readonly text: string
  /** The name under which it is to be kept; null: it is to be shown. */
  readonly name: string | null
}

/** The text of another file of a template's data source; null if there is none. */
export async function fileOfSource(db: Database, source: number, path: string): Promise<string | null> {
  const [file] = await db.rows<{ data: Uint8Array }>(
    sql`select data from core_datafile where source_id = ${source} and path = ${path}`,
  )
  return file ? new TextDecoder().decode(file.data) : null
}

/** Renders rows by the export template of a name. Null if the caller may view none of that name for the model. */
export async function exportByTemplate(
  { db, registry, permissions, config, origin, caller }: Exporter,
  model: Model,
  name: string,
  where: Condition,
  order: readonly Order[],
): Promise<ExportedList | null> {
  const viewable = permissions.constrain('view', registry.model('extras.exporttemplate'))
  if (!name || !viewable) return null
  const applies: Condition = { sql: row => sql<boolean>`${model.name}::text = any(${row['object_types']})` }
  const named: Condition = { path: 'name', lookup: 'exact', value: name }
  const query = {
    model: 'extras.exporttemplate',
    where: { and: [named, applies, viewable] },
    order: ['id'],
    page: { limit: 1, offset: 0 },
  }
  const [template] = await db.rows<Record<string, any>>(pageStatement(registry, query, ['*']))
  if (!template) return null
  const settings = config as Readonly<Record<string, unknown>>
  const data = new TemplateData({ db, registry, permissions, settings, origin, user: caller.user?.id ?? 0 })
  const source = {
    code: template['template_code'],
    parameters: template['environment_params'],
    name: template['data_path'] || null,
    ...(template['data_source_id'] !== null && {
      load: (path: string) => fileOfSource(db, template['data_source_id'], path),
    }),
  }
  const context = { ...appNamespaces(data), queryset: data.select(model, where, order) }
  const text = await renderTemplate(source, context, settings)
  const stem = template['file_name'] || `netbox_${pluralOf(model).toLowerCase().replaceAll(' ', '_')}`
  const extension = template['file_extension'] ? `.${template['file_extension']}` : ''
  return {
    text,
    type: template['mime_type'] || 'text/plain; charset=utf-8',
    name: template['as_attachment'] ? `${stem}${extension}` : null,
  }
}
