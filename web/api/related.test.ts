import type { Meta, ModelMeta } from '@demarc/engine/meta'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countedBy, isCount, listOf } from './related.ts'

const model = (name: string, filters: ModelMeta['filters'] = {}) =>
  ({ name, path: `/${name.replace('.', '/')}s/`, filters, fields: {} }) as unknown as ModelMeta

const device = model('dcim.device')
const meta = {
  menus: [],
  models: {
    'dcim.device': device,
    'dcim.interface': model('dcim.interface', {
      device: { label: 'Device', kind: 'ref', to: 'dcim.device', key: 'name' },
    }),
    'virtualization.vminterface': model('virtualization.vminterface'),
    'ipam.ipaddress': model('ipam.ipaddress', {
      device_id: { label: 'Device', kind: 'ref', to: 'dcim.device', key: 'id' },
    }),
  },
} as unknown as Meta

test('a count leads to the list it counts, by id', () => {
  const relation = countedBy(meta, device, 'interface_count')
  assert.equal(relation && listOf(relation, { id: 7, url: '', display: '' }), '/dcim/interfaces/?device_id=7')
})

test('a count in the plural is understood', () => {
  assert.equal(countedBy(meta, device, 'count_ipaddresses')?.model.name, 'ipam.ipaddress')
})

test('a count of what cannot be filtered leads nowhere', () => {
  assert.equal(countedBy(meta, device, 'vminterface_count'), undefined)
  assert.equal(isCount('description'), false)
})
