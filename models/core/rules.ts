import type { RuleSet } from '@demarc/engine/model'
import dataSource from './datasource.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const coreRules: readonly RuleSet[] = [dataSource]
