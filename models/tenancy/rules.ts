import type { RuleSet } from '@demarc/engine/model'
import contactassignment from './contactassignment.rules.ts'
import tenantgroup from './tenantgroup.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const tenancyRules: readonly RuleSet[] = [contactassignment, tenantgroup]
