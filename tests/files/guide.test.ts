import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { importRows } from '@demarc/engine/csv'
import { registry } from '@demarc/models'
import { testDatabase } from '../database.ts'
import { buildPlants } from '../plants.ts'
import { testWriter } from '../writer.ts'

const db = await testDatabase()
const { call, create, remove, rows } = await testWriter(db)
await buildPlants((model, ...items) => create(model, ...items))
await remove('dcim.cable', ...(await rows('select id from dcim_cable')).map(row => row.id))
test('the files of cables that the guide shows are taken as they stand there', async () => {
  const guide = readFileSync(new URL('../../docs/guides/cabling.md', import.meta.url), 'utf8')
  const files = [...guide.matchAll(/```csv\n(.*?)```/gs)].map(match => match[1]!)
  assert.equal(files.length, 2)
  for (const data of files) await importRows(call, registry.model('dcim.cable'), { data })
  assert.deepEqual(
    await rows(`select label, profile, (
        select count(*)::int from dcim_cabletermination where cable_id = cable.id
      ) as ends from dcim_cable as cable order by id`),
    [
      { label: 'A-101', profile: '', ends: 2 },
      { label: 'T-1', profile: '', ends: 2 },
      { label: '', profile: 'breakout-1c4p-4c1p', ends: 5 },
    ],
  )
})

test('a file may call colours by name, and is told of its own columns', async () => {
  const head = 'side_a_device,side_a_type,side_a_name,side_b_device,side_b_type,side_b_name'
  const ends = 'core-1,dcim.interface,xe-0/3/0,edge-1,dcim.interface,xe-0/3/0'
  const load = (data: string) => importRows(call, registry.model('dcim.cable'), { data })
  await load(`${head},color\n${ends},Dark Red\n`)
  const [cable] = await rows('select id, color from dcim_cable order by id desc limit 1')
  assert.equal(cable.color, 'aa1409')
  await remove('dcim.cable', cable.id)
  const two = ends.replace('core-1,dcim.interface,xe-0/3/0', 'core-1,dcim.interface,"xe-0/3/0,xe-0/5/0"')
  await assert.rejects(load(`${head},profile\n${two},single-1c1p\n`), ({ errors }) => {
    assert.deepEqual(
      errors.map((error: { field?: string }) => error.field),
      ['side_a_name'],
    )
    return true
  })
})
