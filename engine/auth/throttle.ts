import { AddressError, networkOf } from '@demarc/netaddr'

/** How many tries are free within the window, and the longest wait between further ones, in seconds. */
interface Allowance {
  readonly free: number
  readonly longest: number
}

/** Slows down whoever guesses passwords. */
export interface Throttle {
  /** Seconds to wait before another try; 0 allows one, which counts as failed until it is said to have been right. */
  readonly take: (username: string, address: string | null) => number
  /** The try that was allowed last was right. */
  readonly right: (username: string, address: string | null) => void
}

const window = 15 * 60_000
/** Names and addresses that are kept; the ones tried longest ago are forgotten first. */
const capacity = 10_000

/**
 * Counts failed logins by user name and by client address over the last fifteen minutes; beyond what is free each wait
 * is twice the one before. Kept in memory, because guesses must not cost the database a write each: every process
 * counts for itself, so with N of them a guesser has N times as many tries, which is still few.
 */
export function createThrottle(
  { byName = { free: 10, longest: 300 }, byAddress = { free: 50, longest: 300 } } = {},
  now: () => number = Date.now,
): Throttle {
  const names = createCounter(byName, now)
  const addresses = createCounter(byAddress, now)
  return {
    take(username, address) {
      const [name, from] = [username.toLowerCase().slice(0, 150), neighbourhood(address)]
      const wait = Math.max(names.wait(name), addresses.wait(from))
      if (wait > 0) return wait
      names.add(name)
      addresses.add(from)
      return 0
    },
    right(username, address) {
      names.clear(username.toLowerCase().slice(0, 150))
      addresses.takeBack(neighbourhood(address))
    },
  }
}

function createCounter({ free, longest }: Allowance, now: () => number) {
  const tries = new Map<string, number[]>()
  const recent = (key: string) => tries.get(key)?.filter(time => time > now() - window) ?? []
  return {
    wait(key: string): number {
      const times = recent(key)
      if (times.length < free) return 0
      const until = times.at(-1)! + 1000 * Math.min(longest, 2 ** (times.length - free))
      return Math.max(0, Math.ceil((until - now()) / 1000))
    },
    add(key: string): void {
      const times = [...recent(key), now()]
      tries.delete(key)
      tries.set(key, times)
      if (tries.size > capacity) tries.delete(tries.keys().next().value!)
    },
    clear: (key: string) => void tries.delete(key),
    takeBack: (key: string) => void tries.get(key)?.pop(),
  }
}

/** One IPv6 client has a whole /64 to itself. */
function neighbourhood(address: string | null): string {
  if (!address?.includes(':')) return address ?? ''
  try {
    return networkOf(`${address}/64`)
  } catch (error) {
    if (error instanceof AddressError) return address
    throw error
  }
}
