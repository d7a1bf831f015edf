import { rules, type Batch, type Change } from '@demarc/engine/model'
import { interfaceSortKey } from '../dcim/interface-name.ts'
import { macShortcut, readMACs, type MACs } from '../dcim/macaddress-shortcut.ts'
import { VMInterface } from './vminterface.ts'

interface Loaded {
  readonly macs: MACs
  /** Tagged VLANs that clients sent. */
  readonly vlans: ReadonlyMap<number, any>
}

export default rules(VMInterface, {
  refs: ['virtual_machine', 'parent', 'bridge', 'untagged_vlan', 'primary_mac_address'],
  load: async (batch: Batch): Promise<Loaded> => ({
    macs: await readMACs(batch),
    vlans: await batch.rowsOf(
      'ipam.vlan',
      batch.changes.flatMap(change => change.links.get('tagged_vlans') ?? []),
    ),
  }),
  prepare: {
    ...macShortcut.prepare,
    'tagged VLANs are of the site of the machine, or of none': ({ links, ref, fail }, { vlans }: Loaded) => {
      const site = ref('virtual_machine').site_id
      const foreign = (links.get('tagged_vlans') ?? []).find(id => ![null, site].includes(vlans.get(id).site_id))
      if (foreign !== undefined)
        fail(
          'tagged_vlans',
          `VLAN ${vlans.get(foreign).name} must belong to the same site as the virtual machine, or be global.`,
        )
    },
  },
  check: {
    'only Q-in-Q interfaces have a service VLAN': ({ row, fail }) => {
      if (row['qinq_svlan_id'] !== null && row['mode'] !== 'q-in-q')
        fail('qinq_svlan', 'Only Q-in-Q interfaces may specify a service VLAN.')
    },
    'the primary MAC address is one of the interface': ({ id, kind, ref, fail }) => {
      const mac = ref('primary_mac_address')
      if (!mac) return
      const isOwn = mac.assigned_object_type === 'virtualization.vminterface' && mac.assigned_object_id === id
      if (isOwn || (kind === 'create' && mac.assigned_object_id === null)) return
      fail(null, `MAC address ${mac.mac_address} is not assigned to this interface.`)
    },
    'an interface is not part of itself': ({ id, row, fail }) => {
      if (row['parent_id'] === id) fail('parent', 'An interface cannot be its own parent.')
    },
    'a parent is of the same machine': sameMachine('parent'),
    'an interface bridges not to itself': ({ id, row, fail }) => {
      if (row['bridge_id'] === id) fail('bridge', 'An interface cannot be bridged to itself.')
    },
    'a bridge is of the same machine': sameMachine('bridge'),
    'the untagged VLAN is of the site of the machine, or of none': ({ ref, fail }) => {
      const vlan = ref('untagged_vlan')
      if (vlan && ![null, ref('virtual_machine').site_id].includes(vlan.site_id))
        fail('untagged_vlan', `VLAN ${vlan.name} must belong to the same site as the virtual machine, or be global.`)
    },
    ...macShortcut.check,
  },
  store: {
    'interfaces sort by the numbers in their names': ({ row }) => {
      row['_name'] = interfaceSortKey(row['name'])
    },
    'an interface without a mode has no untagged VLAN': ({ row }) => {
      if (!row['mode']) row['untagged_vlan_id'] = null
    },
    // Those sent with the same request stay, as clients have come to expect.
    'an interface keeps tagged VLANs in mode tagged': ({ kind, row, links, input }) => {
      if (kind === 'update' && row['mode'] !== 'tagged' && input['tagged_vlans'] === undefined)
        links.set('tagged_vlans', [])
    },
  },
  after: {
    'a new interface takes its primary MAC address': async ({ changes, update }) => {
      const taking = changes.filter(change => change.kind === 'create' && change.row['primary_mac_address_id'] !== null)
      await update(
        'dcim.macaddress',
        taking.map(({ id, row }) => ({
          id: row['primary_mac_address_id'] as number,
          assigned_object_type: 'virtualization.vminterface',
          assigned_object_id: id,
        })),
        'consequence',
      )
    },
    ...macShortcut.after,
  },
})

/** Another interface is of the same machine. */
function sameMachine(name: 'parent' | 'bridge'): (change: Change) => void {
  return ({ row, ref, fail }) => {
    const other = ref(name)
    if (other && other.virtual_machine_id !== row['virtual_machine_id'])
      fail(name, `The selected interface (${other.name}) belongs to a different virtual machine.`)
  }
}
