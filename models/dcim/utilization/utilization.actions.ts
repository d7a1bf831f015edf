import { action, type ReadCall } from '@demarc/engine/model'
import { Device } from '../device.ts'
import { PowerFeed } from '../powerfeed.ts'
import { PowerPanel } from '../powerpanel.ts'
import { Rack } from '../rack.ts'
import { loadsOfFeeds, loadsOfPorts, loadsOfRacks, totalOf } from './power.ts'
import { spaceOf } from './space.ts'
import { weightOf } from './weight.ts'

/** How far racks, power feeds, panels and devices are used. */
export const utilizationActions = [
  action(Rack, 'GET utilization', {
    about:
      'How much of the rack is taken: units by devices and reservations, volt-amperes of its power feeds by what is plugged into them, kilograms of what it may carry.',
    permission: 'view',
    async run({ db, row }) {
      const [space, power, weight] = await Promise.all([
        spaceOf(db, [row['id']]),
        loadsOfRacks(db, [row['id']]),
        weightOf(db, row['id']),
      ])
      return { space: space.get(row['id']), power: power.get(row['id']), weight }
    },
  }),
  action(PowerPanel, 'GET power', {
    about: 'What the feeds of the panel give and what is drawn from them, in volt-amperes, together and one by one.',
    permission: 'view',
    async run(call) {
      const loads = await loadsOfFeeds(
        call.db,
        await idsOf(call.db, 'dcim_powerfeed', 'power_panel_id', call.row['id']),
      )
      const feeds = await briefsOf(call, 'dcim.powerfeed', [...loads.keys()])
      const shown = [...loads].filter(([id]) => feeds.has(id))
      return {
        ...totalOf([...loads.values()]),
        feeds: shown.map(([id, { ports: _ports, ...load }]) => ({ feed: feeds.get(id), ...load })),
      }
    },
  }),
  action(PowerFeed, 'GET power', {
    about:
      'What the feed gives and what is drawn from it, in volt-amperes, and the power ports that are plugged into it.',
    permission: 'view',
    async run(call) {
      const { ports, ...load } = (await loadsOfFeeds(call.db, [call.row['id']])).get(call.row['id'])!
      return { ...load, ports: [...(await briefsOf(call, 'dcim.powerport', ports)).values()] }
    },
  }),
  action(Device, 'GET power', {
    about:
      'What each power port of the device draws, in volt-amperes, with all that its outlets feed, and what the power feed gives that it is plugged into.',
    permission: 'view',
    async run(call) {
      const loads = await loadsOfPorts(call.db, await idsOf(call.db, 'dcim_powerport', 'device_id', call.row['id']))
      const ports = await briefsOf(call, 'dcim.powerport', [...loads.keys()])
      const feeds = await briefsOf(
        call,
        'dcim.powerfeed',
        [...loads.values()].flatMap(({ feed }) => feed ?? []),
      )
      return [...loads].flatMap(([id, { feed, ...load }]) =>
        ports.has(id) ? [{ port: ports.get(id), feed: feeds.get(feed ?? 0) ?? null, ...load }] : [],
      )
    },
  }),
]

/** Rows of a table that refer to a row, in the order of their names. */
const idsOf = async (db: ReadCall['db'], table: string, column: string, id: number): Promise<number[]> =>
  (await db.query<{ id: number }>(`select id from ${table} where ${column} = $1 order by name, id`, [id])).map(
    row => row.id,
  )

/** Brief representations of those rows that the caller may view, by id. */
async function briefsOf(call: ReadCall, model: string, ids: readonly number[]): Promise<Map<number, object | null>> {
  const visible = await call.visible(model, ids)
  const shown = ids.filter(id => visible.has(id))
  const briefs = await call.brief(shown.map(id => [model, id] as const))
  return new Map(shown.map((id, at) => [id, briefs[at] ?? null]))
}
