import type { RuleSet } from '@demarc/engine/model'
import { circuitsRules } from './circuits/rules.ts'
import { coreRules } from './core/rules.ts'
import { dcimRules } from './dcim/rules.ts'
import { extrasRules } from './extras/rules.ts'
import { ipamRules } from './ipam/rules.ts'
import { tenancyRules } from './tenancy/rules.ts'
import { usersRules } from './users/rules.ts'
import { virtualizationRules } from './virtualization/rules.ts'
import { vpnRules } from './vpn/rules.ts'
import { wirelessRules } from './wireless/rules.ts'

/** The rules of every model that has any. */
export const ruleSets: readonly RuleSet[] = [
  ...circuitsRules,
  ...coreRules,
  ...dcimRules,
  ...extrasRules,
  ...ipamRules,
  ...tenancyRules,
  ...usersRules,
  ...virtualizationRules,
  ...vpnRules,
  ...wirelessRules,
]
