import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Refused } from '@demarc/engine/write'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, faults } = await testWriter(db)

test('a local source is a folder, any other is where its type has it', async () => {
  const source = (type: string, source_url: string) =>
    create('core.datasource', { name: `${type} ${source_url}`, type, source_url })
  for (const url of ['https://example.com/x', 'git://example.com/x', 'S3:x'])
    await assert.rejects(source('local', url), ({ refusals: [refusal] }: Refused) => {
      const text = 'URLs for local sources must start with file:// (or specify no scheme)'
      assert.deepEqual(refusal!.faults, { source_url: [text] })
      return true
    })
  for (const url of ['/srv/files', 'files', 'file:///srv/files', 'FILE:///srv/files']) await source('local', url)
  await source('git', 'https://example.com/x')
})

test('parameters of a source are an object, or none', async () => {
  const [id] = await create('core.datasource', { name: 'git', type: 'git', source_url: 'https://example.com/x.git' })
  const set = (parameters: unknown) => faults(change('core.datasource', id, { parameters }))
  for (const bad of [[], [{ branch: 'main' }], 'main', 1]) assert.deepEqual(await set(bad), { [id]: ['parameters'] })
  for (const good of [{ branch: 'main' }, {}, null]) assert.deepEqual(await set(good), {})
})
