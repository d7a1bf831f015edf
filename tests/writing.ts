import type { Database } from '@demarc/engine/database'
import { permissionsOf } from '@demarc/engine/permission'
import { changeRows, createRows, deleteRows, Refused, type WriteCall } from '@demarc/engine/write'
import { registry } from '@demarc/models'

/** Ways to write as an administrator, past HTTP. */
export async function writer(db: Database, settings: Readonly<Record<string, unknown>> = {}) {
  const permissions = await permissionsOf(
    db,
    registry,
    { id: 1, superuser: true },
    { exemptViewPermissions: [], defaultPermissions: {} },
  )
  const call: WriteCall = {
    db,
    registry,
    settings,
    author: { user: null, requestId: '00000000-0000-4000-8000-000000000000' },
    permissions,
  }
  const all = { and: [] }
  return {
    call,
    create: (model: string, ...items: object[]) => createRows(call, registry.model(model), items),
    change: (model: string, ...items: ({ readonly id: number } & Readonly<Record<string, unknown>>)[]) =>
      changeRows(
        call,
        registry.model(model),
        items.map(({ id, ...item }) => ({ id, item })),
        'change',
        all,
      ),
    remove: (model: string, ...ids: number[]) => deleteRows(call, registry.model(model), ids, new Map(), all),
    /** Columns of a row. */
    row: async (model: string, id: number): Promise<Record<string, any>> =>
      (await db.query<Record<string, any>>(`select * from ${registry.model(model).table} where id = $1`, [id]))[0]!,
  }
}

/** The keys on which each row was refused, by its place in the request or its id; empty where nothing was. */
export async function refusal(work: Promise<unknown>): Promise<Record<number, string[]>> {
  try {
    await work
    return {}
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return Object.fromEntries(error.refusals.map(({ index, id, faults }) => [index ?? id!, Object.keys(faults)]))
  }
}
