import { pino, type Logger } from 'pino'
import pretty from 'pino-pretty'

/** The log: lines of JSON, or lines for people where standard output is a terminal. */
export function createLog(level: string): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const redact = ['req.headers.authorization', 'req.headers.cookie', 'password', 'token']
  if (!process.stdout.isTTY) return pino({ ...options, redact })
  return pino({ ...options, redact }, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'request_id' }))
}
