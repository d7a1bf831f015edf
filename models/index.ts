import { createRegistry, pathOf, pluralOf, type App, type Model } from '@demarc/engine/model'
import { nameModel } from '@demarc/engine/objecttype'
import * as circuits from './circuits/index.ts'
import * as core from './core/index.ts'
import * as dcim from './dcim/index.ts'
import * as extras from './extras/index.ts'
import * as ipam from './ipam/index.ts'
import * as tenancy from './tenancy/index.ts'
import * as users from './users/index.ts'
import * as virtualization from './virtualization/index.ts'
import * as vpn from './vpn/index.ts'
import * as wireless from './wireless/index.ts'
import { actions, endpoints, listActions } from './actions.ts'
import { listings } from './listings.ts'
import { menus } from './menus.ts'
import { ruleSets } from './rules.ts'

const app = (name: string, label: string, module: Record<string, unknown>): App => ({
  name,
  label,
  models: Object.values(module).filter((value): value is Model => isModel(value) && value.app === name),
  actions: actions.filter(action => action.model.startsWith(`${name}.`)),
  listActions: listActions.filter(action => action.model.startsWith(`${name}.`)),
  listings: listings.filter(listing => listing.name.startsWith(`${name}.`)),
  endpoints: endpoints.filter(endpoint => endpoint.app === name),
})

export { jobs } from './jobs.ts'

const isModel = (value: unknown): value is Model => typeof value === 'object' && value !== null && 'spec' in value

/** Every object type of Demarc. */
export const registry = createRegistry(
  [
    app('circuits', 'Circuits', circuits),
    app('core', 'Core', core),
    app('dcim', 'DCIM', dcim),
    app('extras', 'Extras', extras),
    app('ipam', 'IPAM', ipam),
    app('tenancy', 'Tenancy', tenancy),
    app('users', 'Users', users),
    app('virtualization', 'Virtualization', virtualization),
    app('vpn', 'VPN', vpn),
    app('wireless', 'Wireless', wireless),
  ],
  menus,
  ruleSets,
)

for (const model of registry.models.values()) {
  const { label, about, internal } = model.spec
  nameModel(model.name, {
    label,
    plural: pluralOf(model),
    about,
    endpoint: internal ? null : `/api/${model.app}/${pathOf(model)}/`,
  })
}
