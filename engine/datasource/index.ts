import { parseDocument } from 'yaml'

/** The text in a file; null where it is not text, or nothing. */
export function textIn(bytes: Uint8Array | null): string | null {
  try {
    return bytes?.length ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : null
  } catch {
    return null
  }
}

/** The data in a file of YAML or JSON; undefined where there is none. A date among it is a Date, not a text. */
export function dataIn(text: string): unknown {
  const document = parseDocument(text, { version: '1.1', schema: 'yaml-1.1', merge: true })
  return document.errors.length ? undefined : (document.toJS({ maxAliasCount: 100 }) as unknown)
}

/** Whether a value is one that JSON can hold. */
export const isJson = (value: unknown): boolean =>
  value === null ||
  ['string', 'boolean'].includes(typeof value) ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (Array.isArray(value)
    ? value.every(isJson)
    : typeof value === 'object' &&
      Object.getPrototypeOf(value) === Object.prototype &&
      Object.values(value).every(isJson))
