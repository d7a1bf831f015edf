import { pino, type Logger } from 'pino'
import pretty from 'pino-pretty'

/** The log: lines of JSON, or lines for people where standard output is a terminal. */
export function createLog(level: string): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describe } }
  const redact = ['req.headers.authorization', 'req.headers.cookie', 'password', 'token']
  if (!process.stdout.isTTY) return pino({ ...options, redact })
  return pino({ ...options, redact }, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'request_id' }))
}

/** Of an error, what helps; others hang whole connections on theirs. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, code, detail, where } = error as Error & Record<string, unknown>
  return { type: name, message, code, detail, where, stack }
}
