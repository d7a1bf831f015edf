import type { Batch, Change } from '@demarc/engine/model'
import { parseMac } from '@demarc/netaddr'

/** What must be known to write a MAC address as the text `mac_address` of an interface. */
export interface MACs {
  /** Addresses that are, or are to be, the primary one of an interface. */
  readonly primaries: ReadonlyMap<number, string>
  /** Ids of the addresses that interfaces have, by `7 aa:bb:cc:dd:ee:ff`. */
  readonly own: ReadonlyMap<string, number>
  /** Whether the writer may create addresses. */
  readonly mayAdd: boolean
}

interface Loaded {
  readonly macs: MACs
}

/** Read the MAC addresses that writing `mac_address` of interfaces is about. */
export async function readMACs({ model, changes, tx, rowsOf, permissions, registry }: Batch): Promise<MACs> {
  const sending = changes.filter(change => change.input['mac_address'] !== undefined)
  if (sending.length === 0) return { primaries: new Map(), own: new Map(), mayAdd: true }
  const primaries = await rowsOf(
    'dcim.macaddress',
    sending.map(change => change.row['primary_mac_address_id']),
  )
  const own = await tx.query<{ id: number; mac_address: string; of: number }>(
    `select id, mac_address, assigned_object_id as of from dcim_macaddress
     where assigned_object_type = $1 and assigned_object_id = any($2::bigint[]) order by id desc`,
    [model.name, sending.map(change => change.id)],
  )
  return {
    primaries: new Map([...primaries].map(([id, row]) => [id, row.mac_address as string])),
    own: new Map(own.map(row => [`${row.of} ${row.mac_address}`, row.id])),
    mayAdd: permissions.constrain('add', registry.model('dcim.macaddress')) !== null,
  }
}

/** The address that a client sends, as it is stored; undefined where it is none. */
const addressSent = ({ input }: Change): string | null | undefined => {
  const sent: unknown = input['mac_address']
  return sent === null ? null : typeof sent === 'string' ? parseMac(sent.trim())?.toLowerCase() : undefined
}

const primaryOf = ({ row }: Change, { primaries }: MACs): string | null =>
  primaries.get(row['primary_mac_address_id']) ?? null

/** To be spread over the rules of a model of interfaces whose `load` gives `macs`: {@link readMACs}. */
export const macShortcut = {
  prepare: {
    'mac_address and primary_mac_address say the same': (change: Change, { macs }: Loaded) => {
      const { input, fail } = change
      if (input['mac_address'] === undefined || input['primary_mac_address'] === undefined) return
      if (addressSent(change) !== primaryOf(change, macs))
        fail(null, 'mac_address and primary_mac_address name different addresses; send one of them.')
    },
    'mac_address is a MAC address': (change: Change) => {
      if (change.input['mac_address'] !== undefined && addressSent(change) === undefined)
        change.fail('mac_address', `Invalid MAC address: ${String(change.input['mac_address'])}`)
    },
  },
  check: {
    'who writes a MAC address that is not there yet may create one': (change: Change, { macs }: Loaded) => {
      const address = addressSent(change)
      if (!address || macs.mayAdd || macs.own.has(`${change.id} ${address}`)) return
      change.abort('You do not have permission to perform this action.', 403)
    },
  },
  after: {
    'mac_address becomes the primary address': async ({ model, changes, create, update }: Batch, { macs }: Loaded) => {
      const wanted = changes.flatMap(change => {
        const address = addressSent(change)
        return address === undefined || address === primaryOf(change, macs) ? [] : [{ id: change.id, address }]
      })
      const missing = wanted.filter(({ id, address }) => address && !macs.own.has(`${id} ${address}`))
      const made = await create(
        'dcim.macaddress',
        missing.map(({ id, address }) => ({
          mac_address: address,
          assigned_object_type: model.name,
          assigned_object_id: id,
        })),
      )
      const created = new Map(missing.map(({ id }, at) => [id, made[at]!]))
      await update(
        model.name,
        wanted.map(({ id, address }) => ({
          id,
          primary_mac_address_id: address && (macs.own.get(`${id} ${address}`) ?? created.get(id)!),
        })),
      )
    },
  },
} as const
