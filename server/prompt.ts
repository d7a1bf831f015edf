import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Problem } from '@demarc/engine/problem'

/** What whoever runs a command answers; undefined where nobody sits at a terminal. */
export async function ask(question: string, hidden = false): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined
  let silent = false
  const output = new Writable({
    write(chunk, encoding, done) {
      if (!silent) process.stdout.write(chunk, encoding)
      done()
    },
  })
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  lines.on('SIGINT', () => process.exit(130))
  const answer = lines.question(question)
  silent = hidden
  try {
    return (await answer).trim()
  } finally {
    lines.close()
    if (hidden) process.stdout.write('\n')
  }
}

/** A password, asked for twice; undefined where nobody sits at a terminal. */
export async function askTwice(): Promise<string | undefined> {
  const password = await ask('Password: ', true)
  if (password === undefined) return undefined
  if ((await ask('Password again: ', true)) !== password) throw new Problem('password', 'The passwords differ.')
  return password
}

/** Ends a command that lacks something and cannot ask for it. */
export function missing(what: string): never {
  throw new Problem('missing-option', `Give ${what}, or run this in a terminal to be asked.`)
}
