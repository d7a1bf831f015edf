import { pathsAction } from '../dcim/cabling/paths.ts'
import { routesAction } from '../dcim/cabling/routes.ts'
import { CircuitTermination } from './circuittermination.ts'
import { VirtualCircuitTermination } from './virtualcircuittermination.ts'

/** What can be done with single objects of this app besides reading and changing them. */
export const circuitsActions = [
  ...[CircuitTermination, VirtualCircuitTermination].map(pathsAction),
  ...[CircuitTermination, VirtualCircuitTermination].map(routesAction),
]
