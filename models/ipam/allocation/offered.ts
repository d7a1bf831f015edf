import type { ReadCall } from '@demarc/engine/model'
import { familyOf } from '@demarc/netaddr'

/** Free addresses or prefixes as a client is offered them: each with its family and the VRF of what it is taken from. */
export async function offered(call: ReadCall, key: 'address' | 'prefix', free: readonly string[]): Promise<object[]> {
  const { vrf_id } = call.row
  const [vrf] = vrf_id === null ? [null] : await call.brief([['ipam.vrf', vrf_id]])
  return free.map(text => ({ family: familyOf(text), [key]: text, vrf }))
}
