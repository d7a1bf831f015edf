import type { RuleSet } from '@demarc/engine/model'

/** What must hold in this app, and what follows from a change. */
export const wirelessRules: readonly RuleSet[] = []
