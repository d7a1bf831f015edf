import { model, everyday, organizational, type RowOf } from '@demarc/engine/model'

export const TunnelGroup = model('vpn.tunnelgroup', {
  label: 'tunnel group',
  about: 'A grouping of tunnels.',
  features: [...everyday, 'contacts'],

  fields: {
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    tunnel_count: 'vpn.tunnel.group',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'tunnel_count'],

  file: {
    table: {
      first: ['name', ['tunnel_count', 'Tunnels'], 'description'],
      more: ['id', 'comments', 'slug', 'contacts', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'folders',
    columns: ['name', 'tunnel_count', 'description'],
    form: {
      'Tunnel Group': ['name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_tunnelgroup: RowOf<typeof TunnelGroup>
  }
}
