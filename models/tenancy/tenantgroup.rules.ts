import { rules } from '@demarc/engine/model'
import { TenantGroup } from './tenantgroup.ts'

export default rules(TenantGroup, {
  beforeDelete: {
    'tenants left without a group differ in name and slug': async ({ changes, tx }) => {
      const tenants = await tx.query<{ group_id: number | null; name: string; slug: string }>(
        `select group_id, name, slug from tenancy_tenant
         where group_id = any($1::bigint[]) or (group_id is null and exists (
           select from tenancy_tenant as member
           where member.group_id = any($1::bigint[]) and (member.name = tenancy_tenant.name or member.slug = tenancy_tenant.slug)
         ))
         order by id`,
        [changes.map(change => change.id)],
      )
      const byGroup = Map.groupBy(tenants, tenant => tenant.group_id)
      const ids = new Set(changes.map(change => change.id))
      const names = new Set(byGroup.get(null)?.map(tenant => tenant.name))
      const slugs = new Set(byGroup.get(null)?.map(tenant => tenant.slug))
      // Group after group, each with all that is below it.
      for (const top of changes.filter(change => !ids.has(change.row['parent_id']))) {
        const below = changes.filter(({ row }) => `${row['path']}.`.startsWith(`${top.row['path']}.`))
        const freed = below.flatMap(change => byGroup.get(change.id) ?? [])
        const clashing = freed.filter(
          ({ name, slug }, at) =>
            names.has(name) ||
            slugs.has(slug) ||
            freed.slice(0, at).some(other => other.name === name || other.slug === slug),
        )
        if (clashing.length)
          top.abort(`Unable to delete: ${clashing.length} tenant(s) would clash with others that have no group.`, 409)
        else
          for (const { name, slug } of freed) {
            names.add(name)
            slugs.add(slug)
          }
      }
    },
  },
})
