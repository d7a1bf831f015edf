import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JobFailed } from '@demarc/engine/job'

/** A branch of a git repository. */
export interface Repository {
  readonly url: string
  /** The one that the repository calls its main one unless given. */
  readonly branch: string | null
  /** For addresses of HTTP; those within the address go before. */
  readonly username: string | null
  readonly password: string | null
}

/** Has the newest state of a branch in a folder while `use` runs. Needs the program git. */
export async function withClone<T>(
  repository: Repository,
  signal: AbortSignal,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'demarc-git-'))
  try {
    await clone(repository, join(folder, 'files'), signal)
    return await use(join(folder, 'files'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function clone(repository: Repository, folder: string, signal: AbortSignal): Promise<void> {
  const { url, username, password, origin } = partsOf(repository)
  for (const secret of [username, password])
    if (/[\0\r\n]/.test(secret ?? '')) throw new JobFailed('User name and password may not hold line breaks.')
  const { branch } = repository
  const args = [
    'clone',
    '--quiet',
    '--depth=1',
    '--single-branch',
    '--no-tags',
    '--no-local',
    '--template=',
    ...(branch ? [`--branch=${branch}`] : []),
    '--',
    url,
    folder,
  ]
  const { code, said } = await runGit(args, environment(username, password, origin), signal)
  if (code !== 0)
    throw new JobFailed(`Fetching the repository failed: ${password ? said.replaceAll(password, '********') : said}`)
}

/** The address without user name and password, which are not for the list of processes. */
function partsOf({ url, username, password }: Repository) {
  const parsed = url.includes('://') && URL.canParse(url) ? new URL(url) : null
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    if (parsed?.password) throw new JobFailed('A password is of use with addresses of HTTP only.')
    return { url, username: null, password: null, origin: null }
  }
  const own = parsed.username !== '' || parsed.password !== ''
  const given = own
    ? { username: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) }
    : { username, password }
  parsed.username = ''
  parsed.password = ''
  return { url: parsed.href, ...given, origin: parsed.origin }
}

/** What git may know of where it runs: no settings of others, and of us only how to reach the network. */
function environment(username: string | null, password: string | null, origin: string | null): NodeJS.ProcessEnv {
  const passed = ['PATH', 'HOME', 'SSH_AUTH_SOCK', 'SSL_CERT_FILE', 'GIT_SSL_CAINFO'].concat(
    ...['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].map(name => [name, name.toUpperCase()]),
  )
  return {
    ...Object.fromEntries(passed.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : []))),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'http:https:ssh:git:file',
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    ...(origin !== null &&
      (username || password) && {
        GIT_CONFIG_COUNT: '1',
        // Whoever the repository may redirect to is told nothing.
        GIT_CONFIG_KEY_0: `credential.${origin}.helper`,
        GIT_CONFIG_VALUE_0: `!f() { printf 'username=%s\\npassword=%s\\n' "$DEMARC_USERNAME" "$DEMARC_PASSWORD"; }; f`,
        DEMARC_USERNAME: username ?? '',
        DEMARC_PASSWORD: password ?? '',
      }),
  }
}

/** Runs git without a shell; with the signal, it and all that it started end. */
function runGit(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const child = spawn('git', args, { env, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    const kill = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {
        // It has just ended.
      }
    }
    signal.addEventListener('abort', kill, { once: true })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)))
    child.once('error', error => {
      signal.removeEventListener('abort', kill)
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
      reject(missing ? new JobFailed('The program git, which fetches repositories, is not installed.') : error)
    })
    child.once('close', code => {
      signal.removeEventListener('abort', kill)
      if (signal.aborted) reject(signal.reason as Error)
      else resolve({ code, said: said.trim() })
    })
  })
}
