import { routesAction } from '../dcim/cabling/routes.ts'
import { WirelessLink } from './wirelesslink.ts'

/** What can be done with single objects of this app besides reading and changing them. */
export const wirelessActions = [routesAction(WirelessLink)]
