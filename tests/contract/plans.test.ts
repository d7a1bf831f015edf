import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field } from '@demarc/engine/field'
import { isRef } from '@demarc/engine/model'
import { pageStatement } from '@demarc/engine/query'
import { registry } from '@demarc/models'
import { testDatabase } from '../database.ts'

const db = await testDatabase()

for (const model of registry.models.values()) {
  const references = Object.entries<Field>(model.fields).filter(
    ([, field]) => isRef(field) && field.options.filter !== false,
  )
  if (references.length === 0) continue

  test(`${model.name}: a filter by a reference uses an index`, async () => {
    const client = await db.pool.connect()
    try {
      // Tables are empty here, so a scan would always be cheapest: only where no index fits does one remain.
      await client.query('begin; set local enable_seqscan = off')
      for (const [name] of references) {
        const { sql, parameters } = pageStatement(
          registry,
          {
            model: model.name,
            where: { path: name, lookup: 'in', value: [1] },
            order: ['id'],
            page: { limit: 50, offset: 0 },
          },
          ['id'],
        ).compile(db.kysely)
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, parameters as unknown[])
        const plan = rows.map(row => row['QUERY PLAN']).join('\n')
        assert.ok(!plan.includes(`Seq Scan on ${model.table}`), `${name}:\n${plan}`)
        assert.match(plan, new RegExp(`Index Cond: \\(.*${name}_id = `), `${name}:\n${plan}`)
      }
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
}

for (const model of registry.models.values()) {
  const { order } = model.spec
  // What sorts by something that a row may lack is joined to it, so it must be sorted.
  const sortsByMissing = order.some(one => typeof one === 'string' && isMissing(model.fields[one.replace(/^-/, '')]))
  if (order.length === 0 || sortsByMissing) continue

  test(`${model.name}: the first page is read in order, without sorting all there is`, async () => {
    const client = await db.pool.connect()
    try {
      await client.query(
        'begin; set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
      )
      const query = { model: model.name, where: { and: [] }, order, page: { limit: 50, offset: 0 } }
      const { sql, parameters } = pageStatement(registry, query, ['*']).compile(db.kysely)
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, parameters as unknown[])
      const plan = rows.map(row => row['QUERY PLAN']).join('\n')
      assert.doesNotMatch(plan, /(?<!Incremental )Sort {2}/, plan)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
}

function isMissing(field: Field | undefined): boolean {
  return field !== undefined && isRef(field) && Boolean(field.options.nullable)
}
