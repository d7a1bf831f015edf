import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { followJobs, sendWebhook } from '@demarc/engine/event'
import { defineJob, enqueue, JobFailed } from '@demarc/engine/job'
import { inTransaction } from '@demarc/engine/database'
import { registry } from '@demarc/models'
import { readConfig } from '../../server/config.ts'
import { restOf } from '../integrity/app.ts'
import { statementsOf } from '../statements.ts'
import { openShop, until } from '../jobs/shop.ts'
import { openReceiver } from './receiver.ts'

const survey = defineJob<{ fails: boolean }>('survey', {
  run: async ({ input }) => {
    if (input.fails) throw new JobFailed('No one answered.', { found: 0 })
    return { found: 3 }
  },
})

const shop = await openShop([sendWebhook, survey], { RQ_RETRY_MAX: 1, RQ_RETRY_INTERVAL: 1 }, db =>
  followJobs(db, registry, readConfig({})),
)
const { db } = shop
const ask = await restOf(db, shop.queue)
const receiver = await openReceiver()
let worker = await shop.hire()

async function make(path: string, body: object): Promise<any> {
  const answer = await ask('POST', path, body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}

let count = 0

/** A rule that has a webhook of its own called. */
async function watch(rule: object, webhook: object = {}): Promise<{ rule: any; path: string }> {
  const path = `/${++count}/`
  const { id } = await make('extras/webhooks/', {
    name: `hook ${count}`,
    payload_url: `${receiver.url}${path}`,
    ...webhook,
  })
  const made = await make('extras/event-rules/', {
    name: `rule ${count}`,
    object_types: ['dcim.site'],
    event_types: ['object_created', 'object_updated', 'object_deleted'],
    action_type: 'webhook',
    action_object_type: 'extras.webhook',
    action_object_id: id,
    ...rule,
  })
  return { rule: made, path }
}

const at = (path: string) => receiver.received.filter(one => one.path === path)
/** What came to a path, once so many have. */
const arrived = (path: string, many = 1) => until(async () => at(path).length >= many && at(path))
/** Every webhook that was put in the queue has been seen to. */
const settled = () =>
  until(async () => {
    const [row] = await db.query<{ open: number }>(
      `select count(*)::int as open from core_job where status in ('pending', 'scheduled', 'running')`,
      [],
    )
    return row!.open === 0
  })

describe('webhooks', () => {
  test('tell what was created, changed and deleted, with the states before and after', async () => {
    const { path, rule } = await watch(
      {},
      { secret: 'hush', additional_headers: 'X-Tier: {{ data.status.value }}\nnone' },
    )
    const site = await make('dcim/sites/', { name: 'Oslo 1', slug: 'oslo-1' })
    await arrived(path)
    await ask('PATCH', `dcim/sites/${site.id}/?fields=name`, { status: 'planned' })
    await arrived(path, 2)
    await ask('DELETE', `dcim/sites/${site.id}/`)
    const [created, updated, deleted] = await arrived(path, 3)
    assert.equal(created!.method, 'POST')
    assert.equal(created!.headers['content-type'], 'application/json')
    assert.equal(created!.headers['x-tier'], 'active')
    assert.equal(created!.headers['x-hook-signature'], createHmac('sha512', 'hush').update(created!.text).digest('hex'))
    assert.deepEqual(
      [created, updated, deleted].map(one => one!.body.event),
      ['created', 'updated', 'deleted'],
    )
    assert.match(created!.body.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00$/)
    assert.equal(created!.body.object_type, 'dcim.site')
    assert.equal(created!.body.data.url, `/api/dcim/sites/${site.id}/`)
    assert.deepEqual(
      { ...updated!.body.request, id: '' },
      {
        id: '',
        path: `/api/dcim/sites/${site.id}/`,
        path_info: `/api/dcim/sites/${site.id}/`,
        method: 'PATCH',
        GET: { fields: 'name' },
        user: 'root',
      },
    )
    const { prechange, postchange } = updated!.body.snapshots
    assert.deepEqual([prechange.status, postchange.status], ['active', 'planned'])
    assert.ok('created' in postchange && !('last_updated' in postchange))
    assert.equal(deleted!.body.data.name, 'Oslo 1')
    assert.deepEqual([created!.body.snapshots.prechange, deleted!.body.snapshots.postchange], [null, null])
    await ask('PATCH', `extras/event-rules/${rule.id}/`, { enabled: false })
  })

  test('are not sent for what was refused, and once for what one request did to an object', async () => {
    const { path, rule } = await watch({})
    const twice = [
      { name: 'A', slug: 'a' },
      { name: 'A', slug: 'a' },
    ]
    assert.equal((await ask('POST', 'dcim/sites/', twice)).status, 400)
    const device = await make('dcim/sites/', { name: 'Bergen', slug: 'bergen' })
    await ask('DELETE', 'dcim/sites/', [{ id: device.id }])
    await arrived(path, 2)
    await settled()
    assert.deepEqual(
      at(path).map(({ body }) => [body.event, body.data.name]),
      [
        ['created', 'Bergen'],
        ['deleted', 'Bergen'],
      ],
    )
    await ask('PATCH', `extras/event-rules/${rule.id}/`, { enabled: false })
  })

  test('fill templates in, and follow where the receiver has moved', async () => {
    const { rule } = await watch(
      { action_data: { team: 'net' } },
      {
        http_method: 'PUT',
        http_content_type: 'text/plain',
        payload_url: `${receiver.url}/{{ 'moved' if event == 'created' else 'x' }}/`,
        body_template:
          '{{ data.name }} of {{ data.region.name or "nowhere" }}, {{ dcim.Site.objects.count() }} by {{ request.user }}',
      },
    )
    await make('dcim/sites/', { name: 'Å', slug: 'aa' })
    const [there] = await arrived('/there/')
    assert.deepEqual([there!.method, there!.headers['content-type']], ['PUT', 'text/plain'])
    assert.match(there!.text, /^Å of nowhere, [1-9]\d* by root$/)
    await ask('PATCH', `extras/event-rules/${rule.id}/`, { enabled: false })
  })

  test('are tried again, and say what was answered', async () => {
    const { path, rule } = await watch({ event_types: ['object_created'] })
    receiver.answers.push(503, 500)
    await make('dcim/sites/', { name: 'Tromsø', slug: 'tromso' })
    await arrived(path, 2)
    await settled()
    const rows = await db.query<any>(
      `select status, error, data from core_job where object_type = 'extras.webhook' and object_id = $1 order by id`,
      [rule.action_object_id],
    )
    assert.deepEqual(
      rows.map(({ status, error, data }: any) => [status, error, data.status, data.answer]),
      [
        ['failed', 'The receiver answered 503.', 503, 'Thank you.'],
        ['failed', 'The receiver answered 500.', 500, 'Thank you.'],
      ],
    )
    await ask('PATCH', `extras/event-rules/${rule.id}/`, { enabled: false })
  })

  test('that reach nobody, or whose template is wrong, say why', async () => {
    const nobody = await watch({ event_types: ['object_created'] }, { payload_url: 'http://127.0.0.1:9/' })
    const wrong = await watch({ event_types: ['object_created'] }, { body_template: '{{ data.name.x.y }}' })
    await make('dcim/sites/', { name: 'Narvik', slug: 'narvik' })
    await settled()
    for (const [{ rule }, error] of [
      [nobody, /was not sent: the connection was refused\.$/],
      [wrong, /^The template of the body failed: UndefinedError/],
    ] as const) {
      const rows = await db.query<any>(
        `select error from core_job where object_id = $1 and object_type = 'extras.webhook'`,
        [rule.action_object_id],
      )
      assert.match(rows.at(-1).error, error)
      await ask('PATCH', `extras/event-rules/${rule.id}/`, { enabled: false })
    }
  })

  test('for hundreds of objects cost as many statements as for one', async () => {
    const { path, rule } = await watch({ event_types: ['object_created'] })
    // Those of a worker do not count.
    await shop.dismiss(worker, 5)
    const statements = (many: number) =>
      statementsOf(db, () =>
        make(
          'dcim/sites/',
          Array.from({ length: many }, (_, at) => ({ name: `S${many}-${at}`, slug: `s${many}-${at}` })),
        ),
      )
    await statements(1)
    assert.equal(await statements(2), await statements(100))
    worker = await shop.hire(20)
    await arrived(path, 103)
    await ask('PATCH', `extras/event-rules/${rule.id}/`, { enabled: false })
  })
})

test('conditions decide, by the object and by what changed', async () => {
  const becameActive = await watch({
    event_types: ['object_updated'],
    conditions: {
      and: [
        { attr: 'status', op: 'changed' },
        { attr: 'status.value', value: 'active' },
      ],
    },
  })
  const { id } = await make('dcim/sites/', { name: 'Voss', slug: 'voss', status: 'planned' })
  await ask('PATCH', `dcim/sites/${id}/`, { description: 'still planned' })
  await ask('PATCH', `dcim/sites/${id}/`, { status: 'active' })
  await ask('PATCH', `dcim/sites/${id}/`, { description: 'still active' })
  await arrived(becameActive.path)
  await settled()
  assert.deepEqual(
    at(becameActive.path).map(({ body }) => body.data.description),
    ['still planned'],
  )
})

test('groups are notified, members of their groups too, each once', async () => {
  const user = (await make('users/users/', { username: 'kari', password: 'A long one 4 her' })).id
  const group = (await make('users/groups/', { name: 'ops' })).id
  await ask('PATCH', `users/users/${user}/`, { groups: [group] })
  const told = (await make('extras/notification-groups/', { name: 'night', groups: [group], users: [user] })).id
  await make('extras/event-rules/', {
    name: 'tell the night',
    object_types: ['dcim.site'],
    event_types: ['object_created', 'object_deleted'],
    action_type: 'notification',
    action_object_type: 'extras.notificationgroup',
    action_object_id: told,
  })
  const { id } = await make('dcim/sites/', { name: 'Røros', slug: 'roros' })
  const notices = () =>
    db.query<any>('select user_id, event_type, object_repr from extras_notification where object_id = $1', [id])
  assert.deepEqual(await notices(), [{ user_id: user, event_type: 'object_created', object_repr: 'Røros' }])
  await ask('DELETE', `dcim/sites/${id}/`)
  assert.deepEqual(await notices(), [{ user_id: user, event_type: 'object_deleted', object_repr: 'Røros' }])
})

test('rules that watch jobs hear how they ended', async () => {
  const { path } = await watch({
    object_types: ['core.datasource'],
    event_types: ['job_started', 'job_completed', 'job_failed'],
    conditions: { attr: 'found', value: 1, op: 'lt' },
  })
  const source = await make('core/data-sources/', { name: 'attic', type: 'local', source_url: '/nowhere' })
  for (const fails of [false, true])
    await inTransaction(db, tx =>
      enqueue(tx, shop.queue, {
        kind: survey,
        name: 'Survey',
        object: ['core.datasource', source.id],
        input: { fails },
      }),
    )
  await arrived(path)
  await settled()
  assert.deepEqual(
    at(path).map(({ body }) => [body.event, body.object_type, body.data, body.snapshots]),
    [['job_ended', 'core.datasource', { found: 0 }, undefined]],
  )
})
