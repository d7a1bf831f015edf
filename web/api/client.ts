import { base } from './base.ts'

/** What the server answered when it did not do as asked. */
export class ApiError extends Error {
  readonly status: number
  /** Messages by field, where the answer names fields. */
  readonly fields: Readonly<Record<string, readonly string[]>>

  constructor(status: number, body: unknown) {
    super(messageOf(status, body))
    this.status = status
    this.fields = fieldsOf(body)
  }
}

/** Reads JSON from the same origin. */
export function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  return call<T>(url, signal ? { signal } : {})
}

/** Sends JSON with a method that changes something. */
export function send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, body?: unknown): Promise<T> {
  return call<T>(url, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'demarc' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function call<T>(url: string, init: RequestInit): Promise<T> {
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
  return body as T
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
  if (first) return `${first[0]}: ${first[1].join(' ')}`
  return status >= 500 ? `The server failed (${status}).` : `The request was refused (${status}).`
}

function fieldsOf(body: unknown): Record<string, string[]> {
  if (!isRecord(body)) return {}
  const lists = Object.entries(body).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  return Object.fromEntries(lists.map(([key, list]) => [key, list.map(String)]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
