import { anyOf, compare, flag, type Columns, type FilterSpec } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

/** What may terminate a cable. */
export const cableable = [
  'circuits.circuittermination',
  'dcim.consoleport',
  'dcim.consoleserverport',
  'dcim.frontport',
  'dcim.interface',
  'dcim.powerfeed',
  'dcim.poweroutlet',
  'dcim.powerport',
  'dcim.rearport',
] as const

/** One parameter for each kind of termination, as `interface_id`. */
const byKind = (where: (row: Columns, model: string, ids: number[]) => RawBuilder<boolean>) =>
  Object.fromEntries(
    cableable.map(model => [
      `${model.split('.')[1]}_id`,
      anyOf<number>('number', (row, ids) => where(row, model, ids)),
    ]),
  )

/** Rows of cables at which a termination fulfils a condition. */
const terminated = (row: Columns, condition: RawBuilder<unknown>) =>
  sql<boolean>`${row['id']} in (select cable_id from dcim_cabletermination where ${condition})`

const atEnd = (end: 'A' | 'B') =>
  anyOf<number>('number', (row, ids) =>
    terminated(row, sql`cable_end = ${end} and termination_id = any(${ids}::bigint[])`),
  )

/** `rack` and `rack_id`: cables with an end there. */
const inPlace = (place: string, key: string) => ({
  [`${place}_id`]: anyOf<number>('number', (row, ids) =>
    terminated(row, sql`${sql.ref(`_${place}_id`)} = any(${ids}::bigint[])`),
  ),
  [place]: anyOf('text', (row, names) =>
    terminated(
      row,
      sql`${sql.ref(`_${place}_id`)} in (
        select id from ${sql.table(`dcim_${place}`)} where ${sql.ref(key)} = any(${names}::text[])
      )`,
    ),
  ),
})

/** Cables by what terminates them, and by where that is. */
export const terminationFilters: Readonly<Record<string, FilterSpec>> = {
  // The type is looked for at both ends.
  termination_a_type: compare('terminations.termination_type', { match: 'modelName' }),
  termination_b_type: compare('terminations.termination_type', { match: 'modelName' }),
  termination_a_id: atEnd('A'),
  termination_b_id: atEnd('B'),
  unterminated: flag(
    row => sql`not (${terminated(row, sql`cable_end = 'A'`)} and ${terminated(row, sql`cable_end = 'B'`)})`,
  ),
  ...inPlace('device', 'name'),
  ...inPlace('rack', 'name'),
  ...inPlace('location', 'name'),
  ...inPlace('site', 'slug'),
  ...byKind((row, model, ids) =>
    terminated(row, sql`termination_type = ${model} and termination_id = any(${ids}::bigint[])`),
  ),
}

/** Terminations by the object that terminates. */
export const terminatingFilters: Readonly<Record<string, FilterSpec>> = byKind(
  (row, model, ids) => sql`${row['termination_type']} = ${model} and ${row['termination_id']} = any(${ids}::bigint[])`,
)
