import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffSchemas } from './diff.ts'

const table = (columns: Record<string, { type: string; nullable: boolean }>) => ({
  tables: { door: { columns, constraints: {}, indexes: {} } },
})
const id = { type: 'bigint', nullable: false }

test('rows that are there get what a new row would, where a new column takes no null', () => {
  const from = table({ id })
  const to = table({ id, locked: { type: 'boolean', nullable: false }, note: { type: 'text', nullable: true } })
  const startOf = (name: string, column: string) => (`${name}.${column}` === 'door.locked' ? `'false'` : `''`)
  assert.deepEqual(diffSchemas(from, to, startOf), [
    `alter table door add column locked boolean not null default 'false';`,
    'alter table door alter column locked drop default;',
    'alter table door add column note text;',
  ])
})
