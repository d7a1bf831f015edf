import type { RuleSet } from '@demarc/engine/model'
import location from './location.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const dcimRules: readonly RuleSet[] = [location]
