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
