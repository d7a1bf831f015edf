import { Problem } from '../problem/index.ts'

/** What PostgreSQL says of a statement it refuses. */
interface Refusal extends Error {
  readonly code?: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
  readonly detail?: string
}

const nothing = 'Nothing was taken over.'

/** Turns what stopped a takeover into a line that a person can act on. */
export function explain(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const { code = '', table, column, constraint, detail, message } = error as Refusal
  const said = (detail ?? message).split('\n')[0]!.replace(/\.$/, '')
  const tell = (id: string, text: string) => new Problem(id, `${text} ${nothing}`, { cause: error })
  if (code === '53100' || code === 'ENOSPC')
    return tell('disk-full', `The disk of Demarc's database is full. Make room and try again.`)
  if (code === '23503')
    return tell('dangling', `The source does not hang together: ${table} breaks ${constraint}: ${said}.`)
  if (code === '23505') return tell('duplicate', `The source has duplicates: ${table} breaks ${constraint}: ${said}.`)
  if (code === '23502')
    return tell('missing-value', `The source has a row of ${table} without ${column}, which must have a value.`)
  if (code === '55P03')
    return tell('in-use', `Others are using Demarc's database and do not let go. Stop them and try again.`)
  if (code.startsWith('22'))
    return tell('unfit', `The source has a value${table ? ` of ${table}` : ''} that does not fit: ${said}.`)
  if (/^(08|57|ECONN|EPIPE)/.test(code) || message.startsWith('Connection terminated'))
    return tell('target-lost', `The connection to Demarc's database was lost: ${said}.`)
  return error
}
