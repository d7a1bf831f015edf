import type { Derived } from '@demarc/engine/model'
import { sql } from 'kysely'

/**
 * The positions of a port and those of the ports behind it, one object for each mapping:
 * `{ position, rear_port, rear_port_position }` on a front port, and the other way round. `ports` is the model of those.
 */
export const mappedPorts = (table: string, own: 'front_port' | 'rear_port', ports: string): Derived<any> => {
  const far = own === 'front_port' ? 'rear_port' : 'front_port'
  return {
    load: ids => sql`
      select ${sql.ref(`${own}_id`)} as id, json_agg(json_build_object(
        'position', ${sql.ref(`${own}_position`)},
        ${sql.lit(far)}, ${sql.ref(`${far}_id`)},
        ${sql.lit(`${far}_position`)}, ${sql.ref(`${far}_position`)}
      ) order by id) as value
      from ${sql.table(table)}
      where ${sql.ref(`${own}_id`)} = any(${ids})
      group by ${sql.ref(`${own}_id`)}`,
    as: (_row, mappings) => mappings ?? [],
    drawn: { widget: 'mapping', to: [ports] },
    writable: true,
  }
}
