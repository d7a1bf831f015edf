import { anyRef, ref } from '@demarc/engine/field'
import { related, type FilterSpec } from '@demarc/engine/model'

/** The places something may be bound to. */
const places = ['dcim.region', 'dcim.sitegroup', 'dcim.site', 'dcim.location'] as const

const cached = { nullable: true, hidden: true, inverse: '+', filter: false } as const

/**
 * Where a prefix, cluster or wireless LAN is: the place it is bound to, and, kept by the engine, the location, site,
 * region and site group which that place is or lies in, so that it is found by any of them.
 */
export const scoped = <const I extends string>(inverse: I) =>
  ({
    scope: anyRef(places, { nullable: true, inverse, halfOnWhole: true }),
    _location: ref('dcim.location', { ...cached, onDelete: 'cascade' }),
    _site: ref('dcim.site', { ...cached, onDelete: 'cascade' }),
    _region: ref('dcim.region', { ...cached, onDelete: 'set null' }),
    _site_group: ref('dcim.sitegroup', { ...cached, onDelete: 'set null' }),
  }) as const

/** What is bound to a place is found by that place and by all that it lies in. */
export const scopeFilters: Readonly<Record<string, FilterSpec>> = {
  region: related('_region'),
  site_group: related('_site_group'),
  site: related('_site'),
  location: related('_location'),
}
