import { anyRef, choice, choices, list, ref, smallint } from '@demarc/engine/field'
import { model, logged, recorded, related, type RowOf } from '@demarc/engine/model'
import { cableable, terminatingFilters } from './cabling/termination.ts'

export const CableEnd = choices('CableEnd', {
  A: ['A'],
  B: ['B'],
})

/** Where a termination is, repeated from what terminates there so that cables are found by place without a join. */
const whereabouts = {
  nullable: true,
  hidden: true,
  constraint: false,
  onDelete: 'cascade',
  inverse: '+',
  filter: false,
} as const

export const CableTermination = model('dcim.cabletermination', {
  label: 'cable termination',
  about: 'One object at one end of a cable.',
  page: false,
  writes: [],
  features: recorded,

  fields: {
    cable: ref('dcim.cable', {
      readonly: true,
      onDelete: 'cascade',
      inverse: 'terminations',
      filter: { only: 'id' },
      bare: true,
    }),
    cable_end: choice(CableEnd, { label: 'end', readonly: true, bare: true, filter: { single: true }, max: 1 }),
    termination: anyRef(cableable, { inverse: 'cable_terminations', readonly: true }),
    connector: smallint({ nullable: true, readonly: true, filter: false }),
    positions: list({ nullable: true, readonly: true, of: 'smallint' }),
    _device: ref('dcim.device', whereabouts),
    _rack: ref('dcim.rack', whereabouts),
    _location: ref('dcim.location', whereabouts),
    _site: ref('dcim.site', whereabouts),
    ...logged,
  },

  display: { from: ['cable', 'termination'], as: row => `Cable ${row.cable} to ${row.termination}` },
  partOf: ['termination'],
  order: ['cable', 'cable_end', 'connector', 'id'],
  unique: [
    ['termination_type', 'termination_id'],
    ['cable', 'cable_end', 'connector'],
  ],
  brief: ['cable', 'cable_end', 'connector', 'positions', 'termination_type', 'termination_id'],

  filters: { cable: related('cable', { only: 'key', by: 'id', single: true }), ...terminatingFilters },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_cabletermination: RowOf<typeof CableTermination>
  }
}
