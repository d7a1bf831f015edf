import type { RuleSet } from '@demarc/engine/model'
import cluster from './cluster.rules.ts'
import virtualdisk from './virtualdisk.rules.ts'
import virtualmachine from './virtualmachine.rules.ts'
import virtualmachinetype from './virtualmachinetype.rules.ts'
import vminterface from './vminterface.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const virtualizationRules: readonly RuleSet[] = [
  cluster,
  virtualdisk,
  virtualmachine,
  virtualmachinetype,
  vminterface,
]
