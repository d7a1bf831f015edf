import { tokenRules, userRules } from '@demarc/engine/auth'
import type { RuleSet } from '@demarc/engine/model'
import { objectPermissionRules } from '@demarc/engine/permission'

/** What must hold in this app, and what follows from a change. */
export const usersRules: readonly RuleSet[] = [objectPermissionRules, tokenRules, userRules]
