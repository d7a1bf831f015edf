import { choice, choices, list, ref } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'

export const RackReservationStatus = choices('dcim.RackReservation.status', {
  pending: ['Pending', 'cyan'],
  active: ['Active', 'green'],
  stale: ['Stale', 'orange'],
})

export const RackReservation = model('dcim.rackreservation', {
  label: 'rack reservation',
  about: 'Units of a rack set aside for someone.',

  fields: {
    rack: ref('dcim.rack', { onDelete: 'cascade', inverse: 'reservations', filter: { only: 'id' } }),
    units: list({ of: 'smallint' }),
    status: choice(RackReservationStatus, { default: 'active', filter: { notNull: true } }),
    user: ref('users.user'),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'rackreservations' }),
    ...primary,
  },

  display: { from: ['rack'], as: row => `Reservation for rack ${row.rack}` },
  order: ['created', 'id'],
  index: [['created', 'id']],
  quick: ['rack.name', 'rack.facility_id', 'user.username', 'description'],
  search: { description: 500, comments: 5000 },
  brief: ['status', 'user', 'description', 'units'],
  clone: ['rack', 'user', 'tenant'],

  filters: {
    site: related('rack.site'),
    region: related('rack.site.region'),
    site_group: related('rack.site.group'),
    location: related('rack.location'),
    group: related('rack.group'),
  },

  ui: {
    columns: ['rack', 'unit_count', 'status', 'user', 'description'],
    form: {
      Reservation: ['rack', 'units', 'status', 'user', 'description', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_rackreservation: RowOf<typeof RackReservation>
  }
}
