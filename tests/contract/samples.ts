import type { Database } from '@demarc/engine/database'
import type { Field } from '@demarc/engine/field'
import { columnOf, isAnyRef, isChoice, isRef, isRefs, linkOf, targetsOf, type Model } from '@demarc/engine/model'
import { quote } from '@demarc/engine/schema'
import { registry } from '@demarc/models'

/** Put `count` rows into every model's table and every table of links: each refers to rows with the same number. */
export async function insertSamples(db: Database, count: number): Promise<void> {
  const client = await db.pool.connect()
  try {
    await client.query('begin; set constraints all deferred')
    for (const model of registry.models.values()) {
      const columns = sampleColumns(model)
      const names = [...columns.keys()].map(quote).join(', ')
      await client.query(
        `insert into ${model.table} (${names}) overriding system value select ${[...columns.values()].join(', ')} from generate_series(1, ${count}) as n`,
      )
      for (const [name, field] of Object.entries<Field>(model.fields)) {
        if (!isRefs(field) || field.type === 'tags') continue
        const { table, own, other } = linkOf(registry, model, name, field)
        await client.query(`insert into ${table} (${own}, ${other}) select n, n from generate_series(1, ${count}) as n`)
      }
    }
    await client.query('set constraints all immediate; commit')
  } finally {
    client.release()
  }
}

/** SQL of `n` for each column of a row. */
function sampleColumns(model: Model): Map<string, string> {
  const columns = new Map<string, string>([['id', 'n']])
  for (const [name, field] of Object.entries<Field>(model.fields)) {
    if (!field.column) continue
    const column = columnOf(name, field)
    if (isAnyRef(field)) {
      columns.set(`${name}_type`, `'${targetsOf(registry, field)[0]}'`)
      columns.set(column, 'n')
    } else columns.set(column, isRef(field) ? 'n' : sampleValue(field))
  }
  return columns
}

function sampleValue(field: Field): string {
  const { type } = field.column!
  if (isChoice(field)) {
    const first = String([...field.choices.values.keys()][0])
    return type.endsWith('[]') ? `array['${first}']::${type}` : `'${first}'::${type}`
  }
  const size = Number(/character varying\((\d+)\)/.exec(type)?.[1] ?? 100)
  if (field.type === 'modelName') return `'dcim.site'`
  if (field.type === 'modelNames') return `array['dcim.site']::${type}`
  if (type.endsWith('[][]')) return `array[['a', 'A']]::${type}`
  if (type === 'jsonb[]') return `array['{}']::jsonb[]`
  if (type === 'int4range[]') return `array[int4range(1, 4095)]`
  if (type === 'cidr[]') return `array['10.0.0.0/8']::cidr[]`
  if (/int\[\]/.test(type)) return `array[n]::${type}`
  if (type.endsWith('[]')) return `array['a' || n]::${type}`
  if (type === 'ltree') return `lpad(n::text, 19, '0')::ltree`
  if (/^jsonb?$/.test(type)) return `'{}'::${type}`
  if (type === 'boolean') return 'true'
  if (type === 'cidr') return `('10.' || n || '.0.0/16')::cidr`
  if (type === 'inet') return `('10.0.0.' || n || '/24')::inet`
  if (type === 'macaddr') return `('00:00:00:00:00:' || lpad(to_hex(n), 2, '0'))::macaddr`
  if (type === 'macaddr8') return `('00:00:00:00:00:00:00:' || lpad(to_hex(n), 2, '0'))::macaddr8`
  if (type === 'uuid') return 'gen_random_uuid()'
  if (type === 'bytea') return `'\\x00'::bytea`
  if (type === 'interval') return `interval '1 second'`
  if (type.startsWith('timestamp')) return `'2024-05-01 12:00:00.5+00'::timestamptz`
  if (type === 'date') return `'2024-05-01'::date`
  if (/int|numeric/.test(type)) return 'n'
  if (field.type === 'timezone') return `'Europe/Oslo'`
  return `left('s' || n, ${size})`
}
