import type { Database } from '@demarc/engine/database'
import { permissionsOf } from '@demarc/engine/permission'
import { changeRows, createRows, deleteRows, Refused, type WriteCall } from '@demarc/engine/write'
import { registry } from '@demarc/models'
import './rules.ts'

const grants = { exemptViewPermissions: [], defaultPermissions: {} }

/** Writes as a superuser would over REST, for tests of rules; with settings, as an administrator may have made them. */
export async function testWriter(db: Database, settings: WriteCall['settings'] = {}) {
  const call: WriteCall = {
    db,
    registry,
    settings,
    author: { user: null, requestId: '0b6d1a5e-7a52-4a37-9e0e-2f0d2f8d4c11' },
    permissions: await permissionsOf(db, registry, { id: 1, superuser: true }, grants),
  }
  const everything = { and: [] }
  return {
    call,
    /** Columns of one row, if it is there. */
    row: async (model: string, id: number): Promise<Record<string, any>> =>
      (await db.pool.query(`select * from ${registry.model(model).table} where id = $1`, [id])).rows[0],
    /** Create rows; returns their ids. */
    create: async <const T extends readonly object[]>(model: string, ...items: T) =>
      (await createRows(call, registry.model(model), items)) as unknown as { readonly [K in keyof T]: number },
    /** Change one row. */
    change: (model: string, id: number, item: object) =>
      changeRows(call, registry.model(model), [{ id, item }], 'change', everything),
    /** Change several rows at once, each by what it is sent besides its id. */
    changeAll: (model: string, ...items: readonly { readonly id: number; readonly [key: string]: unknown }[]) =>
      changeRows(
        call,
        registry.model(model),
        items.map(({ id, ...item }) => ({ id, item })),
        'change',
        everything,
      ),
    remove: (model: string, ...ids: readonly number[]) =>
      deleteRows(call, registry.model(model), ids, new Map(), everything),
    /** The keys that each refused row of a write is faulty under, by its place or id. */
    async faults(work: Promise<unknown>): Promise<Record<number, string[]>> {
      try {
        await work
        return {}
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return Object.fromEntries(error.refusals.map(({ index, id, faults }) => [index ?? id, Object.keys(faults)]))
      }
    },
    rows: async (text: string, ...values: readonly unknown[]): Promise<any[]> =>
      (await db.pool.query(text, [...values])).rows,
  }
}
