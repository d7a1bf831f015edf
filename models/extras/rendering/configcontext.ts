import type { Derived, Load } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

type Data = Readonly<Record<string, unknown>>

/**
 * The merged data of all contexts that apply to a device or virtual machine, its own on top. A row may keep it in
 * `_config_context_data`; it is worked out only for rows that do not.
 */
export const configContext = (model: 'dcim.device' | 'virtualization.virtualmachine'): Derived<any> => ({
  from: ['_config_context_data', 'local_context_data'],
  load: contextsOf(model),
  as: (row, contexts?: readonly Data[] | null) =>
    row._config_context_data ?? mergeAll([...(contexts ?? []), row.local_context_data ?? {}]),
})

/** Objects merge key by key; anything else, an empty object too, takes the place of what was there. */
export const mergeAll = (layers: readonly Data[]): Data => layers.reduce(merge, {})

function merge(below: Data, above: Data): Data {
  const merged = new Map(Object.entries(below))
  for (const [key, value] of Object.entries(above)) {
    const old = merged.get(key)
    merged.set(key, isObject(old) && isObject(value) && Object.keys(value).length ? merge(old, value) : value)
  }
  return Object.fromEntries(merged)
}

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A field of a config context, and the ids of an object that it may name. */
interface Dimension {
  readonly field: string
  /** The column of the linking table that names the other row. */
  readonly column: string
  readonly ids: RawBuilder<unknown>
}

/** A node of a tree, and all above it: a context of the parent applies to the children. */
const upward = (table: string, id: string) =>
  sql`array(
    select above.id from ${sql.table(table)} as below join ${sql.table(table)} as above on below.path <@ above.path
    where below.id = ${sql.ref(id)}
  )`
const itself = (id: string) => sql`array_remove(array[${sql.ref(id)}]::bigint[], null)`
const none = sql`'{}'::bigint[]`

const dimensionsOf = (model: string): readonly Dimension[] => {
  const isDevice = model === 'dcim.device'
  return [
    { field: 'regions', column: 'region_id', ids: upward('dcim_region', 'site.region_id') },
    { field: 'site_groups', column: 'sitegroup_id', ids: upward('dcim_sitegroup', 'site.group_id') },
    { field: 'sites', column: 'site_id', ids: itself('object.site_id') },
    { field: 'locations', column: 'location_id', ids: isDevice ? upward('dcim_location', 'object.location_id') : none },
    { field: 'device_types', column: 'devicetype_id', ids: isDevice ? itself('object.device_type_id') : none },
    { field: 'roles', column: 'devicerole_id', ids: upward('dcim_devicerole', 'object.role_id') },
    { field: 'platforms', column: 'platform_id', ids: upward('dcim_platform', 'object.platform_id') },
    { field: 'cluster_types', column: 'clustertype_id', ids: itself('cluster.type_id') },
    { field: 'cluster_groups', column: 'clustergroup_id', ids: itself('cluster.group_id') },
    { field: 'clusters', column: 'cluster_id', ids: itself('object.cluster_id') },
    { field: 'tenant_groups', column: 'tenantgroup_id', ids: itself('tenant.group_id') },
    { field: 'tenants', column: 'tenant_id', ids: itself('object.tenant_id') },
    {
      field: 'tags',
      column: 'tag_id',
      ids: sql`array(select tag_id from extras_taggeditem where object_type = ${sql.lit(model)} and object_id = object.id)`,
    },
  ]
}

/** The data of the contexts of many objects at once, least important first, where they do not keep it. */
const contextsOf =
  (model: string): Load =>
  ids =>
    applying(model, ids, sql`scope.data`, sql`and object._config_context_data is null`)

/** The ids of the contexts that apply to an object, least important first. */
export const contextIdsOf = (model: string, id: number): RawBuilder<{ value: readonly number[] | null }> =>
  applying(model, sql`array[${id}]::bigint[]`, sql`scope.id`, sql``)

/**
 * Something of the contexts that apply to many objects at once, as a list in their order; none at all is soon told. What
 * each object is and what each context asks for are gathered first, as lists of ids, so that telling which belong together
 * is a comparison of lists.
 */
function applying<Row>(
  model: string,
  ids: RawBuilder<number[]>,
  value: RawBuilder<unknown>,
  narrowed: RawBuilder<unknown>,
): RawBuilder<Row> {
  const dimensions = dimensionsOf(model)
  const wanted = dimensions.map(
    ({ field, column }) =>
      sql`array(select ${sql.ref(column)} from ${sql.table(`extras_configcontext_${field}`)} where configcontext_id = context.id) as ${sql.ref(field)}`,
  )
  const had = dimensions.map(({ field, ids }) => sql`${ids} as ${sql.ref(field)}`)
  const applies = dimensions.map(
    ({ field }) =>
      sql`(${sql.ref(`scope.${field}`)} = '{}' or ${sql.ref(`scope.${field}`)} && ${sql.ref(`subject.${field}`)})`,
  )
  return sql`
    with scope as materialized (
      select context.id, context.weight, context.name, context.data, ${sql.join(wanted)}
      from extras_configcontext as context
      where context.is_active
    ), subject as materialized (
      select object.id, ${sql.join(had)}
      from ${sql.table(model.replace('.', '_'))} as object
      left join dcim_site as site on site.id = object.site_id
      left join virtualization_cluster as cluster on cluster.id = object.cluster_id
      left join tenancy_tenant as tenant on tenant.id = object.tenant_id
      where exists (select from extras_configcontext where is_active)
        and object.id = any(${ids}) ${narrowed}
    )
    select subject.id, (
      select json_agg(${value} order by scope.weight, scope.name) from scope where ${sql.join(applies, sql` and `)}
    ) as value
    from subject`
}
