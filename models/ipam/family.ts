import { one, type Derived } from '@demarc/engine/model'
import { familyOf } from '@demarc/netaddr'
import { sql } from 'kysely'

/** The key `family` of what holds an address or a network in a column. */
export const familyKey = (column: string): Derived<any> => ({
  from: [column],
  as: row => {
    const family = familyOf(row[column])
    return { value: family, label: `IPv${family}` }
  },
})

/** `family=4` or `family=6`. */
export const familyFilter = (column: string) =>
  one<number>('number', (row, family) => sql`family(${row[column]}) = ${family}::bigint`)
