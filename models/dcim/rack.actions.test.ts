import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpError } from '@demarc/engine/http'
import type { ReadCall } from '@demarc/engine/model'
import { sql } from 'kysely'
import { insertSamples } from '../../tests/contract/samples.ts'
import { testDatabase } from '../../tests/database.ts'
import { elevation } from './rack.actions.ts'

interface Unit {
  readonly name: string
  readonly device: { readonly id: number } | null
  readonly occupied: boolean
}

const db = await testDatabase()
// A rack of five units: device 1 fills U1 and U2 of the front, device 2, full depth, the rear of U3, device 3 the rear of U5.
await insertSamples(db, 3)
await db.rows(sql`update dcim_device set rack_id = 1, position = case id when 1 then 1 when 2 then 3 else 5 end`)
await db.rows(sql`update dcim_device set face = case id when 1 then 'front' else 'rear' end`)
await db.rows(sql`update dcim_devicetype set u_height = case id when 1 then 2 else 1 end, is_full_depth = id = 2`)

async function read(query = '', hidden: readonly number[] = [], rack = {}): Promise<Unit[]> {
  const call: Partial<ReadCall> = {
    db,
    row: { id: 1, u_height: 5, starting_unit: 1, desc_units: false, ...rack },
    params: new URLSearchParams(query),
    settings: {},
    visible: async (_model, ids) => new Set(ids.filter(id => !hidden.includes(id))),
    brief: async refs => refs.map(([, id]) => ({ id, display: `device ${id}` })),
    page: items => items as object,
  }
  return (await elevation.run(call as ReadCall)) as Unit[]
}
const taken = (units: readonly Unit[]) =>
  units.filter(({ occupied }) => occupied).map(({ name, device }) => [name, device?.id ?? null])

test('the front shows what is mounted there, and what reaches through from the rear', async () => {
  const units = await read()
  assert.deepEqual([units.length, units[0]!.name, units.at(-1)!.name], [10, 'U5.5', 'U1'])
  assert.deepEqual(taken(units), [
    ['U3.5', 2],
    ['U3', 2],
    ['U2.5', 1],
    ['U2', 1],
    ['U1.5', 1],
    ['U1', 1],
  ])
})

test('a device that the caller may not see takes its units all the same', async () =>
  assert.deepEqual(taken(await read('face=rear', [3])), [
    ['U5.5', null],
    ['U5', null],
    ['U3.5', 2],
    ['U3', 2],
  ]))

test('without expansion a device stands at its position alone', async () =>
  assert.deepEqual(taken(await read('expand_devices=false&exclude=2')), [['U1', 1]]))

test('descending units are numbered from the top', async () =>
  assert.deepEqual(
    (await read('', [], { desc_units: true })).slice(0, 3).map(({ name }) => name),
    ['U1', 'U1.5', 'U2'],
  ))

test('units are found by a part of their name', async () =>
  assert.deepEqual(
    (await read('q=u4')).map(({ name }) => name),
    ['U4.5', 'U4'],
  ))

test('a face that a rack does not have is refused', () =>
  assert.rejects(read('face=top'), (error: HttpError) => 'face' in (error.body as object)))
