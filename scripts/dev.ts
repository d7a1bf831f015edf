import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)
const port = process.env.PORT || '8000'
const watched = ['libs', 'engine', 'models', 'server'].map(folder => `--watch-path=${path.join(root, folder)}`)

// The server starts anew when one of its files changes; Vite serves the pages and hands what is below /api/ on to it.
const children = [
  run([...watched, '--watch-preserve-output', 'server/main.ts', 'start', ...process.argv.slice(2)], root, {
    PORT: port,
  }),
  run([path.join(root, 'node_modules/vite/bin/vite.js')], path.join(root, 'web'), {
    DEMARC_SERVER: `http://127.0.0.1:${port}`,
  }),
]

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal))
for (const child of children) {
  child.on('exit', code => {
    stop('SIGTERM')
    process.exitCode ||= code ?? 1
  })
}

function run(args: string[], cwd: string, more: Record<string, string>): ChildProcess {
  return spawn(process.execPath, args, { cwd, stdio: 'inherit', env: { ...process.env, ...more } })
}

function stop(signal: NodeJS.Signals): void {
  if (stopping) return
  stopping = true
  for (const child of children) child.kill(signal)
}
