import type { RuleSet } from '@demarc/engine/model'
import wirelesslan from './wirelesslan.rules.ts'
import wirelesslink from './wirelesslink.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const wirelessRules: readonly RuleSet[] = [wirelesslan, wirelesslink]
