import fs from 'node:fs'

/** A lock file held by this process. */
export interface Lock {
  /** Adds what another process may want to know of the holder. */
  write(more: Record<string, string>): void
  release(): void
}

/** What a lock file says; `started` tells a process from a later one of the same number. */
export interface Holder {
  readonly pid: number
  readonly started: string
  readonly url?: string
}

/** Takes a lock file for this process, or names the living process that holds it. */
export function takeLock(file: string): { taken: Lock } | { taken?: never; pid: number } {
  const self = { pid: process.pid, started: startOf(process.pid) }
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, JSON.stringify(self), { mode: 0o600 })
  try {
    for (;;) {
      try {
        fs.linkSync(draft, file)
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = holderOf(file)
      if (holder) return { pid: holder.pid }
      dropStale(file)
    }
  } finally {
    fs.rmSync(draft, { force: true })
  }
  return {
    taken: {
      write(more) {
        fs.writeFileSync(draft, JSON.stringify({ ...self, ...more }), { mode: 0o600 })
        fs.renameSync(draft, file)
      },
      release() {
        if (holderOf(file)?.pid === process.pid) fs.rmSync(file, { force: true })
      },
    },
  }
}

/** The living process that holds a lock file, if any. */
export function holderOf(file: string): Holder | null {
  try {
    const holder: Holder = JSON.parse(fs.readFileSync(file, 'utf8'))
    return isAlive(holder.pid) && startOf(holder.pid) === holder.started ? holder : null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

/** Whether a process runs; one that has ended and waits to be reaped does not. */
export function isAlive(pid: number): boolean {
  const state = statOf(pid)[0]
  return state !== undefined && state !== 'Z' && state !== 'X'
}

/** Moves a dead holder's file away; puts it back if a living one wrote it meanwhile. */
function dropStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    fs.renameSync(file, aside)
    if (holderOf(aside)) fs.linkSync(aside, file)
    fs.rmSync(aside, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** When a process began, in clock ticks since the machine did. */
function startOf(pid: number): string {
  return statOf(pid)[19] ?? ''
}

/** The fields of /proc/<pid>/stat after the program's name, from the state on. */
function statOf(pid: number): string[] {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
