import { model, everyday, organizational, type RowOf } from '@demarc/engine/model'

export const ClusterGroup = model('virtualization.clustergroup', {
  label: 'cluster group',
  about: 'A grouping of clusters.',
  features: [...everyday, 'contacts'],

  fields: {
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    cluster_count: 'virtualization.cluster.group',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'cluster_count'],

  file: {
    table: {
      first: ['name', ['cluster_count', 'Clusters'], 'description'],
      more: ['id', 'slug', 'comments', 'contacts', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'folders',
    columns: ['name', 'cluster_count', 'description'],
    form: {
      'Cluster Group': ['name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    virtualization_clustergroup: RowOf<typeof ClusterGroup>
  }
}
