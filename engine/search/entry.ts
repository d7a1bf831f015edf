import type { ExtraTable } from '../schema/index.ts'

/** What global search looks in: every searched value of every object, with a weight; a lower one is a better match. */
export const searchTable: ExtraTable = {
  name: 'search_entry',
  columns: {
    object_type: { type: 'character varying(100)', nullable: false, collate: 'C' },
    object_id: { type: 'bigint', nullable: false },
    field: { type: 'character varying(200)', nullable: false, collate: 'C' },
    /** `str`, `int`, `float`, `inet` or `cidr`. */
    kind: { type: 'character varying(10)', nullable: false },
    value: { type: 'text', nullable: false },
    weight: { type: 'smallint', nullable: false },
  },
  constraints: { search_entry_pkey: 'primary key (object_type, object_id, field)' },
  indexes: {
    search_entry_value_idx: 'using gin (upper(value) gin_trgm_ops)',
    search_entry_kind_idx: `using btree (kind) where kind in ('inet', 'cidr')`,
  },
}
