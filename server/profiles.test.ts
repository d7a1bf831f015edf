import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../tests/database.ts'
import { testWriter } from '../tests/writer.ts'
import { addProfiles } from './profiles.ts'

test('a new database comes with profiles of module types, which are as anyone could make them', async () => {
  const db = await testDatabase()
  await addProfiles(db)
  const { change, create, faults, rows } = await testWriter(db)
  const profiles = await rows('select id, name from dcim_moduletypeprofile order by id')
  assert.equal(profiles.length, 8)
  for (const { id, name } of profiles) await change('dcim.moduletypeprofile', id, { description: `A ${name}` })
  const [manufacturer] = await create('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
  const memory = profiles.find(({ name }) => name === 'Memory').id
  const type = (model: string, attributes: object) => ({ manufacturer, model, profile: memory, attributes })
  await create('dcim.moduletype', type('DIMM', { class: 'DDR5', size: 64 }))
  assert.deepEqual(await faults(create('dcim.moduletype', type('SIMM', { size: 64 }))), { 0: ['__all__'] })
})
