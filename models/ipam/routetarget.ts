import { ref, text, type Shape } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { keysOf } from '@demarc/engine/represent'

export const RouteTarget = model('ipam.routetarget', {
  label: 'route target',
  about: 'A community by which routes are imported into and exported from VRFs.',

  fields: {
    name: text({
      unique: true,
      help: 'Route target value (formatted in accordance with RFC 4360)',
      max: 21,
      collate: 'natural',
    }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'route_targets' }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],

  filters: {
    importing_vrf: related('importing_vrfs'),
    exporting_vrf: related('exporting_vrfs'),
    importing_l2vpn: related('importing_l2vpns', { by: 'identifier' }),
    exporting_l2vpn: related('exporting_l2vpns', { by: 'identifier' }),
  },

  file: {
    table: {
      first: ['name', 'tenant', 'description'],
      more: ['id', 'tenant.group', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'route',
    columns: ['name', 'tenant', 'description'],
    form: {
      'Route Target': ['name', 'description', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

/** How a route target is shown inside a VRF: in full. */
export const fullRouteTarget: Shape = keysOf(RouteTarget)

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_routetarget: RowOf<typeof RouteTarget>
  }
}
