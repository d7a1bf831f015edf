import { boolean, ref, refs, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { fullRouteTarget } from './routetarget.ts'

export const VRF = model('ipam.vrf', {
  label: 'VRF',
  about: 'A routing table of its own.',
  key: 'rd',

  fields: {
    name: text({ max: 100, collate: 'natural' }),
    rd: text({
      nullable: true,
      unique: true,
      label: 'route distinguisher',
      help: 'Unique route distinguisher (as defined in RFC 4364)',
      max: 21,
    }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'vrfs' }),
    enforce_unique: boolean({
      default: true,
      label: 'enforce unique space',
      help: 'Prevent duplicate prefixes/IP addresses within this VRF',
    }),
    import_targets: refs('ipam.routetarget', { inverse: 'importing_vrfs', filter: false, nested: fullRouteTarget }),
    export_targets: refs('ipam.routetarget', { inverse: 'exporting_vrfs', filter: false, nested: fullRouteTarget }),
    ...primary,
  },

  display: { from: ['name', 'rd'], as: row => (row.rd ? `${row.name} (${row.rd})` : row.name) },
  order: ['name', 'rd', 'id'],
  index: [['name', 'rd', 'id']],
  counts: {
    ipaddress_count: 'ipam.ipaddress.vrf',
    prefix_count: 'ipam.prefix.vrf',
  },
  quick: ['name', 'rd', 'description'],
  search: { name: 100, rd: 200, description: 500, comments: 5000 },
  brief: ['name', 'rd', 'description', 'prefix_count'],
  clone: ['tenant', 'enforce_unique', 'description'],

  filters: {
    import_target: related('import_targets'),
    export_target: related('export_targets'),
  },

  file: {
    table: {
      first: ['name', ['rd', 'RD'], 'tenant', 'description'],
      more: [
        'id',
        'tenant.group',
        ['enforce_unique', 'Unique'],
        ['import_targets', 'Import Targets'],
        ['export_targets', 'Export Targets'],
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'route',
    columns: ['name', 'rd', 'tenant', 'description'],
    form: {
      VRF: ['name', 'rd', 'enforce_unique', 'description', 'tags'],
      'Route Targets': ['import_targets', 'export_targets'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_vrf: RowOf<typeof VRF>
  }
}
