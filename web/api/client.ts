import { base } from './base.ts'

/** What went wrong with one object of many. */
export interface ItemError {
  readonly index?: number
  readonly id?: number
  readonly errors: Readonly<Record<string, unknown>>
}

/** What the server answered when it did not do as asked. */
export class ApiError extends Error {
  readonly status: number
  /** What the server said in full. */
  readonly body: unknown
  /** Messages by field, where the answer names fields; custom fields as `cf_<name>`. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  /** What went wrong with each of many objects. */
  readonly items: readonly ItemError[]

  constructor(status: number, body: unknown) {
    super(messageOf(status, body))
    this.status = status
    this.body = body
    this.fields = fieldsOf(body)
    this.items = isRecord(body) && Array.isArray(body.errors) ? (body.errors as ItemError[]) : []
  }
}

/** Something read, and the tag that says which version of it this is. */
export interface Tagged<T> {
  readonly data: T
  readonly etag: string | undefined
}

/** Reads JSON from the same origin. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  return (await call<T>(url, signal ? { signal } : {})).data
}

/** Reads JSON and its version. */
export function getTagged<T>(url: string, signal?: AbortSignal): Promise<Tagged<T>> {
  return call<T>(url, signal ? { signal } : {})
}

/** Sends JSON, or a form with files, with a method that changes something. */
export async function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const form = body instanceof FormData
  const { data } = await call<T>(url, {
    method,
    headers: { ...(!form && { 'Content-Type': 'application/json' }), 'X-Requested-With': 'demarc', ...headers },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  })
  return data
}

async function call<T>(url: string, init: RequestInit): Promise<Tagged<T>> {
  const answer = await fetch(base + url, {
    credentials: 'same-origin',
    ...init,
    headers: { Accept: 'application/json', ...init.headers },
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, { detail: 'The server cannot be reached. Check the connection and try again.' })
  })
  const text = await answer.text()
  const body = parse(text)
  if (!answer.ok) throw new ApiError(answer.status, body)
  return { data: body as T, etag: answer.headers.get('etag') ?? undefined }
}

function parse(text: string): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function messageOf(status: number, body: unknown): string {
  if (isRecord(body) && typeof body.detail === 'string') return body.detail
  const first = Object.entries(fieldsOf(body))[0]
  if (first) return first[0] === '__all__' ? first[1].join(' ') : `${first[0]}: ${first[1].join(' ')}`
  return status >= 500 ? `The server failed (${status}).` : `The request was refused (${status}).`
}

/** Messages by field from what the server says of one object. */
export function fieldsOf(body: unknown): Record<string, string[]> {
  if (Array.isArray(body)) return { __all__: body.flatMap(flat) }
  if (!isRecord(body)) return {}
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, said]) => {
      if (key === 'detail' || (key === 'errors' && typeof body.detail === 'string')) return []
      if (key === 'custom_fields' && isRecord(said))
        return Object.entries(said).map(([name, each]) => [`cf_${name}`, flat(each)])
      return [[key === 'non_field_errors' ? '__all__' : key, flat(said)]]
    }),
  )
}

function flat(said: unknown): string[] {
  if (Array.isArray(said)) return said.flatMap(flat)
  if (isRecord(said)) return Object.entries(said).flatMap(([key, each]) => flat(each).map(text => placed(key, text)))
  return [String(said)]
}

/** A message of a part of a field: of the third of several it says so. */
function placed(key: string, text: string): string {
  if (key === '__all__') return text
  return /^\d+$/.test(key) ? `No. ${Number(key) + 1}: ${text}` : `${key}: ${text}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
