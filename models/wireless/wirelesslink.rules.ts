import { rules, type Batch, type Change } from '@demarc/engine/model'
import { checkDistance, checkDistanceUnit, storeDistance } from '../circuits/distance-rules.ts'
import { nodeText } from '../dcim/cabling/node.ts'
import { touch } from '../dcim/cabling/touch.ts'
import { wirelessTypes } from '../dcim/interface-class.ts'
import { WirelessLink } from './wirelesslink.ts'

const wireless = new Set<string>(wirelessTypes)

export default rules(WirelessLink, {
  refs: ['interface_a', 'interface_b'],
  prepare: { 'a distance is not negative': checkDistance },
  check: {
    'a link joins wireless interfaces': ({ ref, fail }) => {
      const end = (['interface_a', 'interface_b'] as const).find(name => !wireless.has(ref(name).type))
      if (end) fail(end, `${ref(end).name} is not a wireless interface.`)
    },
    'a distance has a unit': checkDistanceUnit,
  },
  store: {
    'a distance is kept in metres': storeDistance,
    'a link knows the devices at its ends': ({ row, ref }) => {
      row['_interface_a_device_id'] = ref('interface_a').device_id
      row['_interface_b_device_id'] = ref('interface_b').device_id
    },
  },
  after: {
    'interfaces know the link between them': async batch => {
      const ends = endsOf(batch.changes, 'row')
      await release(batch, ends)
      await batch.update(
        'dcim.interface',
        [...ends].map(([id, wireless_link_id]) => ({ id, wireless_link_id })),
        'consequence',
      )
    },
    'paths over the link are followed again': async batch => followPaths(batch),
  },
  afterDelete: { 'paths over the link are followed again': async batch => followPaths(batch) },
})

const columns = ['interface_a_id', 'interface_b_id']

/** A new status matters to the paths there are; other interfaces begin new ones. */
const followPaths = (batch: Batch) =>
  touch(batch, {
    nodes: batch.changes.flatMap(({ id, kind, row, before, changed }) => [
      nodeText('wireless.wirelesslink', id),
      ...(kind === 'delete' || changed(...columns) ? [row, before ?? row] : []).flatMap(one =>
        columns.map(column => nodeText('dcim.interface', one[column])),
      ),
    ]),
  })

/** The link at each interface, by interface; the last where several are. */
const endsOf = (changes: readonly Change[], which: 'row' | 'before') =>
  new Map(
    changes.flatMap(change =>
      (['interface_a_id', 'interface_b_id'] as const).map(
        column => [change[which]![column] as number, change.id] as const,
      ),
    ),
  )

/** Interfaces that links have left know of them no more. */
async function release({ changes, update, rowsOf }: Batch, ends: ReadonlyMap<number, number>): Promise<void> {
  const left = endsOf(
    changes.filter(change => change.kind === 'update' && change.changed('interface_a_id', 'interface_b_id')),
    'before',
  )
  const interfaces = await rowsOf('dcim.interface', left.keys())
  await update(
    'dcim.interface',
    [...left]
      .filter(([id, link]) => !ends.has(id) && interfaces.get(id)?.wireless_link_id === link)
      .map(([id]) => ({ id, wireless_link_id: null })),
    'consequence',
  )
}
