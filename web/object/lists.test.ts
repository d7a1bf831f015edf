import type { Meta, ModelMeta } from '@demarc/engine/meta'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listsOf } from './lists.ts'

const model = (name: string, fields: readonly string[] = [], filters: ModelMeta['filters'] = {}) =>
  ({ name, filters, fields: Object.fromEntries(fields.map(key => [key, {}])) }) as unknown as ModelMeta

const prefix = model('ipam.prefix')
const device = model('dcim.device', ['interface_count'])
const models = [
  prefix,
  device,
  model('ipam.ipaddress'),
  model('dcim.interface', [], { device_id: { label: 'Device', kind: 'ref', to: 'dcim.device', key: 'id' } }),
]
const meta = { menus: [], models: Object.fromEntries(models.map(each => [each.name, each])) } as unknown as Meta
const row = (values: object) => ({ id: 7, url: '', display: '', ...values })
const told = (whole: ModelMeta, values: object) =>
  listsOf(meta, whole, row(values)).map(({ model: { name }, params, count }) => [
    name,
    String(new URLSearchParams(params.map(([key, value]) => [key, value]))),
    count,
  ])

test('what is counted comes first with its count, then what no count counts, as far as it may be seen', () => {
  assert.deepEqual(told(device, { interface_count: 3 }), [
    ['dcim.interface', 'device_id=7', 3],
    ['ipam.ipaddress', 'device_id=7', undefined],
  ])
})

test('a prefix holds what lies in it and in its VRF', () => {
  assert.deepEqual(told(prefix, { prefix: '10.0.0.0/8', vrf: { id: 2 }, status: { value: 'active' } }), [
    ['ipam.prefix', 'within=10.0.0.0%2F8&vrf_id=2', undefined],
    ['ipam.ipaddress', 'parent=10.0.0.0%2F8&vrf_id=2', undefined],
  ])
})

test('a container outside VRFs holds the prefixes of all of them, but only its own addresses', () => {
  assert.deepEqual(told(prefix, { prefix: '10.0.0.0/8', vrf: null, status: { value: 'container' } }), [
    ['ipam.prefix', 'within=10.0.0.0%2F8', undefined],
    ['ipam.ipaddress', 'parent=10.0.0.0%2F8&vrf_id=null', undefined],
  ])
})
