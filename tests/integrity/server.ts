import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../..')

/** The token of the superuser that a server started here makes on a fresh data folder. */
export const superuserToken = '0123456789abcdef0123456789abcdef01234567'

/** A server in a process of its own, on a data folder. */
export interface Server {
  /** Where it answers, without a slash at the end. */
  readonly url: string
  readonly child: ChildProcess
  /** Settles when the process is gone. */
  readonly gone: Promise<void>
  /** Process number of its PostgreSQL. */
  readonly postgres: number
}

/** Starts the whole server, PostgreSQL included, as `npm start` does, on a free port; settles once it answers. */
export async function startServer(dir: string, settings: Readonly<Record<string, string>> = {}): Promise<Server> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('DEMARC_') && name !== 'DATABASE_URL')
  const child = spawn(process.execPath, ['server/main.ts', 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(own),
      DATA_DIR: dir,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'error',
      SUPERUSER_PASSWORD: 'Admin-of-tests-1',
      SUPERUSER_API_TOKEN: superuserToken,
      ...settings,
    },
  })
  const gone = new Promise<void>(resolve => void child.once('exit', () => resolve()))
  const said: string[] = []
  child.stderr!.on('data', text => void said.push(String(text)))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => {
      said.push(`${line}\n`)
      const found = /ready at (http\S+?)\/?$/.exec(line)?.[1]
      if (found) resolve(found)
    })
    void gone.then(() => reject(new Error(`The server ended before it answered:\n${said.join('')}`)))
  })
  const [pid] = readFileSync(join(dir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')
  return { url, child, gone, postgres: Number(pid) }
}

/** Ends a server as an operator would. */
export async function stopServer({ child, gone }: Server): Promise<void> {
  child.kill('SIGTERM')
  await gone
}
