import type { Action } from '@demarc/engine/model'
import { configContextsAction } from '../extras/rendering/contexts.ts'
import { renderConfigAction, renderedConfigAction } from '../extras/rendering/render.ts'
import { VirtualMachine } from './virtualmachine.ts'

/** What can be done with single objects of this app besides reading and changing them. */
export const virtualizationActions: readonly Action[] = [
  renderConfigAction(VirtualMachine, 'virtualmachine'),
  renderedConfigAction(VirtualMachine, 'virtualmachine'),
  configContextsAction(VirtualMachine),
]
