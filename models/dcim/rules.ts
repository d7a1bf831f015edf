import type { RuleSet } from '@demarc/engine/model'
import cable from './cable.rules.ts'
import cabletermination from './cabletermination.rules.ts'
import consoleport from './consoleport.rules.ts'
import consoleporttemplate from './consoleporttemplate.rules.ts'
import consoleserverport from './consoleserverport.rules.ts'
import consoleserverporttemplate from './consoleserverporttemplate.rules.ts'
import coolingfeed from './coolingfeed.rules.ts'
import coolingintake from './coolingintake.rules.ts'
import coolingintaketemplate from './coolingintaketemplate.rules.ts'
import coolingoutflow from './coolingoutflow.rules.ts'
import coolingoutflowtemplate from './coolingoutflowtemplate.rules.ts'
import coolingsource from './coolingsource.rules.ts'
import device from './device.rules.ts'
import devicebay from './devicebay.rules.ts'
import devicebaytemplate from './devicebaytemplate.rules.ts'
import devicetype from './devicetype.rules.ts'
import frontport from './frontport.rules.ts'
import frontporttemplate from './frontporttemplate.rules.ts'
import interfaceRules from './interface.rules.ts'
import interfacetemplate from './interfacetemplate.rules.ts'
import inventoryitem from './inventoryitem.rules.ts'
import inventoryitemtemplate from './inventoryitemtemplate.rules.ts'
import location from './location.rules.ts'
import macaddress from './macaddress.rules.ts'
import moduleRules from './module.rules.ts'
import modulebay from './modulebay.rules.ts'
import modulebaytemplate from './modulebaytemplate.rules.ts'
import moduletype from './moduletype.rules.ts'
import moduletypeprofile from './moduletypeprofile.rules.ts'
import portmapping from './portmapping.rules.ts'
import powerfeed from './powerfeed.rules.ts'
import poweroutlet from './poweroutlet.rules.ts'
import poweroutlettemplate from './poweroutlettemplate.rules.ts'
import powerpanel from './powerpanel.rules.ts'
import powerport from './powerport.rules.ts'
import powerporttemplate from './powerporttemplate.rules.ts'
import rack from './rack.rules.ts'
import rackreservation from './rackreservation.rules.ts'
import racktype from './racktype.rules.ts'
import rearport from './rearport.rules.ts'
import rearporttemplate from './rearporttemplate.rules.ts'
import site from './site.rules.ts'
import virtualchassis from './virtualchassis.rules.ts'
import virtualdevicecontext from './virtualdevicecontext.rules.ts'

/** What must hold in this app, and what follows from a change. */
export const dcimRules: readonly RuleSet[] = [
  cable,
  cabletermination,
  consoleport,
  consoleporttemplate,
  consoleserverport,
  consoleserverporttemplate,
  coolingfeed,
  coolingintake,
  coolingintaketemplate,
  coolingoutflow,
  coolingoutflowtemplate,
  coolingsource,
  device,
  devicebay,
  devicebaytemplate,
  devicetype,
  frontport,
  frontporttemplate,
  interfaceRules,
  interfacetemplate,
  inventoryitem,
  inventoryitemtemplate,
  location,
  macaddress,
  moduleRules,
  modulebay,
  modulebaytemplate,
  moduletype,
  moduletypeprofile,
  portmapping,
  powerfeed,
  poweroutlet,
  poweroutlettemplate,
  powerpanel,
  powerport,
  powerporttemplate,
  rack,
  rackreservation,
  racktype,
  rearport,
  rearporttemplate,
  site,
  virtualchassis,
  virtualdevicecontext,
]
