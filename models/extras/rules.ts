import { choiceSetRules, customFieldRules } from '@demarc/engine/customfield'
import { eventRuleRules, webhookRules } from '@demarc/engine/event'
import type { RuleSet } from '@demarc/engine/model'
import { savedFilterRules } from '@demarc/engine/savedfilter'
import configContext from './configcontext.rules.ts'
import configContextProfile from './configcontextprofile.rules.ts'
import configTemplate from './configtemplate.rules.ts'
import exportTemplate from './exporttemplate.rules.ts'
import imageAttachment from './imageattachment.rules.ts'
import journalEntry from './journalentry.rules.ts'
import notification from './notification.rules.ts'
import tableConfig from './tableconfig.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const extrasRules: readonly RuleSet[] = [
  choiceSetRules,
  configContext,
  configContextProfile,
  configTemplate,
  customFieldRules,
  eventRuleRules,
  exportTemplate,
  imageAttachment,
  journalEntry,
  notification,
  savedFilterRules,
  tableConfig,
  webhookRules,
]
