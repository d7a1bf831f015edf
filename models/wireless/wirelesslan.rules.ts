import { rules } from '@demarc/engine/model'
import { placeRow, readPlaces } from '../ipam/scope-places.ts'
import { WirelessLAN } from './wirelesslan.ts'

export default rules(WirelessLAN, {
  load: batch => readPlaces(batch),
  store: { 'a wireless LAN is found by all the places it lies in': ({ row }, places) => placeRow(row, places) },
})
