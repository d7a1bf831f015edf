import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Params } from '../../api/query.ts'
import type { Device, Elevation, Place } from './elevation.ts'

/** One page of racks, with all that is drawn of them. */
export interface ElevationPage {
  readonly count: number
  readonly results: readonly Elevation[]
}

/** Some racks with all that is drawn of them. */
export function elevationsQuery(params: Params) {
  const search = new URLSearchParams(params.map(([key, value]) => [key, value]))
  return queryOptions({
    queryKey: ['elevations', search.toString()],
    queryFn: ({ signal }) => get<ElevationPage>(`/api/dcim/racks/elevations/?${search}`, signal),
    placeholderData: keepPreviousData,
  })
}

/** Every rack in the cache with a device taken out of where it is and put where it is to be. Returns a way back. */
export function movedInCache(client: QueryClient, device: Device, to: Place): () => void {
  const before = client.getQueriesData<ElevationPage>({ queryKey: ['elevations'] })
  client.setQueriesData<ElevationPage>({ queryKey: ['elevations'] }, page => page && withMoved(page, device, to))
  return () => {
    for (const [key, page] of before) client.setQueryData(key, page)
  }
}

const withMoved = (page: ElevationPage, device: Device, to: Place): ElevationPage => ({
  ...page,
  results: page.results.map(rack => {
    const others = rack.devices.filter(({ id }) => id !== device.id)
    if (rack.rack.id !== to.rack) return others.length === rack.devices.length ? rack : { ...rack, devices: others }
    return { ...rack, devices: [...others, { ...device, position: to.position, face: to.face }] }
  }),
})
