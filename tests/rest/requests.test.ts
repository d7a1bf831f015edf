import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { testDatabase } from '../database.ts'
import { restOf, type Ask } from '../integrity/app.ts'

const db = await testDatabase()
let ask: Ask
const made = new Map<string, number>()

before(async () => {
  ask = await restOf(db)
  for (const [path, body] of [
    ['dcim/sites', { name: 'Oslo', slug: 'oslo' }],
    ['dcim/sites', { name: 'Bergen', slug: 'bergen' }],
    ['extras/tags', { name: 'Lab', slug: 'lab' }],
    ['extras/tags', { name: 'Old', slug: 'old' }],
  ] as const) {
    const answer = await ask('POST', `${path}/`, body)
    assert.equal(answer.status, 201)
    made.set(body.name, answer.body.id)
  }
})

const site = (rest = '') => `dcim/sites/${made.get('Oslo')}/${rest}`

test('an address may end in its format', async () => {
  const list = await ask('GET', 'dcim/sites.json?limit=1')
  assert.deepEqual([list.status, list.body.count], [200, 2])
  const one = await ask('GET', `dcim/sites/${made.get('Oslo')}.json`)
  assert.deepEqual([one.status, one.body.name], [200, 'Oslo'])
})

test('who wants JSON alone is told in JSON that there is nothing at an address', async () => {
  const answer = await ask('GET', 'dcim/nonsense/', undefined, 1, { accept: 'application/json' })
  assert.deepEqual([answer.status, answer.body], [404, { detail: 'Not found.' }])
})

test('of a parameter that counts once, the last value counts', async () => {
  assert.equal((await ask('GET', 'dcim/sites/?limit=1&limit=2')).body.results.length, 2)
  assert.equal((await ask('GET', 'dcim/sites/?offset=0&offset=1')).body.results.length, 1)
})

test('what the row is comes before what was sent', async () => {
  const answer = (path: string, tag?: string) =>
    ask('PATCH', path, 'x', 1, { 'content-type': 'text/plain', ...(tag && { 'if-match': tag }) })
  assert.equal((await answer('dcim/sites/999999/')).status, 404)
  assert.equal((await answer(site(), '"old"')).status, 412)
  assert.equal((await answer(site(), '*')).status, 415)
})

test('a related object that cannot be told is refused in the words of the peer', async () => {
  const refused = async (region: unknown) => (await ask('PATCH', site(), { region })).body.region[0]
  assert.equal(
    await refused({ name: `it's`, slug: 'x' }),
    `Related object not found using the provided attributes: {'name': "it's", 'slug': 'x'}`,
  )
  assert.match(await refused({ colour: 1 }), /^Cannot resolve keyword 'colour' into field\. Choices are: .*\bname\b/)
  assert.match(await refused('abc'), /Received an unrecognized value: abc$/)
  assert.match(await refused(''), /Received an unrecognized value: $/)
})

test('tags to be added and removed at once are told by name', async () => {
  const both = [made.get('Old'), made.get('Lab')]
  const { body } = await ask('PATCH', site(), { add_tags: both, remove_tags: both })
  assert.deepEqual(body, {
    remove_tags: ['Tags may not be present in both "add_tags" and "remove_tags": Lab, Old'],
  })
})

test('tags are assigned in the order of what was sent', async () => {
  const tags = [made.get('Old'), made.get('Lab')]
  const regions = Array.from({ length: 40 }, (_, at) => ({ name: `R${at}`, slug: `r${at}`, tags }))
  const { body } = await ask('POST', 'dcim/regions/', regions)
  const assigned = await db.query<{ object_id: number; tag_id: number }>(
    `select object_id, tag_id from extras_taggeditem where object_type = 'dcim.region' order by id`,
    [],
  )
  assert.deepEqual(
    assigned.map(({ object_id, tag_id }) => [object_id, tag_id]),
    body.flatMap(({ id }: { id: number }) => tags.map(tag => [id, tag])),
  )
})

test('the slug of a tag may have letters of any script, that of a site not', async () => {
  assert.equal((await ask('POST', 'extras/tags/', { name: 'Ø', slug: 'ø-åre' })).status, 201)
  assert.deepEqual((await ask('POST', 'dcim/sites/', { name: 'Ø', slug: 'ø-åre' })).body, {
    slug: ['Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'],
  })
})

test('a config context has tags by their slugs', async () => {
  const answer = await ask('POST', 'extras/config-contexts/', { name: 'Lab', data: { a: 1 }, tags: ['lab'] })
  assert.deepEqual([answer.status, answer.body.tags], [201, ['lab']])
  const unknown = await ask('PATCH', `extras/config-contexts/${answer.body.id}/`, { tags: ['none'] })
  assert.deepEqual(Object.keys(unknown.body), ['tags'])
})

test('a message that the change log has no room for is refused, of a deletion too', async () => {
  const changelog_message = 'x'.repeat(201)
  const fault = ['Ensure this field has no more than 200 characters.']
  const one = await ask('DELETE', site(), { changelog_message })
  assert.deepEqual([one.status, one.body], [400, { changelog_message: fault }])
  const id = made.get('Oslo')
  const many = await ask('DELETE', 'dcim/sites/', [{ id, changelog_message }])
  assert.deepEqual(
    [many.status, many.body],
    [400, { detail: '1 of 1 objects could not be deleted.', errors: [{ id, errors: { changelog_message: fault } }] }],
  )
})

test('a list write without anything to write says so', async () => {
  for (const method of ['PUT', 'PATCH', 'DELETE'] as const)
    assert.deepEqual((await ask(method, 'dcim/sites/', null)).body, {
      detail: 'Expected a list of objects, but no data was submitted.',
    })
})

test('a picture that is missing is missed as a file', async () => {
  const answer = await ask('POST', 'extras/image-attachments/', {
    object_type: 'dcim.site',
    object_id: made.get('Oslo'),
  })
  assert.deepEqual(answer.body, { image: ['No file was submitted.'] })
})

test('the author of a journal entry stays, whatever is sent', async () => {
  const entry = await ask('POST', 'extras/journal-entries/', {
    assigned_object_type: 'dcim.site',
    assigned_object_id: made.get('Oslo'),
    comments: 'Seen.',
  })
  const changed = await ask('PATCH', `extras/journal-entries/${entry.body.id}/`, {
    created_by: 999_999,
    kind: 'warning',
  })
  assert.deepEqual([changed.status, changed.body.created_by, changed.body.kind.value], [200, 1, 'warning'])
})

test('parameters that take numbers of object types refuse what is none', async () => {
  const [{ id: number }] = (await db.query<{ id: number }>(
    `insert into core_objecttype (app_label, model, public, features) values ('dcim', 'site', true, '{}') returning id`,
    [],
  )) as [{ id: number }]
  await db.changed('core_objecttype')
  const refused = async (value: string) =>
    (await ask('GET', `core/object-changes/?changed_object_type_id=${value}`)).body.changed_object_type_id
  assert.deepEqual(await refused('abc'), ['“abc” is not a valid value.'])
  assert.deepEqual(await refused('99999'), ['Select a valid choice. 99999 is not one of the available choices.'])
  const found = await ask('GET', `core/object-changes/?changed_object_type_id=${number}&limit=1`)
  assert.equal(found.body.results[0].changed_object_type, 'dcim.site')
  assert.equal((await ask('GET', 'dcim/cables/?termination_a_type=null')).status, 200)
})

test('OPTIONS says how long, how large and of which type a value may be', async () => {
  const factsOf = async (path: string) => (await ask('OPTIONS', path)).body.actions.POST
  const { name, latitude } = await factsOf('dcim/sites/')
  assert.deepEqual([name.label, name.max_length], ['Name', 100])
  assert.deepEqual(
    [latitude.min_value, latitude.max_value, latitude.max_digits, latitude.decimal_places],
    [-90, 90, 8, 6],
  )
  const { weight } = await factsOf('extras/tags/')
  assert.deepEqual([weight.min_value, weight.max_value], [0, 32_767])
  const { object_type } = await factsOf('extras/bookmarks/')
  assert.deepEqual(object_type.choices[0], { value: 'circuits.circuit', display_name: 'Circuits > Circuit' })
  assert.ok(!('choices' in (await factsOf('ipam/prefixes/')).scope_type))
})

test('a change is shown by the type of its object, in words', async () => {
  const { body } = await ask('GET', 'core/object-changes/?changed_object_type=dcim.site&action=create&limit=1')
  assert.match(body.results[0].display, /^DCIM \| site (Oslo|Bergen) created by root$/)
})
