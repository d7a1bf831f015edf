import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { insertSamples } from '../../../tests/contract/samples.ts'
import { testDatabase } from '../../../tests/database.ts'
import { segmentsOf } from './segment.ts'
import { chainFrom } from './stored-path.ts'

const steps = (text: string) => text.split(' ').map(step => (step === '-' ? [] : step.split(',')))
const shown = (path: string) =>
  segmentsOf(steps(path)).map(({ near, links, far }) =>
    [near, links, far].map(nodes => nodes.map(node => node.join(':')).join() || '-').join(' '),
  )

test('three steps are a segment', () =>
  assert.deepEqual(
    shown(
      'dcim.interface:1 dcim.cable:1 dcim.frontport:1 dcim.rearport:1 dcim.cable:2 dcim.interface:2,dcim.interface:3',
    ),
    [
      'dcim.interface:1 dcim.cable:1 dcim.frontport:1',
      'dcim.rearport:1 dcim.cable:2 dcim.interface:2,dcim.interface:3',
    ],
  ))

test('a port that leads no further stands alone', () =>
  assert.deepEqual(
    shown('dcim.interface:1 dcim.cable:1 dcim.frontport:1 dcim.rearport:1').at(-1),
    'dcim.rearport:1 - -',
  ))

test('a circuit ends at a place without a link', () =>
  assert.deepEqual(
    shown('dcim.interface:1 dcim.cable:1 circuits.circuittermination:1 circuits.circuittermination:2 dcim.site:1').at(
      -1,
    ),
    'circuits.circuittermination:2 - dcim.site:1',
  ))

test('a cable whose far end is open stays a link', () => {
  assert.deepEqual(shown('dcim.interface:1 dcim.cable:1 -'), ['dcim.interface:1 dcim.cable:1 -'])
  assert.deepEqual(shown('dcim.interface:1 dcim.cable:1'), ['dcim.interface:1 dcim.cable:1 -'])
})

test('a bridge at the end of a path continues with its own, and a ring ends where it began', async () => {
  const db = await testDatabase()
  await insertSamples(db, 4)
  const store = (id: number, path: string) =>
    db.rows(sql`
      update dcim_cablepath set path = ${JSON.stringify(steps(path))}, _nodes = ${steps(path).flat()}, is_complete = true
      where id = ${id}`)
  await store(1, 'dcim.interface:1 dcim.cable:1 dcim.interface:2')
  await store(3, 'dcim.interface:3 dcim.cable:2 dcim.interface:4')
  await db.rows(sql`update dcim_interface set _path_id = id, bridge_id = case id when 2 then 3 when 4 then 1 end`)
  const paths = await chainFrom({ db }, 1)
  assert.deepEqual(
    paths.map(({ path, links }) => [path[0], path.at(-1), Object.keys(links)]),
    [
      [['dcim.interface:1'], ['dcim.interface:2'], ['dcim.cable:1']],
      [['dcim.interface:3'], ['dcim.interface:4'], ['dcim.cable:2']],
    ],
  )
})
