import { bigint, choice, choices, ref, refs, slug, text } from '@demarc/engine/field'
import { model, everyday, primary, related, type RowOf } from '@demarc/engine/model'

export const L2VPNType = choices('L2VPNType', {
  vpws: ['VPWS'],
  vpls: ['VPLS'],
  vxlan: ['VXLAN'],
  'vxlan-evpn': ['VXLAN-EVPN'],
  'mpls-evpn': ['MPLS EVPN'],
  'pbb-evpn': ['PBB EVPN'],
  'evpn-vpws': ['EVPN VPWS'],
  epl: ['EPL'],
  evpl: ['EVPL'],
  'ep-lan': ['Ethernet Private LAN'],
  'evp-lan': ['Ethernet Virtual Private LAN'],
  'ep-tree': ['Ethernet Private Tree'],
  'evp-tree': ['Ethernet Virtual Private Tree'],
  spb: ['SPB'],
})

export const L2VPNStatus = choices('vpn.L2VPN.status', {
  active: ['Active', 'green'],
  planned: ['Planned', 'cyan'],
  decommissioning: ['Decommissioning', 'red'],
})

export const L2VPN = model('vpn.l2vpn', {
  label: 'L2VPN',
  about: 'A layer-2 service carried over another network.',
  features: [...everyday, 'contacts'],

  fields: {
    identifier: bigint({ nullable: true }),
    name: text({ unique: true, max: 100, collate: 'natural' }),
    slug: slug({ unique: true }),
    type: choice(L2VPNType, { filter: { notNull: true } }),
    status: choice(L2VPNStatus, { default: 'active' }),
    import_targets: refs('ipam.routetarget', { inverse: 'importing_l2vpns', filter: false }),
    export_targets: refs('ipam.routetarget', { inverse: 'exporting_l2vpns', filter: false }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'l2vpns' }),
    ...primary,
  },

  display: {
    from: ['name', 'identifier'],
    as: row => (row.identifier ? `${row.name} (${row.identifier})` : row.name),
  },
  order: ['name', 'identifier'],
  quick: ['name', 'description', { equals: 'identifier' }],
  search: { name: 100, slug: 110, identifier: 200, description: 500, comments: 5000 },
  brief: ['identifier', 'name', 'slug', 'type', 'description'],
  clone: ['type', 'status'],

  filters: {
    import_target: related('import_targets'),
    export_target: related('export_targets'),
  },

  file: {
    table: {
      first: ['name', 'status', 'identifier', 'type', 'description'],
      more: [
        'slug',
        ['import_targets', 'Import Targets'],
        ['export_targets', 'Export Targets'],
        'tenant',
        'tenant.group',
        'contacts',
        'comments',
        'tags',
        'created',
        'last_updated',
        'id',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'topology-star',
    columns: ['name', 'status', 'identifier', 'type', 'description'],
    form: {
      L2VPN: ['name', 'slug', 'type', 'status', 'identifier', 'description', 'tags'],
      'Route Targets': ['import_targets', 'export_targets'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_l2vpn: RowOf<typeof L2VPN>
  }
}
