import { ref, text } from '@demarc/engine/field'
import { model, everyday, primary, related, type RowOf } from '@demarc/engine/model'

export const PowerPanel = model('dcim.powerpanel', {
  label: 'power panel',
  about: 'A panel from which power feeds leave.',
  features: [...everyday, 'contacts', 'image_attachments'],

  fields: {
    site: ref('dcim.site'),
    location: ref('dcim.location', { nullable: true, filter: { only: 'id' } }),
    name: text({ max: 100, collate: 'natural' }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['location'],
  order: ['site', 'name'],
  unique: [['site', 'name']],
  counts: {
    powerfeed_count: 'dcim.powerfeed.power_panel',
  },
  quick: ['name', 'description'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description', 'powerfeed_count'],

  filters: {
    region: related('site.region'),
    site_group: related('site.group'),
  },

  file: {
    table: {
      first: ['name', 'site', 'location', ['powerfeed_count', 'Power Feeds']],
      more: ['id', 'contacts', 'description', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'plug',
    columns: ['name', 'site', 'location', 'powerfeed_count'],
    form: {
      'Power Panel': ['site', 'location', 'name', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_powerpanel: RowOf<typeof PowerPanel>
  }
}
