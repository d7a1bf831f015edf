import { rules } from '@demarc/engine/model'
import { readIds, type Ids } from './linked-ids.ts'
import { ASN } from './asn.ts'

export default rules(ASN, {
  load: batch => readIds(batch, 'sites', 'dcim.site'),
  prepare: {
    'sites are named by their ids': ({ input, fail }, sites: Ids) => sites.check('sites', input['sites'], fail),
  },
  check: {
    'an AS number comes from a registry': ({ row, fail }) => {
      if (row['rir_id'] === null) fail('rir', 'This field cannot be null.')
    },
  },
  after: {
    'an AS number is used at the sites named': async ({ changes, tx }) => {
      const sent = changes.filter(change => Array.isArray(change.input['sites']))
      if (sent.length === 0) return
      const pairs = sent.flatMap(({ id, input }) =>
        (input['sites'] as unknown[]).map(site => [id, Number(site)] as const),
      )
      const [asns, sites] = [pairs.map(([asn]) => asn), pairs.map(([, site]) => site)]
      await tx.query(
        `delete from dcim_site_asns as l where l.asn_id = any($1::bigint[])
         and not exists (select from unnest($2::bigint[], $3::bigint[]) as v(asn, site) where v.asn = l.asn_id and v.site = l.site_id)`,
        [sent.map(change => change.id), asns, sites],
      )
      await tx.query(
        'insert into dcim_site_asns (asn_id, site_id) select distinct asn, site from unnest($1::bigint[], $2::bigint[]) as v(asn, site) on conflict do nothing',
        [asns, sites],
      )
      tx.touch('dcim_site_asns')
    },
  },
})
