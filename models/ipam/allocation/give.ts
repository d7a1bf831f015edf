import type { Transaction } from '@demarc/engine/database'
import { HttpError } from '@demarc/engine/http'
import { Answer, type ReadCall } from '@demarc/engine/model'
import { createFrom, Refused, writing, type Refusal } from '@demarc/engine/write'
import { lockAllocation, type Allocated } from './lock.ts'

/** What clients know the end of what is free by. */
const exhausted = 'Insufficient resources are available to satisfy the request'

/** What a client asks for: keys of the object to create. */
type Asked = Readonly<Record<string, unknown>>

/** Faults of one object that is asked for, by key. */
export type AskedFaults = Record<string, unknown>

export interface Gift {
  readonly kind: Allocated
  /** The model of which an object is created for each that is asked for. */
  readonly model: string
  /** What is wrong with one that is asked for, before anything is looked for. */
  readonly check?: (asked: Asked) => AskedFaults
  /** Keys whose faults count as faults of what was asked for, though they are found later. */
  readonly askedKeys?: readonly string[]
  /** The keys that each is given, in order; null where there are not enough. */
  readonly find: (tx: Transaction, asked: readonly Asked[]) => Promise<readonly Asked[] | null>
}

/**
 * Create objects with the lowest free addresses, prefixes or numbers, one for each that the body asks for: one object or
 * a list. Finding and creating is one step to everybody else, so that no two requests get the same.
 */
export async function give(call: ReadCall, { kind, model, check, askedKeys, find }: Gift): Promise<Answer> {
  const body = await call.body()
  const many = Array.isArray(body)
  const asked = (many ? body : [body instanceof FormData ? Object.fromEntries(body) : (body ?? {})]) as Asked[]
  const faults = asked.map(one =>
    isObject(one) ? (check?.(one) ?? {}) : { __all__: ['Invalid data. Expected a dictionary.'] },
  )
  if (faults.some(one => Object.keys(one).length)) throw new HttpError(400, faults)
  if (asked.length === 0) return new Answer(201, [])
  try {
    const ids = await writing(call.write, async context => {
      await lockAllocation(context.tx, kind)
      const found = await find(context.tx, asked)
      if (!found) throw new HttpError(409, { detail: exhausted })
      return createFrom(
        context,
        call.registry.model(model),
        asked.map((one, at) => ({ ...one, ...found[at] })),
      )
    })
    const objects = await call.written(model, ids)
    return new Answer(201, many ? objects : objects[0])
  } catch (error) {
    throw error instanceof Refused ? refusalOf(error.refusals, asked.length, many, askedKeys ?? []) : error
  }
}

const isObject = (value: unknown): value is Asked =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function refusalOf(
  refusals: readonly Refusal[],
  count: number,
  many: boolean,
  askedKeys: readonly string[],
): HttpError {
  if (refusals.some(refusal => refusal.status === 403))
    return new HttpError(403, { detail: 'You do not have permission to perform this action.' })
  const faults: AskedFaults[] = Array.from({ length: count }, () => ({}))
  for (const { index, faults: found } of refusals) faults[index ?? 0] = found
  const early = faults.some(one => Object.keys(one).some(key => askedKeys.includes(key)))
  return new HttpError(400, many || early ? faults : faults[0])
}

/** A mask length that is asked for, as a number: what it is otherwise is told by `wrong`. */
export function readLength(value: unknown, wrong: (fault: string) => void): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'string' && /^-?\d+$/.test(value.trim())) return Number(value)
  wrong(value === null ? 'This field may not be null.' : 'A valid integer is required.')
  return undefined
}
