import { getSystemErrorMap } from 'node:util'
import { Problem } from '@demarc/engine/problem'

/** Prints why Demarc cannot go on: one line, and where it happened only with LOG_LEVEL=debug. */
export function report(error: unknown): void {
  console.error(`demarc: ${lineOf(error)}`)
  if (['debug', 'trace'].includes(process.env.LOG_LEVEL?.toLowerCase() ?? '') && error instanceof Error) {
    console.error(error.stack)
    if (error.cause instanceof Error) console.error(error.cause.stack)
  }
}

function lineOf(error: unknown): string {
  if (error instanceof Problem) return error.message
  if (!(error instanceof Error)) return String(error)
  const { code, errno, path } = error as NodeJS.ErrnoException
  if (code === '53100' || code === 'ENOSPC' || code === 'EDQUOT') return `The disk is full${path ? ` (${path})` : ''}.`
  if (path && errno !== undefined) return `${path}: ${getSystemErrorMap().get(errno)?.[1] ?? code}.`
  return (error.message.trim().split('\n')[0] || error.name).trim()
}
