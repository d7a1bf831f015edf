import { listing, type Listing, type Model } from '@demarc/engine/model'
import { sql } from 'kysely'
import { ConsolePort } from './consoleport.ts'
import { Interface } from './interface.ts'
import { PowerPort } from './powerport.ts'

/** The endpoints of a model whose paths lead to an end, whether all of their links are connected or not. */
const connections = (name: string, model: Model<string, any>, heading: string): Listing =>
  listing(`dcim.${name}connection`, model, {
    label: `${name} connection`,
    about: `A ${model.spec.label} from which a path leads to an end.`,
    path: `${name}-connections`,
    where: row => sql`${row['_path_id']} in (select id from dcim_cablepath where is_complete)`,
    columns: ['name', 'device', 'connected_endpoints', 'connected_endpoints_reachable', 'cable'],
    table: {
      first: [
        ['device', 'Device'],
        ['name', heading],
        ['connected_endpoints', 'Connection'],
        ['connected_endpoints_reachable', 'Reachable'],
      ],
      more: [
        ['id', 'ID'],
        ['cable', 'Cable'],
        ['cable.color', 'Cable Color'],
        ['link_peers', 'Link Peers'],
        ['mark_connected', 'Mark Connected'],
      ],
    },
  })

/** What leads to where: of consoles, interfaces and power. */
export const connectionLists: readonly Listing[] = [
  connections('interface', Interface, 'Interface'),
  connections('console', ConsolePort, 'Console Port'),
  connections('power', PowerPort, 'Power Port'),
]
