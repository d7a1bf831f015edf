/** The device that `{vc_position}` speaks of. */
export interface Member {
  readonly virtual_chassis_id: number | null
  readonly vc_position: number | null
}

const chassisToken = /\{vc_position(?::([^}]*))?\}/g
const moduleToken = '{module}'

/** Put a device's position in its virtual chassis into a name; the fallback, or else 0, where it has none. */
export const withChassis = (text: string, { virtual_chassis_id, vc_position }: Member): string =>
  text.replace(chassisToken, (_, fallback?: string) =>
    virtual_chassis_id !== null && vc_position !== null ? String(vc_position) : (fallback ?? '0'),
  )

/** Why a name with `{module}` has no meaning at a place; thrown by {@link withModule}. */
export class Misplaced extends Error {}

export const hasModule = (text: string): boolean => text.includes(moduleToken)

/**
 * Put positions of module bays into a name. One `{module}` is the position of the bay that the module is in; as many as
 * there are bays above it are the positions from the root down.
 */
export function withModule(text: string, chain: readonly string[]): string {
  const parts = text.split(moduleToken)
  const count = parts.length - 1
  if (count === 0) return text
  const positions = filled(chain)
  const used = count === 1 ? [positions.at(-1) ?? ''] : positions
  if (count !== used.length)
    throw new Misplaced(`Cannot resolve ${count} tokens of {module} in "${text}" at a depth of ${chain.length}.`)
  return parts.map((part, at) => (at === 0 ? part : used[at - 1]! + part)).join('')
}

/** A token that was kept in the position of a bay stands for the position of the bay below it. */
function filled(chain: readonly string[]): string[] {
  const positions = [...chain]
  for (let at = positions.length - 2; at >= 0; at--)
    positions[at] = positions[at]!.replaceAll(moduleToken, positions[at + 1]!)
  return positions
}
