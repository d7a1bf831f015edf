import { choice, choices, color, decimal, ref, stored, text } from '@demarc/engine/field'
import { model, compare, primary, type Derived, type Load, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { Palette } from '../colors.ts'
import { CableProfile } from './cable-profile.ts'
import { CableType } from './cable-type.ts'
import type { Node } from './cabling/node.ts'
import { terminationFilters } from './cabling/termination.ts'

export const LinkStatus = choices('LinkStatus', {
  connected: ['Connected', 'green'],
  planned: ['Planned', 'blue'],
  decommissioning: ['Decommissioning', 'yellow'],
})

export const CableLengthUnit = choices('CableLengthUnit', {
  km: ['Kilometers'],
  m: ['Meters'],
  cm: ['Centimeters'],
  mi: ['Miles'],
  ft: ['Feet'],
  in: ['Inches'],
})

/** What terminates one end of a cable, each as `{ object_type, object_id, object }`. */
const terminationsAt = (end: 'A' | 'B'): Derived<any> => ({
  load: ids => sql`
    select cable_id as id, json_agg(json_build_array(termination_type, termination_id) order by connector, id) as value
    from dcim_cabletermination
    where cable_id = any(${ids}) and cable_end = ${end}
    group by cable_id`,
  as: (_row, terminations) => terminations ?? [],
  to: 'any',
  many: true,
  wrap: (object, [object_type, object_id]: Node) => ({ object_type, object_id, object }),
  writable: true,
})

/** The two ends of a cable from the columns of a file: of an end either all that names it is told, or nothing. */
function endsOf(
  item: Record<string, any>,
  found: Readonly<Record<string, any>>,
  fail: (column: string, fault: string) => void,
): void {
  for (const side of ['a', 'b']) {
    const of = (column: string) => found[`side_${side}_${column}`]
    if (['site', 'device', 'power_panel', 'type', 'name'].every(column => of(column) === undefined)) continue
    const [type, names, parents] = [of('type'), of('name') ?? [], [of('device') ?? [], of('power_panel') ?? []].flat()]
    if (!type) fail(`side_${side}_type`, 'This field is required.')
    else if (names.length === 0) fail(`side_${side}_name`, 'This field is required.')
    else if (parents.length !== 1 && parents.length !== names.length)
      fail(`side_${side}_name`, 'Name one parent for all terminations, or one for each.')
    else if (names.includes(null)) continue
    else if (new Set(names).size < names.length) fail(`side_${side}_name`, 'The same termination is named twice.')
    else item[`${side}_terminations`] = names.map((object_id: number) => ({ object_type: type, object_id }))
  }
}

/** A colour that a file may call by its name. */
function colorNamed(text: string): string {
  const name = text.trim().toLowerCase()
  return [...Palette.values].find(([, { label }]) => label.toLowerCase() === name)?.[0] ?? name
}

const recordedAt =
  (end: 'A' | 'B'): Load =>
  ids =>
    sql`select cable_id as id, id as other from dcim_cabletermination where cable_id = any(${ids}) and cable_end = ${end}`

export const Cable = model('dcim.cable', {
  label: 'cable',
  about: 'A physical link between two sets of terminations.',

  fields: {
    type: choice(CableType, { nullable: true, bare: true }),
    status: choice(LinkStatus, { default: 'connected' }),
    profile: choice(CableProfile, { required: false, blank: true }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'cables' }),
    bundle: ref('dcim.cablebundle', { nullable: true, onDelete: 'set null', inverse: 'cables' }),
    label: text({ blank: true, default: '', max: 100 }),
    color: color({ blank: true, default: '' }),
    length: decimal({ digits: 8, places: 2, nullable: true }),
    length_unit: choice(CableLengthUnit, { nullable: true, filter: { single: true } }),
    _abs_length: stored<number | null>('numeric(14,4)', { nullable: true }),
    ...primary,
  },

  display: { from: ['label'], as: row => row.label || `#${row.id}` },
  resets: ['bundle'],
  records: { a_terminations: recordedAt('A'), b_terminations: recordedAt('B') },
  order: ['id'],
  quick: ['label', 'description'],
  search: { label: 100, description: 500, comments: 5000 },
  brief: ['label', 'description'],
  clone: ['tenant', 'type', 'profile', 'bundle'],

  derived: {
    a_terminations: terminationsAt('A'),
    b_terminations: terminationsAt('B'),
  },

  filters: {
    color: compare('color', { match: 'choice', choices: [...Palette.values.keys()] }),
    ...terminationFilters,
  },

  file: {
    table: {
      first: [
        'id',
        'label',
        ['a_terminations', 'Termination A'],
        ['b_terminations', 'Termination B'],
        'status',
        'type',
      ],
      more: [
        ['a_terminations', 'Device A'],
        ['b_terminations', 'Device B'],
        ['rack_a', 'Rack A'],
        ['rack_b', 'Rack B'],
        ['location_a', 'Location A'],
        ['location_b', 'Location B'],
        ['site_a', 'Site A'],
        ['site_b', 'Site B'],
        'profile',
        'tenant',
        'tenant.group',
        'color',
        ['color_name', 'Color Name'],
        'bundle',
        'length',
        'description',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
    columns: {
      side_a_site: { to: 'dcim.site' },
      side_a_device: { to: 'dcim.device', many: true, within: { side_a_site: 'site' } },
      side_a_power_panel: { to: 'dcim.powerpanel', many: true, within: { side_a_site: 'site' } },
      side_a_type: {},
      side_a_name: {
        typed: 'side_a_type',
        many: true,
        within: { side_a_device: 'device', side_a_power_panel: 'power_panel' },
      },
      side_b_site: { to: 'dcim.site' },
      side_b_device: { to: 'dcim.device', many: true, within: { side_b_site: 'site' } },
      side_b_power_panel: { to: 'dcim.powerpanel', many: true, within: { side_b_site: 'site' } },
      side_b_type: {},
      side_b_name: {
        typed: 'side_b_type',
        many: true,
        within: { side_b_device: 'device', side_b_power_panel: 'power_panel' },
      },
    },
    told: { a_terminations: 'side_a_name', b_terminations: 'side_b_name' },
    item: (item, found, fail) => {
      endsOf(item, found, fail)
      if (typeof item['color'] === 'string') item['color'] = colorNamed(item['color'])
    },
  },

  ui: {
    icon: 'plug-connected',
    panels: ['trace'],
    columns: ['label', 'a_terminations', 'b_terminations', 'status', 'type'],
    form: {
      Cable: [
        'type',
        'a_terminations',
        'b_terminations',
        'status',
        'profile',
        'tenant',
        'bundle',
        'label',
        'color',
        'length',
        'length_unit',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_cable: RowOf<typeof Cable>
  }
}
