import { createHmac } from 'node:crypto'
import type { Database } from '../database/index.ts'
import { inTransaction } from '../database/index.ts'
import { defineJob, enqueue, JobFailed, type Work } from '../job/index.ts'
import { permissionsOf } from '../permission/index.ts'
import { appNamespaces, explain, renderTemplate, TemplateData, TemplateError } from '../template/index.ts'
import { callOut, type Answer } from './callout.ts'

/** The request by which an event came about, as templates and receivers know it. */
export interface WebhookRequest {
  readonly id: string
  readonly path: string
  readonly path_info: string
  readonly method: string
  readonly GET: Readonly<Record<string, string>>
  readonly user: string
}

/** What a webhook is to tell its receiver. */
export interface WebhookInput {
  readonly webhook: number
  /** Which try this is, from 1. */
  readonly attempt: number
  readonly context: Readonly<Record<string, unknown>>
}

interface WebhookRow {
  readonly name: string
  readonly payload_url: string
  readonly http_method: string
  readonly http_content_type: string
  readonly additional_headers: string
  readonly body_template: string
  readonly secret: string
  readonly ssl_verification: boolean
  readonly ca_file_path: string | null
  readonly timeout: number | null
}

/** What of an answer is kept for whoever looks into a failure. */
const kept = 2000

/** Sends the HTTP request of a webhook for one event; tries again later as often as RQ_RETRY_MAX says. */
export const sendWebhook = defineJob<WebhookInput>('send webhook', {
  run: async work => {
    const { db, input } = work
    const webhook = await webhookOf(db, input.webhook)
    if (!webhook) throw new JobFailed('The webhook is gone.')
    const call = await rendered(work, webhook)
    const began = performance.now()
    const sent = { method: webhook.http_method, url: call.url }
    const answer = await callOut(call).catch((error: Error): Error => error)
    const seconds = Number(((performance.now() - began) / 1000).toFixed(3))
    work.signal.throwIfAborted()
    if (answer instanceof Error)
      return again(work, `${webhook.name} was not sent: ${answer.message}`, { ...sent, seconds })
    const data = { ...sent, status: answer.status, seconds }
    if (answer.status >= 200 && answer.status < 300) {
      await work.log('info', `${sent.method} ${sent.url} was answered ${answer.status}.`)
      return data
    }
    return again(work, `The receiver answered ${answer.status}.`, { ...data, answer: textOf(answer) })
  },
})

const textOf = ({ body }: Answer) => (body.length > kept ? `${body.slice(0, kept)}…` : body)

async function webhookOf(db: Database, id: number): Promise<WebhookRow | undefined> {
  const [row] = await db.query<WebhookRow>(
    `select name, payload_url, http_method, http_content_type, additional_headers, body_template, secret, ssl_verification,
       ca_file_path, timeout from extras_webhook where id = $1`,
    [id],
  )
  return row
}

/** End this try as failed, with another one to follow where there are any left. */
async function again(
  { db, queue, settings, job, input, log }: Work<WebhookInput>,
  why: string,
  data: object,
): Promise<never> {
  const [most, seconds] = [Number(settings['RQ_RETRY_MAX'] ?? 0), Number(settings['RQ_RETRY_INTERVAL'] ?? 60)]
  if (input.attempt <= most) {
    const due = new Date(Date.now() + seconds * 1000)
    await inTransaction(db, tx =>
      enqueue(tx, queue, {
        kind: sendWebhook,
        name: job.name,
        object: job.object,
        user: job.user?.id ?? null,
        notifications: 'never',
        input: { ...input, attempt: input.attempt + 1 },
        due,
      }),
    )
    await log('warning', `It will be tried again at ${due.toISOString()} (${input.attempt} of ${most}).`)
  }
  throw new JobFailed(why, data)
}

/** The request of a webhook, with its templates filled in. */
async function rendered(work: Work<WebhookInput>, webhook: WebhookRow) {
  const { settings, input, signal } = work
  const context = await contextFor(work)
  const fill = async (code: string, what: string, filters = {}) => {
    const source = { code, parameters: null, name: null }
    try {
      return /\{[{%#]/.test(code) ? await renderTemplate(source, context, settings, filters) : code
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      throw new JobFailed(`The template of the ${what} failed: ${explain(error, source)}`)
    }
  }
  const body = webhook.body_template ? await fill(webhook.body_template, 'body') : JSON.stringify(input.context)
  const headers = await fill(webhook.additional_headers, 'headers', { header_safe: headerSafe })
  return {
    url: await fill(webhook.payload_url, 'URL'),
    method: webhook.http_method,
    headers: {
      'content-type': webhook.http_content_type,
      ...headersIn(headers),
      ...(webhook.secret && { 'x-hook-signature': createHmac('sha512', webhook.secret).update(body).digest('hex') }),
    },
    body,
    seconds: webhook.timeout ?? Number(settings['WEBHOOK_DEFAULT_TIMEOUT'] ?? 60),
    verify: webhook.ssl_verification,
    authorities: webhook.ca_file_path,
    proxies: (settings['HTTP_PROXIES'] ?? {}) as Readonly<Record<string, string>>,
    signal,
  }
}

/** What templates see: the event, and the objects that whoever caused it may view. */
async function contextFor({
  db,
  registry,
  settings,
  job,
  input,
}: Work<WebhookInput>): Promise<Record<string, unknown>> {
  const [user] = job.user
    ? await db.query<{ id: number; username: string; superuser: boolean }>(
        'select id, username, is_superuser as superuser from users_user where id = $1 and is_active',
        [job.user.id],
      )
    : []
  const permissions = await permissionsOf(db, registry, user ?? null, {
    exemptViewPermissions: settings['EXEMPT_VIEW_PERMISSIONS'] ?? [],
    defaultPermissions: settings['DEFAULT_PERMISSIONS'] ?? {},
  })
  const data = new TemplateData({ db, registry, settings, origin: '', permissions, user: user?.id ?? 0 })
  return { ...appNamespaces(data), ...input.context }
}

/** `Name: value`, a line each; lines without a colon are left out. */
function headersIn(text: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim()
  }
  return headers
}

/** Take out what would end a header and begin another. */
const headerSafe = (value: unknown) => String(value ?? '').replaceAll(/\p{Cc}/gu, '')
