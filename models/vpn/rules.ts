import type { RuleSet } from '@demarc/engine/model'
import ikepolicy from './ikepolicy.rules.ts'
import ipsecproposal from './ipsecproposal.rules.ts'
import l2vpntermination from './l2vpntermination.rules.ts'
import tunneltermination from './tunneltermination.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const vpnRules: readonly RuleSet[] = [ikepolicy, ipsecproposal, l2vpntermination, tunneltermination]
