import { pathsAction } from './cabling/paths.ts'
import { traceAction } from './cabling/trace.ts'
import { renderConfigAction } from '../extras/rendering/render.ts'
import { connectedDevice } from './connected-device.ts'
import { ConsolePort } from './consoleport.ts'
import { ConsoleServerPort } from './consoleserverport.ts'
import { Device } from './device.ts'
import { freeSlots } from './free-slots.ts'
import { FrontPort } from './frontport.ts'
import { Interface } from './interface.ts'
import { moveDevices } from './move-devices.ts'
import { PowerFeed } from './powerfeed.ts'
import { PowerOutlet } from './poweroutlet.ts'
import { PowerPort } from './powerport.ts'
import { elevation } from './rack.actions.ts'
import { RearPort } from './rearport.ts'

/** What can be done with single objects of this app besides reading and changing them. */
export const dcimActions = [
  elevation,
  renderConfigAction(Device, 'device'),
  ...[ConsolePort, ConsoleServerPort, PowerPort, PowerOutlet, Interface, PowerFeed].map(traceAction),
  ...[FrontPort, RearPort].map(pathsAction),
]

/** What can be done with the objects of a type as a whole. */
export const dcimListActions = [freeSlots, moveDevices]

/** What else this app answers. */
export const dcimEndpoints = [connectedDevice]
