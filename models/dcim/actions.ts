import { pathsAction } from './cabling/paths.ts'
import { routesAction } from './cabling/routes.ts'
import { traceAction } from './cabling/trace.ts'
import { configContextsAction } from '../extras/rendering/contexts.ts'
import { renderConfigAction, renderedConfigAction } from '../extras/rendering/render.ts'
import { Cable } from './cable.ts'
import { connectedDevice } from './connected-device.ts'
import { ConsolePort } from './consoleport.ts'
import { ConsoleServerPort } from './consoleserverport.ts'
import { Device } from './device.ts'
import { freeSlots } from './free-slots.ts'
import { elevations } from './elevation/elevations.ts'
import { FrontPort } from './frontport.ts'
import { Interface } from './interface.ts'
import { moveDevices } from './move-devices.ts'
import { PowerFeed } from './powerfeed.ts'
import { PowerOutlet } from './poweroutlet.ts'
import { PowerPort } from './powerport.ts'
import { elevation } from './rack.actions.ts'
import { RearPort } from './rearport.ts'
import { utilizationActions } from './utilization/utilization.actions.ts'

const endpoints = [ConsolePort, ConsoleServerPort, PowerPort, PowerOutlet, Interface, PowerFeed]
const passive = [FrontPort, RearPort]

/** What can be done with single objects of this app besides reading and changing them. */
export const dcimActions = [
  elevation,
  ...utilizationActions,
  renderConfigAction(Device, 'device'),
  renderedConfigAction(Device, 'device'),
  configContextsAction(Device),
  ...endpoints.map(traceAction),
  ...passive.map(pathsAction),
  ...[...endpoints, ...passive, Cable].map(routesAction),
]

/** What can be done with the objects of a type as a whole. */
export const dcimListActions = [elevations, freeSlots, moveDevices]

/** What else this app answers. */
export const dcimEndpoints = [connectedDevice]
