import { model, organizational, type RowOf } from '@demarc/engine/model'

export const ClusterType = model('virtualization.clustertype', {
  label: 'cluster type',
  about: 'A technology of clusters.',

  fields: {
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    cluster_count: 'virtualization.cluster.type',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'cluster_count'],

  file: {
    table: {
      first: ['name', ['cluster_count', 'Clusters'], 'description'],
      more: ['id', 'slug', 'comments', 'created', 'last_updated', 'tags', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'category',
    columns: ['name', 'cluster_count', 'description'],
    form: {
      'Cluster Type': ['name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    virtualization_clustertype: RowOf<typeof ClusterType>
  }
}
