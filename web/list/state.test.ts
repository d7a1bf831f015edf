import type { ModelMeta } from '@demarc/engine/meta'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSearch } from '../api/search.ts'
import { apiParams, filterOf, readState, writeState } from './state.ts'

const search = 'site=ams&status=active&status=planned&q=core&sort=-name,site&page=3&per_page=100'

test('an address survives reading and writing', () => {
  const state = readState(parseSearch(search), 50)
  assert.deepEqual(parseSearch(writeState(state, 50).slice(1)), parseSearch(search))
})

test('what is usual is not written', () => {
  assert.equal(writeState(readState({}, 50), 50), '')
  assert.equal(writeState(readState({ page: '1', per_page: '50' }, 50), 50), '')
})

test('nonsense in the address falls back', () => {
  const { page, perPage } = readState({ page: 'x', per_page: '-4' }, 25)
  assert.deepEqual({ page, perPage }, { page: 1, perPage: 25 })
  assert.equal(readState({ per_page: '99999' }, 25).perPage, 1000)
})

test('REST gets filters as they are, and a page as limit and offset', () => {
  const params = new URLSearchParams(apiParams(readState(parseSearch(search), 50)).map(([key, value]) => [key, value]))
  assert.equal(
    params.toString(),
    'site=ams&status=active&status=planned&q=core&ordering=-name%2Csite&limit=100&offset=200',
  )
})

test('a filter is taken apart into field and comparison', () => {
  const model = {
    fields: { name: { label: 'Name', widget: 'text' } },
    filters: {
      name: { label: 'Name', kind: 'text' },
      site: { label: 'Site', kind: 'ref', to: 'dcim.site', key: 'slug' },
    },
  } as unknown as ModelMeta
  assert.equal(filterOf(model, 'name__ic').lookup, 'ic')
  assert.equal(filterOf(model, 'name__ic').meta.label, 'Name')
  assert.deepEqual(filterOf(model, 'site_id').meta, { label: 'Site', kind: 'ref', to: 'dcim.site', key: 'id' })
  assert.equal(filterOf(model, 'odd_thing').meta.label, 'odd thing')
})
