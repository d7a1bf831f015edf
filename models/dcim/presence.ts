import { flag, one, type FilterSpec } from '@demarc/engine/model'
import { sql } from 'kysely'

/** A yes-or-no parameter: does any row of a table point here? */
export const has = (table: string, column: string, label: string): FilterSpec =>
  flag(
    row => sql`exists (select from ${sql.table(table)} as part where ${sql.ref(`part.${column}`)} = ${row['id']})`,
    label,
  )

/** Parameters that ask whether a device or type has components, or templates of them, of each kind. */
export function presenceFilters(
  column: 'device_id' | 'device_type_id' | 'module_type_id',
  suffix: '' | 'template' = '',
): Readonly<Record<string, FilterSpec>> {
  const table = (kind: string) => `dcim_${kind}${suffix}`
  const some = (kind: string) =>
    sql`select ${sql.ref(column)} from ${sql.table(table(kind))} where ${sql.ref(column)} is not null`
  return {
    console_ports: has(table('consoleport'), column, 'Has console ports'),
    console_server_ports: has(table('consoleserverport'), column, 'Has console server ports'),
    power_ports: has(table('powerport'), column, 'Has power ports'),
    power_outlets: has(table('poweroutlet'), column, 'Has power outlets'),
    interfaces: has(table('interface'), column, 'Has interfaces'),
    module_bays: has(table('modulebay'), column, 'Has module bays'),
    // True finds what has front or rear ports, false what lacks one of them: ports of one kind alone are in both.
    pass_through_ports: one<boolean>(
      'boolean',
      (row, wanted) =>
        wanted
          ? sql`(${row['id']} in (${some('frontport')}) or ${row['id']} in (${some('rearport')}))`
          : sql`not (${row['id']} in (${some('frontport')}) and ${row['id']} in (${some('rearport')}))`,
      { label: 'Has pass-through ports' },
    ),
  }
}
