import type { RuleSet } from '@demarc/engine/model'
import circuit from './circuit.rules.ts'
import circuittermination from './circuittermination.rules.ts'
import provider from './provider.rules.ts'
import virtualcircuit from './virtualcircuit.rules.ts'
import virtualcircuittermination from './virtualcircuittermination.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const circuitsRules: readonly RuleSet[] = [
  circuit,
  circuittermination,
  provider,
  virtualcircuit,
  virtualcircuittermination,
]
