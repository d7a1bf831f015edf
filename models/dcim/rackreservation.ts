import { choice, choices, list, ref, text } from '@demarc/engine/field'
import { model, flag, one, primary, related, type Columns, type FilterSpec, type RowOf } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

export const RackReservationStatus = choices('dcim.RackReservation.status', {
  pending: ['Pending', 'cyan'],
  active: ['Active', 'green'],
  stale: ['Stale', 'orange'],
})

const unit = (where: (units: Columns[string], unit: number) => RawBuilder<boolean>, label: string) =>
  one<number>('number', (row, value) => where(row['units']!, value), { range: [0, 32_767], label })

/** Reservations by one of their units, by all of them compared as a list, and by their number. */
const unitFilters: Readonly<Record<string, FilterSpec>> = {
  unit: unit((units, value) => sql`${value} = any(${units})`, 'Contains unit'),
  unit__n: unit((units, value) => sql`${units} is distinct from array[${value}]::smallint[]`, 'Units are not'),
  unit__lt: unit((units, value) => sql`${units} < array[${value}]::smallint[]`, 'Units less than'),
  unit__lte: unit((units, value) => sql`${units} <= array[${value}]::smallint[]`, 'Units at most'),
  unit__gt: unit((units, value) => sql`${units} > array[${value}]::smallint[]`, 'Units greater than'),
  unit__gte: unit((units, value) => sql`${units} >= array[${value}]::smallint[]`, 'Units at least'),
  unit__empty: flag(row => sql`${row['units']} is null`, 'Has no units'),
  unit_count_min: one<number>('decimal', (row, count) => sql`cardinality(${row['units']}) >= ${count}::numeric`),
  unit_count_max: one<number>('decimal', (row, count) => sql`cardinality(${row['units']}) <= ${count}::numeric`),
}

export const RackReservation = model('dcim.rackreservation', {
  label: 'rack reservation',
  about: 'Units of a rack set aside for someone.',

  fields: {
    rack: ref('dcim.rack', {
      file: { within: { site: 'site', location: 'location' } },
      onDelete: 'cascade',
      inverse: 'reservations',
      filter: { only: 'id' },
    }),
    units: list({ of: 'smallint' }),
    status: choice(RackReservationStatus, { default: 'active', filter: { notNull: true } }),
    user: ref('users.user', { file: { author: true } }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'rackreservations' }),
    ...primary,
    description: text({ max: 200 }),
  },

  display: { from: ['rack'], as: row => `Reservation for rack ${row.rack}` },
  order: ['created', 'id'],
  partOf: ['rack'],
  index: [['created', 'id']],
  quick: ['rack.name', 'rack.facility_id', 'user.username', 'description'],
  search: { description: 500, comments: 5000 },
  brief: ['status', 'user', 'description', 'units'],
  clone: ['rack', 'user', 'tenant'],

  derived: { unit_count: { from: ['units'], as: row => row.units.length } },

  filters: {
    site: related('rack.site'),
    region: related('rack.site.region'),
    site_group: related('rack.site.group'),
    location: related('rack.location'),
    group: related('rack.group'),
    ...unitFilters,
  },

  file: {
    table: {
      first: [
        ['id', 'Reservation'],
        ['rack.site', 'Site'],
        'rack',
        'units',
        ['unit_count', "Total U's"],
        'status',
        'user',
        'description',
      ],
      more: [
        'id',
        ['rack.location', 'Location'],
        ['rack.group', 'Group'],
        'tenant',
        'tenant.group',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
    columns: { site: { to: 'dcim.site' }, location: { to: 'dcim.location', within: { site: 'site' } } },
  },

  ui: {
    icon: 'calendar',
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
