import type { Action, Endpoint } from '@demarc/engine/model'
import { choiceList } from './choice-list.ts'
import { ConfigContext } from './configcontext.ts'
import { ConfigContextProfile } from './configcontextprofile.ts'
import { ConfigTemplate } from './configtemplate.ts'
import { ExportTemplate } from './exporttemplate.ts'
import { ownDashboard } from './own-dashboard.ts'
import { renderAction } from './rendering/render.ts'
import { syncAction } from './syncing/sync.ts'

/** What can be done with single objects of this app besides reading and changing them. */
export const extrasActions: readonly Action[] = [
  choiceList,
  renderAction,
  ...[ConfigContext, ConfigContextProfile, ConfigTemplate, ExportTemplate].map(syncAction),
]

/** What lies at addresses of its own. */
export const extrasEndpoints: readonly Endpoint[] = [ownDashboard]
