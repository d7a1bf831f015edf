import { action, Answer, type Action, type Model, type ReadCall } from '@demarc/engine/model'
import {
  appNamespaces,
  explain,
  fileOfSource,
  renderTemplate,
  TemplateData,
  TemplateError,
} from '@demarc/engine/template'
import { sql } from 'kysely'
import { ConfigTemplate } from '../configtemplate.ts'

type Row = Readonly<Record<string, any>>
type Context = Readonly<Record<string, unknown>>

/** What the client sent, by name. */
async function sent(call: ReadCall): Promise<Context> {
  const body = await call.body()
  if (body instanceof FormData) return Object.fromEntries(body.entries())
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Context) : {}
}

/** The rows that a template may read. */
const dataFor = ({ db, registry, settings, origin, write }: ReadCall): TemplateData =>
  new TemplateData({
    db,
    registry,
    settings,
    origin,
    permissions: write.permissions,
    user: write.author.user?.id ?? 0,
  })

const plain = (text: string) => new Blob([text], { type: 'text/plain; charset=utf-8' })

/** What becomes of a config template, or why nothing does. */
async function rendering(call: ReadCall, template: Row, data: TemplateData, context: Context) {
  const source = {
    code: template['template_code'] as string,
    parameters: template['environment_params'] as Context | null,
    name: (template['data_path'] as string) || null,
    debug: template['debug'] as boolean,
    ...(template['data_source_id'] !== null && {
      load: (path: string) => fileOfSource(call.db, template['data_source_id'] as number, path),
    }),
  }
  try {
    return { content: await renderTemplate(source, { ...appNamespaces(data), ...context }, call.settings) }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return { error, detail: explain(error, source) }
  }
}

/** Renders a config template and answers as the client wants it. */
async function answer(call: ReadCall, template: Row, data: TemplateData, context: Context): Promise<unknown> {
  const { content, detail } = await rendering(call, template, data, context)
  if (content === undefined) return new Answer(500, call.wantsText ? plain(detail) : { detail })
  return call.wantsText ? plain(content) : { configtemplate: await briefOf(call, template), content }
}

const briefOf = async (call: ReadCall, template: Row) =>
  (await call.brief([['extras.configtemplate', template['id'] as number]]))[0]

/** `POST /api/extras/config-templates/{id}/render/`: the body is the context. */
export const renderAction: Action = action(ConfigTemplate, 'POST render', {
  about: 'Render the template with the context that is sent.',
  permission: 'render',
  byToken: true,
  text: true,
  run: async call => answer(call, call.row, dataFor(call), await sent(call)),
})

/** A config template by id; null if there is none. */
async function templateOf(call: ReadCall, id: unknown): Promise<Row | null> {
  const number = typeof id === 'number' || (typeof id === 'string' && /^\d{1,15}$/.test(id)) ? Number(id) : NaN
  if (!Number.isSafeInteger(number)) return null
  const [row] = await call.db.rows(sql`select * from extras_configtemplate where id = ${number}`)
  return row ?? null
}

/** The template of an object itself, of its role or of its platform. */
async function templateFor(call: ReadCall): Promise<Row | null> {
  const { config_template_id: own, role_id: role, platform_id: platform } = call.row
  const [found] = await call.db.rows<{ id: number | null }>(sql`select coalesce(${own}::bigint,
    (select config_template_id from dcim_devicerole where id = ${role}::bigint),
    (select config_template_id from dcim_platform where id = ${platform}::bigint)) as id`)
  return templateOf(call, found!.id)
}

/** `POST …/render-config/`: the configuration of a device or virtual machine. */
export const renderConfigAction = (model: Model<string, any>, variable: 'device' | 'virtualmachine'): Action =>
  action(model, 'POST render-config', {
    about: 'Render the configuration from the template of the object, of its role or of its platform.',
    permission: 'render_config',
    byToken: true,
    text: true,
    run: async call => {
      const body = await sent(call)
      const chosen = body['config_template_id']
      const overridden = chosen !== undefined && chosen !== null && chosen !== ''
      const template = overridden ? await viewable(call, chosen) : await templateFor(call)
      if (!template) {
        const fault = overridden
          ? `Config template with ID ${String(chosen)} not found.`
          : `No config template found for this ${variable}.`
        return new Answer(400, { error: fault })
      }
      const data = dataFor(call)
      return answer(call, template, data, await contextFor(call, data, variable, body))
    },
  })

/** What the configuration of an object is rendered with; what the client sent lies over its config context. */
async function contextFor(call: ReadCall, data: TemplateData, variable: string, body: Context): Promise<Context> {
  const object = await data.given(call.model, call.row)
  return { ...((await object.attribute('config_context')) as Context), ...body, [variable]: object }
}

/** `GET …/rendered-config/`: the configuration as a page shows it, with what went wrong and in which line of the template. */
export const renderedConfigAction = (model: Model<string, any>, variable: 'device' | 'virtualmachine'): Action =>
  action(model, 'GET rendered-config', {
    about: 'The rendered configuration, the template it comes from, and what went wrong in which line of that.',
    permission: 'render_config',
    text: true,
    page: 'render-config',
    run: async call => {
      const id = call.row['id'] as number
      if (!(await call.visible(model.name, [id])).has(id)) return new Answer(404, { detail: 'Not found.' })
      const template = await templateFor(call)
      if (!template && call.wantsText) return new Answer(400, plain(`No config template found for this ${variable}.`))
      if (!template) return { configtemplate: null, content: null, error: null }
      const data = dataFor(call)
      const context = await contextFor(call, data, variable, {})
      if (call.wantsText) return answer(call, template, data, context)
      const { content = null, error, detail } = await rendering(call, template, data, context)
      const fault = error && { message: detail, line: error.line, template: error.template }
      return { configtemplate: await briefOf(call, template), content, error: fault ?? null }
    },
  })

/** A template that the client asks for, if they may view it. */
async function viewable(call: ReadCall, id: unknown): Promise<Row | null> {
  const row = await templateOf(call, id)
  return row && (await call.visible('extras.configtemplate', [row['id']])).has(row['id']) ? row : null
}
